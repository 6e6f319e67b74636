import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { kinesisRequest, RawConnection, s3Request } from '../../bench/raw-connection.js';

async function connected(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connection = await RawConnection.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => {
    connection.close();
    server.close();
  });
  return connection;
}

it('sends one request after another, and gives the whole body of each answer', async () => {
  const connection = await connected(async (request, response) => {
    const told = `${request.method} ${request.url} ${request.headers['x-amz-target'] ?? ''} ${await text(request)}`;
    response.setHeader('content-length', Buffer.byteLength(told) + 1_000_000);
    response.write(told);
    setTimeout(() => response.end('x'.repeat(1_000_000)), 20);
  });
  const put = await connection.send(kinesisRequest('PutRecords', { StreamName: 'é' }));
  expect(String(put)).toBe(`POST / Kinesis_20131202.PutRecords {"StreamName":"é"}${'x'.repeat(1_000_000)}`);
  const page = await connection.send(s3Request('/bucket?list-type=2'));
  expect(String(page)).toMatch(/^GET \/bucket\?list-type=2 +x+$/);
});

it('rejects what is no success, with what the server said', async () => {
  const connection = await connected((_, response) => {
    response.writeHead(400, { 'content-length': 4 }).end('oops');
  });
  await expect(connection.send(s3Request('/'))).rejects.toThrow('HTTP/1.1 400 Bad Request: oops');
});

it('rejects when the server goes away', async () => {
  const connection = await connected((request) => void request.socket.destroy());
  await expect(connection.send(s3Request('/'))).rejects.toThrow(/closed|ECONNRESET/);
});
