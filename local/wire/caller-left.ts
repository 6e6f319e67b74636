import { PassThrough, type Readable, Transform } from 'node:stream';
import type { WireRequest } from './listener.js';

/**
 * A request's body, which fails where the caller leaves before its end. HTTP/1.1's does so by itself; HTTP/2's would
 * end as though what there is of it were all. It is never the request itself: a reader that fails, as on a full disk,
 * destroys what it reads from, and the rest of the body would stand in the way of the connection's next request.
 */
export function wholeBody(request: WireRequest): Readable {
  if (!('stream' in request)) return pipeBody(request, new PassThrough());
  const { stream } = request;
  const body = new Transform({
    transform: (chunk, _encoding, done) => done(null, chunk),
    // No answer has been given yet, so it was the caller who closed the stream.
    flush: (done) => done(stream.closed ? new CallerLeftError() : null),
  });
  return pipeBody(request, body);
}

/**
 * A request's body, through a stream that decodes it. Where the operation refuses the request before it reads the
 * body, nobody listens for that stream's errors, which must not end the server.
 */
export function pipeBody<Decoder extends Transform>(request: WireRequest, decoder: Decoder): Decoder {
  decoder.on('error', () => {});
  request.on('error', (error) => decoder.destroy(error));
  if (request.destroyed) decoder.destroy(new CallerLeftError());
  return request.pipe(decoder);
}

/** Whether an error is no more than a caller that left. */
export function hasCallerLeft(request: WireRequest, error: unknown): boolean {
  return request.aborted && CONNECTION_LOST.includes((error as NodeJS.ErrnoException).code ?? '');
}

/** What Node calls it for HTTP/1.1, at once or where the body is read later. */
const CONNECTION_RESET = 'ECONNRESET';
const CONNECTION_LOST = [CONNECTION_RESET, 'ERR_STREAM_PREMATURE_CLOSE'];

export class CallerLeftError extends Error {
  readonly code = CONNECTION_RESET;
}
