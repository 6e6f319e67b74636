import type { PutRecordsCommandInput } from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectKinesis, type KinesisConnection, type SendPutRecords } from '../../../producer/index.js';
import { VirtualTimers } from '../virtual-timers.js';
import type { Reply } from './reply.js';
import { GARBAGE, ScriptedKinesis } from './scripted-kinesis.js';
import { type ScriptedServer, startScriptedServer } from './scripted-server.js';
import { sendTo } from './virtual-send.js';

const kinesis = new ScriptedKinesis({ shards: 1, timers: { now: () => 0 }, eventsOf: () => [] });
const virtual = sendTo({ take: () => reply }, new VirtualTimers());
let reply: Reply;
let server: ScriptedServer;
let sdk: KinesisConnection;
beforeAll(async () => {
  server = await startScriptedServer(Object.assign(kinesis, { take: () => reply }));
  const credentials = { accessKeyId: 'nobody', secretAccessKey: 'none' };
  sdk = await connectKinesis({ region: 'us-east-1', endpoint: server.endpoint, credentials });
});
afterAll(() => {
  sdk.close();
  server.close();
});

describe('a send without sockets', () => {
  it.each<[string, Reply]>([
    ['an answer', { kind: 'answer', records: [{ SequenceNumber: '1', ShardId: 's' }, { ErrorCode: 'X' }] }],
    ['an empty body', { kind: 'body', body: '' }],
    ['an empty object', { kind: 'body', body: '{}' }],
    ...GARBAGE.map((body): [string, Reply] => [JSON.stringify(body), { kind: 'body', body }]),
    ['an error', { kind: 'error', name: 'AccessDeniedException', message: 'no', status: 400 }],
    ['HTTP 500', { kind: 'error', name: 'InternalFailure', message: 'none', status: 500 }],
    ['HTTP 503', { kind: 'error', name: 'ServiceUnavailable', message: 'none', status: 503 }],
    ['a reset', { kind: 'reset', committed: false }],
    ['a connection that ends', { kind: 'reset', committed: true }],
  ])('gets of %s what the AWS SDK gets', async (_, given) => {
    reply = given;
    expect(await ending(virtual)).toEqual(await ending(sdk.send));
  });

  it('gets of a broken answer what the AWS SDK gets, but for the status of its head', async () => {
    reply = { kind: 'reset', committed: true };
    expect(await ending(sdk.send)).toEqual({ name: 'Error', code: 'ECONNRESET', status: 200 });
  });
});

async function ending(send: SendPutRecords): Promise<unknown> {
  const input: PutRecordsCommandInput = {
    StreamName: 's',
    Records: [{ PartitionKey: 'k', Data: Buffer.from('x') }],
  };
  try {
    const { Records } = await send(input);
    return { Records };
  } catch (error) {
    const { name, code, $metadata } = error as Error & {
      code?: string;
      $metadata?: { httpStatusCode?: number };
    };
    return { name, code, status: $metadata?.httpStatusCode };
  }
}
