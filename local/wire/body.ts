import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { AwsError } from './aws-error.js';
import { CallerLeftError } from './caller-left.js';

/**
 * A request's whole body.
 * @throws AwsError `RequestEntityTooLarge` as soon as it is over `limit` bytes.
 */
export async function readBody(stream: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // It would say no more.
  if (stream.destroyed || stream.readableEnded) throw new CallerLeftError();
  // Listeners and not an async iterator: it costs a third of the time for the small bodies that most requests have.
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  });
  await once(stream, 'end');
  if (size > limit) {
    throw new AwsError('RequestEntityTooLarge', `The request body is over ${limit} bytes.`, 413);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size);
}
