import type { PutRecordsCommandOutput } from '@aws-sdk/client-kinesis';
import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import type { SdkError } from '@smithy/types';

/** What became of one record in one request. */
export type Outcome = Acknowledged | TryAgain | Fatal;

export interface Acknowledged {
  readonly kind: 'acknowledged';
  readonly shardId: string | undefined;
  readonly sequenceNumber: string;
}

/** Not taken, or not known to be: worth another try. */
export interface TryAgain {
  readonly kind: 'try-again';
  readonly code: string;
  readonly message: string;
  /** Whether the stream asked for a slower pace. */
  readonly throttled: boolean;
  /** Whether the record may be on the stream all the same, so that another try may make it a duplicate. */
  readonly answerLost: boolean;
  /** The shard that has throttled, where it is named. */
  readonly shardId?: string | undefined;
  /** Whether the credentials are to blame: they have expired, and may be renewed. */
  readonly expired?: boolean;
}

/** No try will do: no such stream, no access, no credentials, a request that is wrong in itself. */
export interface Fatal {
  readonly kind: 'fatal';
  readonly error: unknown;
}

/** What an answer says of each of the records sent; where it says nothing, they count as unsent. */
export function outcomesOfAnswer(sent: number, answer: PutRecordsCommandOutput): readonly Outcome[] {
  const entries: unknown = answer?.Records;
  return Array.from({ length: sent }, (_, index) =>
    outcomeOfEntry(Array.isArray(entries) ? entries[index] : undefined),
  );
}

/**
 * What an error of a whole request says of the records in it.
 *
 * @param everConnected whether a server has been there: one that never was is not waited for.
 */
export function outcomeOfError(thrown: unknown, everConnected: boolean): TryAgain | Fatal {
  if (!(thrown instanceof Error)) return { kind: 'fatal', error: thrown };
  const error = thrown as SdkError;
  const again = (throttled: boolean, answerLost: boolean): TryAgain => ({
    kind: 'try-again',
    code: codeOf(error) ?? error.name,
    message: error.message.split('\n')[0] ?? '',
    throttled,
    answerLost,
  });
  if (neverConnected(error)) return everConnected ? again(false, false) : { kind: 'fatal', error };
  if (isExpired(error)) return { ...again(false, false), expired: true };
  if (isThrottlingError(error) || THROTTLED.has(error.name)) return again(true, false);

  const status = error.$metadata?.httpStatusCode;
  if (status !== undefined) {
    // A success that could not be read, or trouble of the server's own. What else it refuses it will refuse again.
    const worthwhile = status < 300 || status >= 500 || isTransientError(error);
    return worthwhile ? again(false, true) : { kind: 'fatal', error };
  }
  const broken = isTransientError(error) || NETWORK.test(codeOf(error) ?? '');
  return broken ? again(false, true) : { kind: 'fatal', error };
}

/** Whether nothing can have left this machine: there was nobody to connect to. */
export function neverConnected(error: unknown): boolean {
  if (NEVER_CONNECTED.has(codeOf(error) ?? '')) return true;
  // The SDK's handler has one name for both of its timeouts.
  return (
    error instanceof Error && error.name === 'TimeoutError' && /establish a connection/.test(error.message)
  );
}

/** Whether the credentials have expired, and newer ones would do. */
export function isExpired(error: unknown): boolean {
  return error instanceof Error && EXPIRED.has(error.name);
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired']);

/** Node's codes for a connection that broke, or spoke no HTTP; the SDK's list has only some of them. */
const NETWORK = /^(E[A-Z]+|ERR_(HTTP2|STREAM)_\w+|HPE_\w+)$/;

/** Errors, of a request or of one record in it, that ask for a slower pace. The SDK's list leaves the key service's out. */
const THROTTLED = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'KMSThrottlingException',
]);

const SHARD_ID = /\bshardId-\d{12}\b/;

function outcomeOfEntry(entry: unknown): Outcome {
  const { ErrorCode, ErrorMessage, SequenceNumber, ShardId } = (entry ?? {}) as Record<string, unknown>;
  if (typeof ErrorCode === 'string' && ErrorCode !== '') {
    return {
      kind: 'try-again',
      code: ErrorCode,
      message: typeof ErrorMessage === 'string' ? ErrorMessage : '',
      throttled: THROTTLED.has(ErrorCode),
      answerLost: false,
      // "Rate exceeded for shard shardId-000000000001 in stream …"
      shardId: typeof ErrorMessage === 'string' ? SHARD_ID.exec(ErrorMessage)?.[0] : undefined,
    };
  }
  if (typeof SequenceNumber === 'string' && SequenceNumber !== '') {
    return {
      kind: 'acknowledged',
      shardId: typeof ShardId === 'string' ? ShardId : undefined,
      sequenceNumber: SequenceNumber,
    };
  }
  return {
    kind: 'try-again',
    code: 'NoAnswer',
    message: 'The answer says nothing of this record.',
    throttled: false,
    answerLost: true,
  };
}
