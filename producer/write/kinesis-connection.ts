import type { PutRecordsCommandInput, PutRecordsCommandOutput } from '@aws-sdk/client-kinesis';
import type { Connection } from '../../settings/index.js';
import { isExpired, neverConnected, outcomeOfError } from './outcome.js';
import { putRecordsBody } from './put-records-body.js';

/** Sends one PutRecords request, once: it must not try again by itself. */
export type SendPutRecords = (input: PutRecordsCommandInput) => Promise<PutRecordsCommandOutput>;

export interface KinesisConnection {
  readonly send: SendPutRecords;
  /**
   * How many open shards a stream has; undefined where the caller may not know.
   * @throws the SDK's error where there is no such stream, no access to it, or nobody who answers.
   */
  openShards(streamName: string): Promise<number | undefined>;
  /** Closes the connections that are kept. */
  close(): void;
}

/** Milliseconds until a server that does not take the connection is given up. */
const CONNECTION_TIMEOUT = 5_000;
/** Milliseconds within which the first answer has to come: where there is none, nobody is there. */
const FIRST_ANSWER = 4_000;
/** Milliseconds until an answer is given up: 10 MiB over a slow line takes a while. */
const REQUEST_TIMEOUT = 60_000;

/**
 * Connects to Kinesis, as the writer wants it: the SDK's own retries off, since it would repeat records that were
 * taken, and HTTP/1.1 connections that are kept, since the SDK's Kinesis client else opens an HTTP/2 session for
 * every request.
 *
 * @param connections how many at most: one for each request in flight.
 */
export async function connectKinesis(
  connection: Connection,
  { connections = 8 } = {},
): Promise<KinesisConnection> {
  // Loaded here, so that `--help` and a mistyped flag need not wait for it.
  const [{ DescribeStreamSummaryCommand, KinesisClient, PutRecordsCommand }, { NodeHttpHandler }] =
    await Promise.all([import('@aws-sdk/client-kinesis'), import('@smithy/node-http-handler')]);
  const agent = { keepAlive: true, maxSockets: connections };
  const client = new KinesisClient({
    ...connection,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT,
      requestTimeout: REQUEST_TIMEOUT,
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
    }),
  });
  return {
    send: async (input) => {
      try {
        const body = putRecordsBody(input);
        // The SDK serializes a request without records, which then gets its body.
        const command = new PutRecordsCommand({ ...input, Records: [] });
        command.middlewareStack.add(
          (next) => (args) => next({ ...args, request: Object.assign(args.request as object, { body }) }),
          { name: 'putRecordsBody', step: 'build', priority: 'high' },
        );
        return await client.send(command);
      } catch (error) {
        // Whoever sends it again finds credentials that were fetched anew, where there are newer ones.
        if (isExpired(error)) await client.config.credentials({ forceRefresh: true }).catch(() => {});
        throw error;
      }
    },
    openShards: async (StreamName) => {
      try {
        const answer = await client.send(new DescribeStreamSummaryCommand({ StreamName }), {
          abortSignal: AbortSignal.timeout(FIRST_ANSWER),
        });
        return answer.StreamDescriptionSummary?.OpenShardCount;
      } catch (error) {
        if (isNoMatter(error)) return undefined;
        if (error instanceof Error && error.name === 'AbortError') throw new NoAnswerError(error);
        throw error;
      }
    },
    close: () => client.destroy(),
  };
}

/**
 * Whoever may only put records need not know of shards, nor need an endpoint that knows no more than that; and what is
 * too busy to tell will take records later.
 */
function isNoMatter(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // Nobody has answered at all.
  if (error.name === 'AbortError' || neverConnected(error)) return false;
  return NO_MATTER.has(error.name) || outcomeOfError(error, false).kind === 'try-again';
}

/** A server has taken the connection and says nothing. Named and coded as Node's own timeouts are. */
class NoAnswerError extends Error {
  override readonly name = 'TimeoutError';
  readonly code = 'ETIMEDOUT';
  constructor(cause: Error) {
    super(`There was no answer within ${FIRST_ANSWER / 1_000} seconds.`, { cause });
  }
}

const NO_MATTER = new Set(['AccessDeniedException', 'UnknownOperationException']);
