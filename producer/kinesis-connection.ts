import type { PutRecordsCommandInput, PutRecordsCommandOutput } from '@aws-sdk/client-kinesis';
import type { Connection } from '../settings/index.js';

/** Sends one PutRecords request, once: it must not try again by itself. */
export type SendPutRecords = (input: PutRecordsCommandInput) => Promise<PutRecordsCommandOutput>;

export interface KinesisConnection {
  readonly send: SendPutRecords;
  /** Closes the connections that are kept. */
  close(): void;
}

/** Milliseconds until a server that does not take the connection is given up. */
const CONNECTION_TIMEOUT = 5_000;
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
  const [{ KinesisClient, PutRecordsCommand }, { NodeHttpHandler }] = await Promise.all([
    import('@aws-sdk/client-kinesis'),
    import('@smithy/node-http-handler'),
  ]);
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
    send: (input) => client.send(new PutRecordsCommand(input)),
    close: () => client.destroy(),
  };
}
