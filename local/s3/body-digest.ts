import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { AwsError } from '../wire/aws-error.js';
import { type RunningChecksum, startChecksum } from './checksum.js';

/** Bytes that one request may bring: 5 GiB, for an object as for a part. */
export const MAX_BODY_BYTES = 5 * 1024 ** 3;

/** Passes a body on, and computes its size, its MD5 and the checksum that it is to be kept with. */
export class BodyDigest extends Transform {
  size = 0;
  private readonly md5 = createHash('md5');
  private readonly checksum: RunningChecksum | undefined;

  /** @throws AwsError `NotImplemented` for a checksum that local AWS does not know. */
  constructor(algorithm: string | undefined) {
    super();
    this.checksum = algorithm === undefined ? undefined : startChecksum(algorithm);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.size += chunk.length;
    if (this.size > MAX_BODY_BYTES) {
      done(tooLarge());
      return;
    }
    this.md5.update(chunk);
    this.checksum?.update(chunk);
    done(null, chunk);
  }

  /** The digests in base64, once all has passed. */
  async finish(): Promise<{ md5: string; checksum: string | undefined }> {
    const checksum = await this.checksum?.digest();
    return {
      md5: this.md5.digest('base64'),
      checksum: checksum && Buffer.from(checksum).toString('base64'),
    };
  }
}

export const tooLarge = () =>
  new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
