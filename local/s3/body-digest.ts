import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { crc32 } from 'node:zlib';
import { Crc32cJs, Crc64NvmeJs } from '@aws-sdk/checksums/crc';
import { AwsError } from '../wire/aws-error.js';

/** What a client says of its body: checksums in base64 by the names that S3's headers have for them, such as `crc32`. */
export type Checksums = ReadonlyMap<string, string>;

/** How S3's headers and trailers of checksums begin. */
export const CHECKSUM_HEADER = 'x-amz-checksum-';

/** Passes a body on, and computes its size, its ETag and the checksums that it is to be checked by. */
export class BodyDigest extends Transform {
  size = 0;
  private readonly md5 = createHash('md5');
  private readonly running: ReadonlyMap<string, RunningChecksum>;

  /**
   * @param algorithms the checksums that come with the body, or behind it.
   * @throws AwsError `NotImplemented` for one that local AWS does not know: it would be taken unchecked.
   */
  constructor(algorithms: Iterable<string>) {
    super();
    this.running = new Map([...algorithms].map((name) => [name, startChecksum(name)]));
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.size += chunk.length;
    this.md5.update(chunk);
    for (const checksum of this.running.values()) checksum.update(chunk);
    done(null, chunk);
  }

  /**
   * The ETag, once all has passed.
   * @throws AwsError `BadDigest` where the body is not what the client says it is.
   */
  async finish(md5: string | undefined, expected: Checksums): Promise<string> {
    const digest = this.md5.digest();
    if (md5 !== undefined && md5 !== digest.toString('base64')) {
      throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
    }
    for (const [name, value] of expected) {
      const actual = await this.running.get(name)?.digest();
      if (actual && Buffer.from(actual).toString('base64') === value) continue;
      const shown = name.toUpperCase();
      throw new AwsError('BadDigest', `The ${shown} you specified did not match the calculated checksum.`);
    }
    return `"${digest.toString('hex')}"`;
  }
}

interface RunningChecksum {
  update(chunk: Buffer): void;
  digest(): Uint8Array | Promise<Uint8Array>;
}

function startChecksum(name: string): RunningChecksum {
  switch (name) {
    case 'crc32':
      return crc32Checksum();
    case 'crc32c':
      return new Crc32cJs();
    case 'crc64nvme':
      return new Crc64NvmeJs();
    case 'md5':
    case 'sha1':
    case 'sha256':
    case 'sha512':
      return createHash(name);
    default:
      throw new AwsError(
        'NotImplemented',
        `Local AWS does not implement the checksum ${name.toUpperCase()}.`,
        501,
      );
  }
}

/** Node's own, which is faster than any in JavaScript. */
function crc32Checksum(): RunningChecksum {
  let value = 0;
  return {
    update: (chunk) => {
      value = crc32(chunk, value);
    },
    digest: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    },
  };
}
