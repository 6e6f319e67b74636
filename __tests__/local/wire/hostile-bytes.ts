import { connect } from 'node:net';
import { cbor } from '@smithy/core/cbor';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { RunningLocalAws } from '../running-local-aws.js';
import { rawRequest, signedFor } from './raw-request.js';

const request = (head: readonly string[], body: string | Buffer = '') =>
  Buffer.concat([
    Buffer.from([...head, 'Host: localhost', `Content-Length: ${body.length}`, '', ''].join('\r\n')),
    Buffer.from(body),
  ]);

const rpc = (target: string, type: string, body: string | Buffer) =>
  request(['POST / HTTP/1.1', `X-Amz-Target: ${target}`, `Content-Type: ${type}`], body);

const CHUNKED = 'b;chunk-signature=0\r\nhello world\r\n0\r\nx-amz-checksum-crc32: DUoRhQ==\r\n\r\n';

/** Requests that are well, of each protocol; the bytes that follow are made of them. */
const WELL: readonly Buffer[] = [
  request(['GET /bucket/key HTTP/1.1', 'Range: bytes=1-2', 'If-None-Match: "x"']),
  request(['PUT /bucket/new HTTP/1.1', 'Content-MD5: XUFAKrxLKna5cZ2REBfFkg=='], 'hello'),
  request(
    [
      'PUT /bucket/chunked HTTP/1.1',
      'Content-Encoding: aws-chunked',
      'X-Amz-Content-Sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'X-Amz-Trailer: x-amz-checksum-crc32',
      'X-Amz-Decoded-Content-Length: 11',
    ],
    CHUNKED,
  ),
  Buffer.from(
    'PUT /bucket/parts HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  ),
  request(
    ['POST /bucket?delete HTTP/1.1'],
    '<?xml version="1.0"?><Delete><Object><Key>a&amp;b</Key></Object></Delete>',
  ),
  request([
    'GET /bucket?list-type=2&prefix=a%2F&encoding-type=url HTTP/1.1',
    `Authorization: ${signedFor('s3')}`,
  ]),
  rpc(
    'Kinesis_20131202.PutRecord',
    'application/x-amz-json-1.1',
    '{"StreamName":"s","Data":"YQ==","PartitionKey":"k"}',
  ),
  rpc(
    'Kinesis_20131202.PutRecord',
    'application/x-amz-cbor-1.1',
    Buffer.from(cbor.serialize({ StreamName: 's', Data: Buffer.from('a'), PartitionKey: 'k' })),
  ),
  request(
    [
      'POST / HTTP/1.1',
      `Authorization: ${signedFor('sns')}`,
      'Content-Type: application/x-www-form-urlencoded',
    ],
    'Action=CreateTopic&Name=t&Attributes.entry.1.key=DisplayName&Attributes.entry.1.value=v',
  ),
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0', 'latin1'),
];

/** How long the client waits for an answer before it says that nothing more comes. */
const PATIENCE_MS = 20;

/** What is done to a request's bytes: a piece of them is cut out, said twice, or replaced. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(12),
  instead: fc.oneof(
    fc.constantFrom(
      '',
      '',
      '\0',
      '\r\n',
      '\n',
      ' ',
      ':',
      '%',
      '%00',
      '..',
      '/../',
      '-1',
      '99999999999',
      'ffffffff',
    ),
    fc.constantFrom(
      '\r\nTransfer-Encoding: chunked',
      '\r\nContent-Length: 3',
      '\r\nExpect: 100-continue',
      '\xff\xff',
    ),
    fc.string({ unit: 'binary-ascii', maxLength: 6 }),
    fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  ),
});

const changed = fc
  .tuple(fc.constantFrom(...WELL), fc.array(change, { maxLength: 4 }))
  .map(([bytes, changes]) =>
    changes.reduce((text, { at, length, instead }) => {
      const start = Math.floor(at * text.length);
      return text.slice(0, start) + instead + text.slice(start + length);
    }, bytes.toString('latin1')),
  )
  .map((text) => Buffer.from(text, 'latin1'));

/** One connection: requests behind each other, in pieces, and how it ends. */
export const conversation = fc.record({
  requests: fc.array(fc.oneof({ weight: 4, arbitrary: changed }, fc.constantFrom(...WELL)), {
    minLength: 1,
    maxLength: 3,
  }),
  cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }),
  isReset: fc.boolean(),
});

/**
 * Sends hostile bytes over connections of their own. Each must come to its end, no answer may be a failure of local
 * AWS's own, and whatever was sent, the next well-formed request is answered.
 */
export async function sendHostileBytes({ local, troubles }: RunningLocalAws, numRuns: number): Promise<void> {
  const { hostname: host, port } = new URL(local.endpoint);
  await fc.assert(
    fc.asyncProperty(conversation, async ({ requests, cuts, isReset }) => {
      const bytes = Buffer.concat(requests);
      const ends = [...cuts.map((cut) => Math.floor(cut * bytes.length)).sort((a, b) => a - b), bytes.length];
      const answers = await new Promise<string>((resolve) => {
        let text = '';
        const socket = connect({ host, port: Number(port), noDelay: true });
        socket.setEncoding('latin1').on('data', (piece: string) => {
          text += piece;
        });
        socket.on('error', () => {}).once('close', () => resolve(text));
        for (const [index, end] of ends.entries()) socket.write(bytes.subarray(ends[index - 1] ?? 0, end));
        // Nothing more comes: what waits for more is to be given up. (Node keeps an HTTP/2 connection on which it could
        // not read a frame open for as long as the client does.)
        const isHttp2 = bytes.subarray(0, 3).toString('latin1') === 'PRI';
        const leave = () => (isReset || isHttp2 ? socket.destroy() : socket.end());
        const timer = setTimeout(leave, PATIENCE_MS);
        socket.once('data', leave).once('close', () => clearTimeout(timer));
      });
      expect(answers).not.toMatch(/^HTTP\/1\.1 500 |InternalFailure/m);
      expect(troubles).toEqual([]);
      expect(await rawRequest(local.endpoint, { path: '/' })).toMatchObject({ status: 200 });
    }),
    { numRuns },
  );
}
