import type { CommandIO } from '@smithy/types';

/** What an operation knows of its request besides the input. */
export interface RequestContext {
  /** Twelve digits: the account that the credentials belong to. */
  readonly account: string;
  readonly region: string;
  readonly requestId: string;
  /** Address that the request was sent to, such as `http://127.0.0.1:4566`. */
  readonly endpoint: string;
}

/**
 * One operation of one service: a function from the SDK's own input type to its own output type. The wire has checked
 * the input against AWS's schema before the function sees it.
 * @throws AwsError for every answer that is an error.
 */
export type Operation<Input, Output> = (
  input: Checked<Input>,
  context: RequestContext,
) => Answer<Output> | Promise<Answer<Output>>;

/** The operations of a service by their names. Each has input and output of its own, which the schemas vouch for. */
export type Operations = Readonly<
  Record<string, (input: never, context: RequestContext) => object | Promise<object>>
>;

/**
 * Operations of one SDK client, `OperationsOf<typeof import('@aws-sdk/client-sns')>`, each from its own input to its
 * own output: for services whose operations are short.
 */
export type OperationsOf<Client> = {
  readonly [Name in keyof Client as Name extends `${infer Operation}Command`
    ? Operation
    : never]?: Client[Name] extends new (
    ...input: never
  ) => CommandIO<infer Input, infer Output>
    ? Operation<Input, Output>
    : never;
};

/** An input whose required members are known to be there. */
export type Checked<T> = T extends Uint8Array | Date | NodeJS.ReadableStream
  ? T
  : T extends readonly (infer Item)[]
    ? Checked<Item>[]
    : T extends object
      ? { [Member in keyof T]: Checked<Exclude<T[Member], undefined>> }
      : T;

/** An output without what the SDK's client adds to it. */
export type Answer<T> = Omit<T, '$metadata'>;
