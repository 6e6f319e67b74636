/** One permission, or what is kept from whoever has others: these actions on these resources, and nothing else. */
export interface Statement {
  /** What the permission is for, in letters and digits. */
  readonly sid: string;
  /** Actions by their full names, such as `kinesis:GetRecords`. */
  readonly actions: readonly string[];
  /** ARNs that the actions are for. */
  readonly resources: readonly string[];
  /**
   * Whether the policy allows it or denies it.
   * @default 'Allow'
   */
  readonly effect?: 'Allow' | 'Deny';
  /**
   * What must be so besides, by operator and key.
   * @default - nothing
   */
  readonly conditions?: Conditions;
}

/** A permission in the policy of a resource, which names whom it is for. */
export interface ResourceStatement extends Statement {
  /** Whom it is for: an `AWS` ARN, a `Service` or a `Federated` provider of identities. */
  readonly principals: Readonly<Record<string, string>>;
}

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A policy as IAM and the resources that have policies take it: JSON text. References in it are kept. */
export function policyDocument(statements: readonly (Statement | ResourceStatement)[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({
      Sid: statement.sid,
      Effect: statement.effect ?? 'Allow',
      ...('principals' in statement && { Principal: statement.principals }),
      Action: statement.actions,
      // A trust policy speaks of its own role and takes no resource.
      ...(statement.resources.length > 0 && { Resource: statement.resources }),
      ...(statement.conditions && { Condition: statement.conditions }),
    })),
  });
}
