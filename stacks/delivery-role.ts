import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { Construct } from 'constructs';
import type { Account } from './account.js';
import { checkName } from './limits.js';
import { policyDocument, type Statement } from './policy-document.js';

/** What a delivery stream's role is made from. */
export interface DeliveryRoleProps {
  /** The role's name, unique in the account. */
  readonly name: string;
  /** The account whose delivery streams may take the role. */
  readonly account: Account;
  /** What the role may do, and nothing else. */
  readonly statements: readonly Statement[];
}

/**
 * The role of one delivery stream. Only Firehose can take it, and only on behalf of this account.
 *
 * @example
 * new DeliveryRole(this, 'role', { name: 'orders-us-east-1', account, statements: [stream.readStatement()] });
 */
export class DeliveryRole extends Construct {
  readonly arn: string;
  /** What has to be there before Firehose can work with the role: Firehose tries it when it is created. */
  readonly permissions: IamRolePolicy;

  constructor(scope: Construct, id: string, { name, account, statements }: DeliveryRoleProps) {
    super(scope, id);
    checkName(this, 'role', name);
    const role = new IamRole(this, 'Default', {
      name,
      description: 'What Firehose may do to deliver one dataset.',
      assumeRolePolicy: policyDocument([
        {
          sid: 'FirehoseOfThisAccount',
          principals: { Service: 'firehose.amazonaws.com' },
          actions: ['sts:AssumeRole'],
          resources: [],
          conditions: { StringEquals: { 'aws:SourceAccount': account.id } },
        },
      ]),
    });
    this.permissions = new IamRolePolicy(this, 'policy', {
      name: 'delivery',
      role: role.name,
      policy: policyDocument(statements),
    });
    this.arn = role.arn;
  }
}
