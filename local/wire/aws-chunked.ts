import { Transform, type TransformCallback } from 'node:stream';
import { AwsError } from './aws-error.js';

/** Content encodings that this module undoes. */
export const AWS_CHUNKED = 'aws-chunked';

/**
 * Undoes the `aws-chunked` content encoding: chunks of `<hex length>[;chunk-signature=…]\r\n<data>\r\n`, a chunk of
 * length 0, and then trailers as `name: value\r\n`. Signatures are passed over, as local AWS takes any credentials.
 * The trailers are in `trailers` once the stream has ended.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export class AwsChunkedDecoder extends Transform {
  readonly trailers: Record<string, string> = {};
  /** Names of the trailers that are to come, in lower case, as `x-amz-trailer` announces them. */
  readonly announced: readonly string[];
  private phase: 'size' | 'data' | 'data-end' | 'trailers' | 'done' = 'size';
  private left = 0;
  private line = '';
  private decoded = 0;

  /**
   * @param announced the trailers, as `x-amz-trailer` has them.
   * @param length bytes that the chunks have to hold together, where that is said.
   */
  constructor(
    announced = '',
    private readonly length?: number,
  ) {
    super();
    this.announced = announced
      .toLowerCase()
      .split(',')
      .map((name) => name.trim());
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      let position = 0;
      while (position < chunk.length && this.phase !== 'done') {
        position = this.phase === 'data' ? this.takeData(chunk, position) : this.takeLine(chunk, position);
      }
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    // Some clients end the trailers, and so the body, without the empty line.
    const isEnded = this.phase === 'done' || (this.phase === 'trailers' && this.line === '');
    const isWhole = isEnded && (this.length === undefined || this.decoded === this.length);
    done(isWhole ? null : new AwsError('IncompleteBody', 'The request body terminated unexpectedly'));
  }

  private takeData(chunk: Buffer, from: number): number {
    const to = Math.min(chunk.length, from + this.left);
    this.push(chunk.subarray(from, to));
    this.left -= to - from;
    this.decoded += to - from;
    if (this.left === 0) this.phase = 'data-end';
    return to;
  }

  private takeLine(chunk: Buffer, from: number): number {
    const newline = chunk.indexOf(0x0a, from);
    const to = newline === -1 ? chunk.length : newline + 1;
    this.line += chunk.subarray(from, to).toString('latin1');
    if (this.line.length > MAX_LINE) throw malformed();
    if (newline !== -1) {
      const line = this.line.trimEnd();
      this.line = '';
      this.endLine(line);
    }
    return to;
  }

  private endLine(line: string): void {
    if (this.phase === 'data-end') {
      if (line !== '') throw malformed();
      this.phase = 'size';
    } else if (this.phase === 'size') {
      const [size = ''] = line.split(';');
      if (!/^[0-9a-fA-F]{1,12}$/.test(size)) throw malformed();
      this.left = Number.parseInt(size, 16);
      this.phase = this.left === 0 ? 'trailers' : 'data';
    } else if (line === '') {
      this.phase = 'done';
    } else {
      const colon = line.indexOf(':');
      if (colon < 1) throw malformed();
      this.trailers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
  }
}

/** Longest line between chunks: a signature is 64 characters, a trailer little more. */
const MAX_LINE = 4096;

const malformed = () =>
  new AwsError('InvalidChunkSizeError', 'The aws-chunked request body is not well-formed.');
