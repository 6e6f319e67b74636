import { type Readable, Transform } from 'node:stream';
import type { WireRequest } from './listener.js';

/**
 * A request's body, which fails where the caller leaves before its end. HTTP/1.1's does so by itself; HTTP/2's would
 * end as though what there is of it were all.
 */
export function wholeBody(request: WireRequest): Readable {
  if (!('stream' in request)) return request;
  const { stream } = request;
  const body = new Transform({
    transform: (chunk, _encoding, done) => done(null, chunk),
    // No answer has been given yet, so it was the caller who closed the stream.
    flush: (done) => done(stream.closed ? new CallerLeftError() : null),
  });
  request.on('error', (error) => body.destroy(error));
  return request.pipe(body);
}

/** Whether an error is no more than a caller that left. */
export function hasCallerLeft(request: WireRequest, error: unknown): boolean {
  return request.aborted && (error as NodeJS.ErrnoException).code === CONNECTION_RESET;
}

/** What Node calls it for HTTP/1.1. */
const CONNECTION_RESET = 'ECONNRESET';

class CallerLeftError extends Error {
  readonly code = CONNECTION_RESET;
}
