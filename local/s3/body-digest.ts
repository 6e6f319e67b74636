import { createHash, type Hash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { crc32 } from 'node:zlib';
import { AwsError } from '../wire/aws-error.js';

/** What a client says of its body, each as base64; what is not given is not checked. */
export interface ExpectedDigests {
  readonly md5: string | undefined;
  readonly crc32: string | undefined;
  readonly sha1: string | undefined;
  readonly sha256: string | undefined;
}

/** Passes a body on and computes its size, its ETag, and the checksums that the client may have sent. */
export class BodyDigest extends Transform {
  size = 0;
  private readonly md5 = createHash('md5');
  private readonly sha1: Hash | undefined;
  private readonly sha256: Hash | undefined;
  private crc = 0;

  /** `algorithm` is what the client says it will send in a trailer, when the body has gone. */
  constructor(expected: Partial<ExpectedDigests>, algorithm: string | undefined) {
    super();
    const wanted = algorithm?.toUpperCase();
    if (expected.sha1 || wanted === 'SHA1') this.sha1 = createHash('sha1');
    if (expected.sha256 || wanted === 'SHA256') this.sha256 = createHash('sha256');
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.size += chunk.length;
    this.md5.update(chunk);
    this.sha1?.update(chunk);
    this.sha256?.update(chunk);
    this.crc = crc32(chunk, this.crc);
    done(null, chunk);
  }

  /**
   * The ETag, once all has passed.
   * @throws AwsError `BadDigest` where the body is not what the client says it is.
   */
  finish(expected: ExpectedDigests): string {
    const md5 = this.md5.digest();
    if (expected.md5 !== undefined && expected.md5 !== md5.toString('base64')) {
      throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
    }
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(this.crc);
    check('CRC32', expected.crc32, crc.toString('base64'));
    check('SHA1', expected.sha1, this.sha1?.digest('base64'));
    check('SHA256', expected.sha256, this.sha256?.digest('base64'));
    return `"${md5.toString('hex')}"`;
  }
}

function check(algorithm: string, expected: string | undefined, actual: string | undefined): void {
  if (expected === undefined || expected === actual) return;
  throw new AwsError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
}
