import { Agent } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { jsonRequest, rawRequest } from './raw-request.js';

let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await runLocalAws();
});
afterAll(() => aws.end());

async function kinesis(operation: string, body: string) {
  const answer = await rawRequest(
    aws.local.endpoint,
    jsonRequest(`Kinesis_20131202.${operation}`, 'kinesis', body),
  );
  return { status: answer.status, ...answer.json() };
}

const serialization = (message: string) => ({ status: 400, __type: 'SerializationException', message });

const nullAt = (...paths: string[]) => ({
  status: 400,
  __type: 'ValidationException',
  message:
    `${paths.length} validation error${paths.length === 1 ? '' : 's'} detected: ` +
    paths
      .map((path) => `Value null at '${path}' failed to satisfy constraint: Member must not be null`)
      .join('; '),
});

describe('a request body', () => {
  it.each(['{', '{"StreamName":', 'StreamName=x', '\u{1}', '['.repeat(100_000)])(
    'that is not JSON is refused (%#)',
    async (body) => {
      expect(await kinesis('CreateStream', body)).toEqual(
        serialization('The request body is not valid JSON.'),
      );
    },
  );

  it.each(['null', '[]', '5', '"text"', 'true'])('that is no object is refused: %s', async (body) => {
    expect(await kinesis('CreateStream', body)).toEqual(serialization('The request is not a JSON object.'));
  });

  it.each([
    ['CreateStream', '{"StreamName":7}', 'StreamName is not a string.'],
    ['CreateStream', '{"StreamName":"s","ShardCount":"1"}', 'ShardCount is not a number.'],
    ['CreateStream', '{"StreamName":"s","StreamModeDetails":"x"}', 'StreamModeDetails is not a structure.'],
    ['PutRecords', '{"StreamName":"s","Records":{}}', 'Records is not a list.'],
    [
      'PutRecords',
      '{"StreamName":"s","Records":[{"Data":"YQ==","PartitionKey":"p"},{"Data":[],"PartitionKey":"p"}]}',
      'Records.2.Data is not base64 text.',
    ],
    ['CreateStream', '{"StreamName":"s","Tags":{"a":1}}', 'Tags.a is not a string.'],
    [
      'ListShards',
      '{"StreamName":"s","StreamCreationTimestamp":"2026"}',
      'StreamCreationTimestamp is not a timestamp in seconds.',
    ],
    [
      'ListShards',
      '{"StreamName":"s","StreamCreationTimestamp":1e400}',
      'StreamCreationTimestamp is not a timestamp in seconds.',
    ],
  ])('whose member has a wrong type is refused by its name: %s %s', async (operation, body, message) => {
    expect(await kinesis(operation, body)).toEqual(serialization(message));
  });

  it.each(['YQ', 'YQ=', 'Y Q=', '@@@@', 'YQ==YQ==', 'é==='])(
    'whose bytes are no base64 is refused, and not mended: %s',
    async (data) => {
      const body = JSON.stringify({ StreamName: 's', Data: data, PartitionKey: 'p' });
      expect(await kinesis('PutRecord', body)).toEqual(serialization('Data is not base64 text.'));
    },
  );

  it.each([
    ['CreateStream', '{}', ['streamName']],
    ['CreateStream', '', ['streamName']],
    ['CreateStream', '{"StreamName":null}', ['streamName']],
    ['PutRecords', '{"StreamName":"s","Records":[null]}', ['records.1.member']],
    [
      'PutRecords',
      '{"StreamName":"s","Records":[{"PartitionKey":"p"},{"Data":"YQ=="},{}]}',
      ['records.1.member.data', 'records.3.member.data'],
    ],
  ])("that lacks required members is refused in AWS's words: %s %s", async (operation, body, paths) => {
    expect(await kinesis(operation, body)).toEqual(nullAt(...paths));
  });

  it('may have members that the operation does not know', async () => {
    expect(await kinesis('ListStreams', '{"What":1}')).toMatchObject({ status: 200, StreamNames: [] });
  });

  it('over the limit is refused, and its connection goes on', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      const request = jsonRequest('Kinesis_20131202.PutRecord', 'kinesis', 'x'.repeat(16 * 1024 * 1024 + 1));
      const refused = await rawRequest(aws.local.endpoint, { ...request, agent });
      expect(refused.status).toBe(413);
      expect(refused.json()).toEqual({
        __type: 'RequestEntityTooLarge',
        message: 'The request body is over 16777216 bytes.',
      });
      const next = await rawRequest(aws.local.endpoint, { path: '/', agent });
      expect(next.status).toBe(200);
    } finally {
      agent.destroy();
    }
  });

  it('never makes local AWS fail', () => {
    expect(aws.troubles).toEqual([]);
  });
});
