import { randomBytes, randomUUID } from 'node:crypto';
import { findBucket } from '../s3/bucket-entry.js';
import type { NewObject } from '../s3/object-entry.js';
import { stagedObject } from '../s3/staged-object.js';
import { bucketOfArn, type DeliveryEntry } from './delivery-entry.js';
import type { WorkerParts } from './delivery-worker.js';
import { evaluatePrefix } from './prefix.js';
import { formatTimestamp } from './timestamp-pattern.js';

/** A staged file that is to be an object. */
export interface DeliveredFile {
  readonly path: string;
  readonly bucketArn: string;
  /** With its expressions. */
  readonly prefix: string;
  /** Of failed records: what went wrong. */
  readonly errorOutputType?: string;
  /** With its period; may be empty. */
  readonly extension: string;
  readonly contentEncoding?: string;
}

/**
 * Keeps a staged file as the content of an object that is yet to be published, under the name that Firehose gives it.
 * @param oldest when the oldest record of the delivery arrived, in milliseconds since 1970.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 */
export async function keepObject(
  file: DeliveredFile,
  { name, account, version, destination }: DeliveryEntry,
  oldest: number,
  { content, store, clock }: Pick<WorkerParts, 'content' | 'store' | 'clock'>,
): Promise<NewObject> {
  // To leave it empty is not to say.
  const timeZone = destination.CustomTimeZone || 'UTC';
  const { errorOutputType = '', contentEncoding } = file;
  const prefix = evaluatePrefix(file.prefix, { time: oldest, timeZone, randomString, errorOutputType });
  const time = formatTimestamp('yyyy-MM-dd-HH-mm-ss', oldest, timeZone);
  const key = `${prefix}${name}-${version}-${time}-${randomUUID()}${file.extension}`;
  const bucket = findBucket(store.entries, bucketOfArn(file.bucketArn), account);
  const headers = {
    ContentType: 'application/octet-stream',
    ...(contentEncoding !== undefined && { ContentEncoding: contentEncoding }),
  };
  return stagedObject(file.path, { bucketId: bucket.id, key, headers }, { content, clock });
}

const RANDOM_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Eleven characters. */
const randomString = () =>
  Array.from(randomBytes(11), (byte) => RANDOM_CHARACTERS[byte % RANDOM_CHARACTERS.length]).join('');
