import { open, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ContentFiles } from '../store/content.js';
import { AwsChunkedDecoder } from '../wire/aws-chunked.js';
import { AwsError } from '../wire/aws-error.js';
import { BodyDigest, MAX_BODY_BYTES, tooLarge } from './body-digest.js';
import { algorithmOf, type Checksum, givenChecksum, severalChecksums } from './checksum.js';

/** A body that is on the disk, whole. */
export interface ReceivedBody {
  /** Name of the file that holds it, as `ContentFiles.keep` gave it. */
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** The MD5 in hexadecimal and in quotes. */
  readonly etag: string;
  readonly checksum: Checksum | undefined;
}

/** What a request says of its body; its checksum is in a member of its own, such as `ChecksumCRC32`. */
export interface BodyClaims {
  readonly Body?: unknown;
  readonly ContentLength?: number;
  readonly ContentMD5?: string;
  readonly ChecksumAlgorithm?: string;
}

/**
 * Takes in the body of a request, checked by what the request says of it.
 * @param key decides on the folder, as in `ContentFiles.keep`.
 * @param checkAlgorithm stops it, by an error that it throws, for the algorithm of the body's checksum.
 * @throws AwsError `BadDigest` where it is not what it is said to be, `EntityTooLarge` where it is over 5 GiB.
 */
export async function receiveRequest(
  content: ContentFiles,
  request: BodyClaims,
  key: string,
  checkAlgorithm: (algorithm: string | undefined) => void = () => {},
): Promise<ReceivedBody> {
  const { Body: body, ContentLength: length = 0, ContentMD5: md5 } = request;
  if (!isStream(body)) throw new AwsError('IncompleteBody', 'The request has no body.');
  if (length > MAX_BODY_BYTES) throw tooLarge();
  if (md5 !== undefined && Buffer.from(md5, 'base64').length !== MD5_BYTES)
    throw new AwsError('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  const given = givenChecksum(request);
  const trailing = trailingAlgorithm(body);
  if (given && trailing) throw severalChecksums();
  const algorithm = given?.algorithm ?? trailing;
  if (request.ChecksumAlgorithm !== undefined && algorithm === undefined) {
    throw new AwsError(
      'InvalidRequest',
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    );
  }
  checkAlgorithm(algorithm);
  return receiveStream(content, body, key, algorithm, (digest) => {
    if (md5 !== undefined && md5 !== digest.md5)
      throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
    if (algorithm === undefined) return;
    const expected = given?.value ?? trailingValue(body, algorithm);
    if (expected === digest.checksum) return;
    const shown = algorithm.toUpperCase();
    throw new AwsError('BadDigest', `The ${shown} you specified did not match the calculated checksum.`);
  });
}

interface Digest {
  /** In base64, both of them. */
  readonly md5: string;
  readonly checksum: string | undefined;
}

/** Writes a stream to a file of its own, unless `check` throws when all of it is there. */
export async function receiveStream(
  content: ContentFiles,
  body: Readable,
  key: string,
  algorithm: string | undefined,
  check: (digest: Digest) => void = () => {},
): Promise<ReceivedBody> {
  const staged = content.stagingPath();
  try {
    const passing = new BodyDigest(algorithm);
    // Opened before the body can fail: a stream that opens the file itself may do so after it is removed.
    const file = await open(staged, 'wx');
    await pipeline(body, passing, file.createWriteStream());
    const digest = await passing.finish();
    check(digest);
    return {
      file: await content.keep(staged, key),
      size: passing.size,
      etag: `"${Buffer.from(digest.md5, 'base64').toString('hex')}"`,
      checksum:
        algorithm === undefined || digest.checksum === undefined
          ? undefined
          : { algorithm, value: digest.checksum, type: 'FULL_OBJECT' },
    };
  } finally {
    await rm(staged, { force: true });
  }
}

const MD5_BYTES = 16;

function isStream(body: unknown): body is Readable {
  return typeof (body as Readable | undefined)?.pipe === 'function';
}

/** The algorithm of the checksum that a body says will follow it. */
function trailingAlgorithm(body: Readable): string | undefined {
  if (!(body instanceof AwsChunkedDecoder)) return undefined;
  const algorithms = body.announced.flatMap((name) => algorithmOf(name) ?? []);
  if (algorithms.length > 1) throw severalChecksums();
  return algorithms[0];
}

/** @throws AwsError `MalformedTrailerError` where a body's end has not the checksum that it began with announcing. */
function trailingValue(body: Readable, algorithm: string): string {
  const trailers = body instanceof AwsChunkedDecoder ? Object.entries(body.trailers) : [];
  const value = trailers.find(([name]) => algorithmOf(name) === algorithm)?.[1];
  if (value !== undefined) return value;
  throw new AwsError(
    'MalformedTrailerError',
    'The request contained trailing data that was not well-formed or did not conform to our published schema.',
  );
}
