/**
 * Where a service means something else here than it means on AWS, told to whoever relies on it: docs/local-aws.md is
 * made from it. What is refused by its name is no difference and need not be told.
 * @typeParam Client the SDK's module, `typeof import('@aws-sdk/client-sns')`, which says what operations there are.
 */
export interface Differences<Client> {
  /** Of more than one operation, a sentence each. */
  readonly service: readonly string[];
  readonly operations: {
    readonly [Name in keyof Client as Name extends `${infer Operation}Command` ? Operation : never]?: string;
  };
}
