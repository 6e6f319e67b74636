import { connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';

let aws: RunningLocalAws;
let address: { readonly host: string; readonly port: number };
beforeAll(async () => {
  aws = await runLocalAws();
  const { hostname, port } = new URL(aws.local.endpoint);
  address = { host: hostname, port: Number(port) };
});
afterAll(() => aws.end());

const LIST_BUCKETS = `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`;

/** Sends the text in pieces with time between them, and gives back all that is answered. */
async function sendInPieces(pieces: readonly (string | Buffer)[]): Promise<string> {
  const socket: Socket = connect(address);
  const answered = new Promise<string>((resolve, reject) => {
    let text = '';
    socket.setEncoding('latin1').on('data', (piece: string) => {
      text += piece;
    });
    socket.once('end', () => resolve(text)).once('error', reject);
  });
  for (const piece of pieces) {
    socket.write(piece);
    await pause(15);
  }
  return answered;
}

describe('one port', () => {
  it('speaks HTTP/1.1', async () => {
    expect(await sendInPieces([LIST_BUCKETS])).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([1, 2, 3, 7])('takes an HTTP/1.1 request whose first piece is %i bytes long', async (length) => {
    const pieces = [LIST_BUCKETS.slice(0, length), LIST_BUCKETS.slice(length, 20), LIST_BUCKETS.slice(20)];
    expect(await sendInPieces(pieces)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('takes a body in pieces', async () => {
    const body = '{"StreamName":"none"}';
    const head =
      'POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Amz-Target: Kinesis_20131202.DescribeStreamSummary\r\n' +
      `Content-Length: ${body.length}\r\n\r\n`;
    const answer = await sendInPieces([head.slice(0, 50), head.slice(50), body.slice(0, 5), body.slice(5)]);
    expect(answer).toContain('ResourceNotFoundException');
  });

  it('speaks HTTP/2 without TLS', async () => {
    const session = connectHttp2(aws.local.endpoint);
    try {
      const status = await new Promise((resolve, reject) => {
        const stream = session.request({ ':path': '/' });
        stream.once('response', (headers) => resolve(headers[':status'])).once('error', reject);
        stream.resume().end();
      });
      expect(status).toBe(200);
    } finally {
      session.close();
    }
  });

  it.each([1, 2, 3, 10])('takes an HTTP/2 preface whose first piece is %i bytes long', async (length) => {
    const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
    const settings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
    const goAway = Buffer.from([0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    const answer = await sendInPieces([preface.slice(0, length), preface.slice(length), settings, goAway]);
    // A frame of settings, and the acknowledgement of ours: type 4, flags 0 and 1.
    expect(answer.slice(3, 5)).toBe('\x04\x00');
    expect(answer).toContain('\x00\x00\x00\x04\x01\x00\x00\x00\x00');
  });

  it('gives up on a connection that ends before it has said anything', async () => {
    const socket = connect(address);
    socket.end('G');
    await new Promise((resolve) => socket.once('close', resolve).resume());
    expect(await sendInPieces([LIST_BUCKETS])).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('answers what is not HTTP with 400 and stays', async () => {
    expect(await sendInPieces(['\x00\x01\x02\x03 what?\r\n\r\n'])).toMatch(/^HTTP\/1\.1 400 /);
    expect(await sendInPieces([LIST_BUCKETS])).toMatch(/^HTTP\/1\.1 200 /);
    expect(aws.troubles).toEqual([]);
  });
});
