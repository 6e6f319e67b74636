import { validateHeaderValue } from 'node:http';
import type { Readable } from 'node:stream';
import type {
  GetObjectCommandInput,
  GetObjectCommandOutput,
  HeadObjectCommandInput,
  HeadObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { AwsError } from '../wire/aws-error.js';
import type { Checked, Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { findBucket } from './bucket-entry.js';
import { checksumMembers } from './checksum.js';
import { checkReadConditions } from './conditions.js';
import type { ObjectEntry } from './object-entry.js';
import { checkKey } from './object-key.js';
import { partBounds, partCount } from './object-parts.js';
import { findObject, openObject } from './open-object.js';
import { checkPartNumber } from './part-number.js';
import type { S3 } from './s3.js';

type GetObjectAnswer = Omit<GetObjectCommandOutput, 'Body'> & { readonly Body: Readable };

export const getObject =
  (s3: S3): Operation<GetObjectCommandInput, GetObjectAnswer> =>
  async (input, { account }) => {
    refuse(input, 'SSECustomerKey');
    checkKey(input.Key);
    const overrides = headerOverrides(input);
    const bucket = findBucket(s3.store.entries, input.Bucket, account);
    const { entry, file } = await openObject(s3, bucket.id, input);
    try {
      checkReadConditions(input, entry);
      const range = chosenBytes(input, entry);
      const Body = file.createReadStream({ ...range, highWaterMark: STREAM_BYTES });
      return { ...describe(entry, range, input), ...overrides, Body };
    } catch (error) {
      await file.close();
      throw error;
    }
  };

/**
 * The headers that the request wants of the answer, by `response-content-type` and its like, whatever the object has.
 * @throws AwsError `InvalidArgument` for what cannot stand in a header.
 */
function headerOverrides(input: Checked<GetObjectCommandInput>) {
  const wanted = {
    CacheControl: input.ResponseCacheControl,
    ContentDisposition: input.ResponseContentDisposition,
    ContentEncoding: input.ResponseContentEncoding,
    ContentLanguage: input.ResponseContentLanguage,
    ContentType: input.ResponseContentType,
    Expires: input.ResponseExpires,
  };
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (typeof value !== 'string' || isHeaderValue(value)) continue;
    throw new AwsError('InvalidArgument', `Response${name} has characters that a header cannot have.`);
  }
  return Object.fromEntries(given) as Partial<typeof wanted>;
}

function isHeaderValue(text: string): boolean {
  try {
    validateHeaderValue('response', text);
    return true;
  } catch {
    return false;
  }
}

const STREAM_BYTES = 256 * 1024;

export const headObject =
  ({ store, objects }: S3): Operation<HeadObjectCommandInput, HeadObjectCommandOutput> =>
  (input, { account }) => {
    refuse(input, 'SSECustomerKey');
    checkKey(input.Key);
    const bucket = findBucket(store.entries, input.Bucket, account);
    const entry = findObject(objects, bucket.id, input);
    checkReadConditions(input, entry);
    return describe(entry, chosenBytes(input, entry), input);
  };

type BytesRequest = Pick<Checked<GetObjectCommandInput>, 'Range' | 'PartNumber' | 'ChecksumMode'>;

function describe(entry: ObjectEntry, range: ByteRange | undefined, request: BytesRequest) {
  const { Expires, ...headers } = entry.headers;
  return {
    AcceptRanges: 'bytes',
    ETag: entry.etag,
    ...(entry.versionId !== undefined && { VersionId: entry.versionId }),
    LastModified: new Date(entry.lastModified),
    ContentLength: range ? range.end - range.start + 1 : entry.size,
    ...(range && { ContentRange: `bytes ${range.start}-${range.end}/${entry.size}` }),
    ...headers,
    ...(Expires !== undefined && { Expires: new Date(Expires), ExpiresString: Expires }),
    // It is of the whole object, and a client would hold a part to it.
    ...(request.ChecksumMode === 'ENABLED' && !range && checksumMembers(entry.checksum)),
    ...(request.PartNumber !== undefined && entry.parts && { PartsCount: partCount(entry.parts) }),
    ...(entry.tags && { TagCount: Object.keys(entry.tags).length }),
    Metadata: { ...entry.metadata },
  };
}

interface ByteRange {
  /** First and last byte, both included. */
  readonly start: number;
  readonly end: number;
}

/** The bytes that a request asks for, by a range or by the number of a part. Undefined for all of them. */
function chosenBytes(request: BytesRequest, { size, parts }: ObjectEntry): ByteRange | undefined {
  const { Range: range, PartNumber: number } = request;
  if (number === undefined) return parseRange(range, size);
  if (range !== undefined) {
    throw new AwsError('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter');
  }
  checkPartNumber(number);
  // What was not put together from parts is one.
  const part = partBounds(parts ?? [[1, size]], number);
  if (!part) throw new AwsError('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416);
  return size === 0 ? undefined : { start: part.start, end: part.end - 1 };
}

/**
 * The bytes that a Range header asks for. Undefined for all of them: S3 passes over a header that it cannot read.
 * @throws AwsError `InvalidRange` where none of the object's bytes are in it.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const [first, last] = [match[1], match[2]].map((text) => (text === '' ? undefined : Number(text)));
  const start = first ?? Math.max(0, size - (last ?? 0));
  const end = first === undefined ? size - 1 : Math.min(last ?? size - 1, size - 1);
  if (last !== undefined && first !== undefined && last < first) return undefined;
  if (start > end) throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  return { start, end };
}
