import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import type { PutRecordsCommandInput } from '@aws-sdk/client-kinesis';
import { EXPIRED, type Reply } from './reply.js';
import type { ScriptedKinesis } from './scripted-kinesis.js';

/** A scripted stream behind a socket. */
export interface ScriptedServer {
  readonly endpoint: string;
  /** Breaks what is under way, and takes no more. */
  close(): void;
}

export interface ScriptedServerOptions {
  readonly delay?: number;
  readonly isExpired?: (accessKeyId: string) => boolean;
}

/**
 * Serves a scripted stream by AWS's JSON protocol on a free port of this machine: a reset is a connection that really
 * breaks, garbage is what the AWS SDK really has to read.
 *
 * @param delay milliseconds that an answer takes.
 * @param isExpired whether the credentials of an access key have expired.
 */
export async function startScriptedServer(
  kinesis: ScriptedKinesis,
  { delay = 0, isExpired = () => false }: ScriptedServerOptions = {},
): Promise<ScriptedServer> {
  let resets = 0;
  const server = createServer(async (request, response) => {
    const body = await text(request).catch(() => undefined);
    // The writer has gone, as after kill -9.
    if (body === undefined) return;
    const operation = String(request.headers['x-amz-target']).split('.')[1];
    if (operation !== 'PutRecords') {
      send(response, ...described(kinesis, operation));
      return;
    }
    const key = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const reply = isExpired(key) ? EXPIRED : kinesis.take(putRecordsInput(body));
    if (delay > 0) await setTimeout(delay);
    if (reply.kind === 'reset') breakConnection(request.socket, response, reply, resets++);
    else if (reply.kind === 'answer')
      send(response, 200, { FailedRecordCount: failed(reply), Records: reply.records });
    else if (reply.kind === 'body') send(response, 200, reply.body);
    else send(response, reply.status, errorBody(reply));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function described(kinesis: ScriptedKinesis, operation: string | undefined): [status: number, body: unknown] {
  const { name, shards } = kinesis;
  if (operation === 'DescribeStreamSummary') {
    const summary = { StreamName: name, StreamStatus: 'ACTIVE', OpenShardCount: shards.open.length };
    const StreamModeDetails = { StreamMode: 'PROVISIONED' };
    return [200, { StreamDescriptionSummary: { ...summary, StreamModeDetails, RetentionPeriodHours: 24 } }];
  }
  if (operation === 'ListShards') {
    const Shards = shards.all.map(({ id, range: { start, end }, parents, isOpen }) => ({
      ShardId: id,
      HashKeyRange: { StartingHashKey: String(start), EndingHashKey: String(end) },
      SequenceNumberRange: { StartingSequenceNumber: '0', ...(!isOpen && { EndingSequenceNumber: '9' }) },
      ...(parents[0] !== undefined && { ParentShardId: shards.all[parents[0]]?.id }),
      ...(parents[1] !== undefined && { AdjacentParentShardId: shards.all[parents[1]]?.id }),
    }));
    return [200, { Shards }];
  }
  return [400, { __type: 'UnknownOperationException', message: `No ${operation} here.` }];
}

function putRecordsInput(body: string): PutRecordsCommandInput {
  const input = JSON.parse(body) as { StreamName: string; Records: readonly WireRecord[] };
  const Records = input.Records.map(({ Data, ...record }) => ({
    ...record,
    Data: Buffer.from(Data, 'base64'),
  }));
  return { StreamName: input.StreamName, Records };
}

interface WireRecord {
  readonly Data: string;
  readonly PartitionKey: string;
  readonly ExplicitHashKey?: string;
}

/** Text goes out as it is, for what is no JSON. */
function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** 503 comes from a load balancer, which speaks no JSON. */
function errorBody({ name, message, status }: Extract<Reply, { kind: 'error' }>): unknown {
  return status === 503 ? `<html><h1>503 ${message}</h1></html>` : { __type: name, message };
}

/** By turns: a reset, an end, and where the records were taken a piece of the answer before the end. */
function breakConnection(
  socket: IncomingMessage['socket'] & Partial<Pick<Socket, 'resetAndDestroy'>>,
  response: ServerResponse,
  { committed }: Extract<Reply, { kind: 'reset' }>,
  turn: number,
): void {
  if (turn % 3 === 0) socket.resetAndDestroy?.();
  else if (turn % 3 === 1 || !committed) socket.destroy();
  else {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': 10_000 });
    response.write('{"FailedRecordCount":0,"Records":[', () => socket.destroy());
  }
}

function failed({ records }: Extract<Reply, { kind: 'answer' }>): number {
  return records.filter(({ ErrorCode }) => ErrorCode !== undefined).length;
}
