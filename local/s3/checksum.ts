import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Crc32cJs, Crc64NvmeJs } from '@aws-sdk/checksums/crc';
import type { ChecksumType, PutObjectCommandOutput } from '@aws-sdk/client-s3';
import { AwsError } from '../wire/aws-error.js';

/** A checksum that an object, or a part of one, is kept with. */
export interface Checksum {
  /** As S3's headers have it: `crc32` and its like. */
  readonly algorithm: string;
  /** In base64; that of a multipart object may be one of its parts' checksums, and then ends with their number. */
  readonly value: string;
  readonly type: ChecksumType;
}

/** A checksum of bytes that are still coming. */
export interface RunningChecksum {
  update(chunk: Uint8Array): void;
  digest(): Uint8Array | Promise<Uint8Array>;
}

/** @throws AwsError `NotImplemented` for one that local AWS does not know: it would be taken unchecked. */
export function startChecksum(algorithm: string): RunningChecksum {
  switch (algorithm) {
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
      return createHash(algorithm);
    default:
      throw new AwsError(
        'NotImplemented',
        `Local AWS does not implement the checksum ${algorithm.toUpperCase()}.`,
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

/** How S3's headers and trailers of checksums begin. */
const CHECKSUM_HEADER = 'x-amz-checksum-';

/** The algorithm of a header or trailer; undefined for one that is of something else. */
export const algorithmOf = (header: string) =>
  header.startsWith(CHECKSUM_HEADER) ? header.slice(CHECKSUM_HEADER.length) : undefined;

/**
 * The checksum that a request, or a part named in one, gives in a member such as `ChecksumCRC32`.
 * @throws AwsError `InvalidRequest` where it gives two: S3 takes one.
 */
export function givenChecksum(input: object): Pick<Checksum, 'algorithm' | 'value'> | undefined {
  const given = Object.entries(input).flatMap(([member, value]) => {
    const algorithm = /^Checksum(?!Algorithm$|Type$|Mode$)(.+)$/.exec(member)?.[1]?.toLowerCase();
    return algorithm !== undefined && typeof value === 'string' ? [{ algorithm, value }] : [];
  });
  if (given.length > 1) throw severalChecksums();
  return given[0];
}

export const severalChecksums = () =>
  new AwsError(
    'InvalidRequest',
    'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
  );

/** The members of an answer that tell a checksum. */
export function checksumMembers(
  checksum: Checksum | undefined,
): Pick<PutObjectCommandOutput, ChecksumMember> {
  return checksum === undefined
    ? {}
    : { [`Checksum${checksum.algorithm.toUpperCase()}`]: checksum.value, ChecksumType: checksum.type };
}

type ChecksumMember = Extract<keyof PutObjectCommandOutput, `Checksum${string}`>;
