import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  createServer as createHttp2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export type WireRequest = IncomingMessage | Http2ServerRequest;
export type WireResponse = ServerResponse | Http2ServerResponse;

/** A port that is being listened on. */
export interface Listener {
  readonly port: number;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

/**
 * Listens on one port for HTTP/1.1 and cleartext HTTP/2 alike: the JavaScript SDK's Kinesis client speaks HTTP/2 to
 * `http://` addresses without asking, everything else HTTP/1.1.
 * @throws the system's error, with its code, where the port cannot be had.
 */
export async function listen(
  options: { readonly host: string; readonly port: number },
  handle: (request: WireRequest, response: WireResponse) => void,
): Promise<Listener> {
  const http1 = createHttpServer({ keepAliveTimeout: 65_000, noDelay: true }, handle);
  const http2 = createHttp2Server({}, handle);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    // Each answer that waits for its turn listens for the end of the connection.
    socket.setMaxListeners(0);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    chooseProtocol(socket, (isHttp2) => (isHttp2 ? http2 : http1).emit('connection', socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
        http1.close();
        http2.close();
      }),
  };
}

/** How an HTTP/2 connection begins; no HTTP/1.1 method does. */
const HTTP2_PREFACE = 'PRI';

function chooseProtocol(socket: Socket, choose: (isHttp2: boolean) => void): void {
  // The preface may arrive in pieces, so nothing is decided on less than three bytes. It has to be a 'readable'
  // listener: after a 'data' listener has put the socket into flowing mode, HTTP/2 never sees its frames.
  let start = Buffer.alloc(0);
  const onReadable = () => {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) return;
    start = Buffer.concat([start, chunk]);
    if (start.length < HTTP2_PREFACE.length) return;
    socket.removeListener('readable', onReadable);
    socket.unshift(start);
    const isHttp2 = start.subarray(0, HTTP2_PREFACE.length).toString('latin1') === HTTP2_PREFACE;
    // Not at once: the socket is in the middle of a read, after which it would read on for ever, whether the body's
    // reader keeps up or not, and large bodies would be held in memory.
    process.nextTick(choose, isHttp2);
  };
  socket.on('readable', onReadable);
}
