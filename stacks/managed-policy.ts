import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy/index.js';
import { Construct } from 'constructs';
import { checkName } from './limits.js';
import { policyDocument, type Statement } from './policy-document.js';

/** What a managed policy is made from. */
export interface ManagedPolicyProps {
  /** The policy's name, unique in the account. */
  readonly name: string;
  /** What whoever has it can do, in a sentence. */
  readonly description: string;
  /** What it allows, and nothing else. */
  readonly statements: readonly Statement[];
}

/**
 * A policy for people to attach to whom they trust. It is attached to nobody here.
 *
 * @example
 * new ManagedPolicy(this, 'producer', { name: 'producer', description: '…', statements: [stream.writeStatement()] });
 */
export class ManagedPolicy extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, description, statements }: ManagedPolicyProps) {
    super(scope, id);
    checkName(this, 'policy', name);
    this.arn = new IamPolicy(this, 'Default', { name, description, policy: policyDocument(statements) }).arn;
  }
}
