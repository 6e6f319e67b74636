import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/**
 * A connection on which requests are sent as bytes that were made beforehand, and of whose answers nothing is read but
 * where they end: so that it is the server that is measured.
 */
export class RawConnection {
  private waiting: { resolve: (body: Buffer) => void; reject: (error: Error) => void } | undefined;
  private parts: Buffer[] = [];
  private head = '';
  /** Bytes of the body that have not come yet; undefined while the head has not. */
  private left: number | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.take(bytes));
    socket.on('error', (error) => this.waiting?.reject(error));
    socket.on('close', () => this.waiting?.reject(new Error('The server has closed the connection.')));
  }

  static async open(endpoint: string): Promise<RawConnection> {
    const { hostname, port } = new URL(endpoint);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /**
   * Sends a request and waits for its answer's body.
   * @throws Error with the body of an answer that is not a success.
   */
  send(request: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private take(bytes: Buffer): void {
    this.parts.push(bytes);
    if (this.left === undefined) {
      const all = this.parts.length === 1 ? bytes : Buffer.concat(this.parts);
      const end = all.indexOf('\r\n\r\n');
      this.parts = [all];
      if (end < 0) return;
      this.head = all.toString('latin1', 0, end);
      const body = all.subarray(end + 4);
      this.parts = [body];
      this.left = Number(/^content-length: *(\d+)/im.exec(this.head)?.[1]) - body.length;
    } else this.left -= bytes.length;
    if (this.left > 0) return;
    const answer = Buffer.concat(this.parts);
    const { waiting } = this;
    this.parts = [];
    this.left = undefined;
    if (/^HTTP\/1\.1 2/.test(this.head)) waiting?.resolve(answer);
    else waiting?.reject(new Error(`${this.head.split('\r')[0]}: ${answer}`));
  }
}

const SIGNED =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/SERVICE/aws4_request, SignedHeaders=host, Signature=0';

/** A request of Kinesis as JSON. */
export function kinesisRequest(operation: string, input: object): Buffer {
  return requestBytes('POST / HTTP/1.1', 'kinesis', JSON.stringify(input), [
    'Content-Type: application/x-amz-json-1.1',
    `X-Amz-Target: Kinesis_20131202.${operation}`,
  ]);
}

/** A request of S3 that has no body. */
export const s3Request = (path: string): Buffer => requestBytes(`GET ${path} HTTP/1.1`, 's3', '', []);

function requestBytes(line: string, service: string, body: string, headers: readonly string[]): Buffer {
  const head = [
    line,
    'Host: 127.0.0.1',
    `Authorization: ${SIGNED.replace('SERVICE', service)}`,
    'X-Amz-Date: 20260101T000000Z',
    ...headers,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
