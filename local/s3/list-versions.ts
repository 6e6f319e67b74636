import type {
  DeleteMarkerEntry,
  ListObjectVersionsCommandInput,
  ListObjectVersionsCommandOutput,
  ObjectVersion,
} from '@aws-sdk/client-s3';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { findBucket } from './bucket-entry.js';
import { behind } from './key-order.js';
import { keyEncoding } from './list-objects.js';
import { versionOf } from './object-entry.js';
import { checkKey } from './object-key.js';
import { commonPrefix, pageLimit } from './object-page.js';
import type { ObjectTable } from './object-table.js';
import type { S3 } from './s3.js';
import type { StoredVersion } from './version-table.js';

export const listObjectVersions =
  ({ store, objects }: S3): Operation<ListObjectVersionsCommandInput, ListObjectVersionsCommandOutput> =>
  (input, { account }) => {
    const bucket = findBucket(store.entries, input.Bucket, account);
    const { Prefix: prefix = '', Delimiter: delimiter = '', MaxKeys: wanted } = input;
    const { KeyMarker: keyMarker, VersionIdMarker: versionIdMarker } = input;
    checkKey(prefix);
    if (keyMarker !== undefined) checkKey(keyMarker);
    if (versionIdMarker !== undefined && keyMarker === undefined) {
      throw new AwsError('InvalidArgument', 'A version-id marker cannot be specified without a key marker.');
    }
    const page = takePage(objects, bucket.id, {
      prefix,
      delimiter,
      keyMarker,
      versionIdMarker,
      limit: pageLimit(wanted),
    });
    const encode = keyEncoding(input.EncodingType);
    const described = page.versions.map((version) => describe(version, encode, account));
    return {
      Name: input.Bucket,
      Prefix: encode(prefix),
      ...(delimiter && { Delimiter: encode(delimiter) }),
      KeyMarker: encode(keyMarker ?? ''),
      VersionIdMarker: versionIdMarker ?? '',
      MaxKeys: wanted ?? pageLimit(wanted),
      IsTruncated: page.last !== undefined,
      ...(page.last && { NextKeyMarker: encode(page.last.key), NextVersionIdMarker: page.last.versionId }),
      ...(input.EncodingType && { EncodingType: input.EncodingType }),
      Versions: described.flatMap(({ version }) => version ?? []),
      DeleteMarkers: described.flatMap(({ marker }) => marker ?? []),
      CommonPrefixes: page.prefixes.map((common) => ({ Prefix: encode(common) })),
    };
  };

/** A version, and whether it is what a request without a version id gets. */
interface ListedVersion extends StoredVersion {
  readonly isLatest: boolean;
}

interface PageRequest {
  readonly prefix: string;
  readonly delimiter: string;
  /** The key, and the version of it, behind which the page starts. */
  readonly keyMarker: string | undefined;
  readonly versionIdMarker: string | undefined;
  readonly limit: number;
}

function takePage(objects: ObjectTable, bucketId: number, request: PageRequest) {
  const { prefix, delimiter, keyMarker, versionIdMarker, limit } = request;
  const versions: ListedVersion[] = [];
  const prefixes: string[] = [];
  let last: { key: string; versionId: string } | undefined;
  const passed = commonPrefix(keyMarker ?? '', prefix, delimiter);
  let isBehind = keyMarker === undefined || passed !== undefined;
  let from: Buffer | undefined =
    passed === undefined ? Buffer.from(keyMarker ?? '') : behind(Buffer.from(passed));
  while (from) {
    const run = allVersions(objects, bucketId, prefix, from);
    from = undefined;
    for (const version of run) {
      const { key, versionId } = version;
      if (!isBehind && key === keyMarker) {
        // Without a version the marker stands behind all versions of its key.
        isBehind = versionId === versionIdMarker;
        continue;
      }
      isBehind = true;
      if (versions.length + prefixes.length >= limit)
        return { versions, prefixes, last: limit === 0 ? undefined : last };
      const common = commonPrefix(key, prefix, delimiter);
      last = { key: common ?? key, versionId };
      if (common === undefined) {
        versions.push(version);
        continue;
      }
      prefixes.push(common);
      from = behind(Buffer.from(common));
      break;
    }
  }
  return { versions, prefixes, last: undefined };
}

/** Every version of the keys with a prefix, by key, of each key the newest first. */
function* allVersions(
  objects: ObjectTable,
  bucketId: number,
  prefix: string,
  from: Buffer,
): Generator<ListedVersion> {
  const current = objects.list(bucketId, prefix, from);
  const older = objects.versions.list(bucketId, prefix, from);
  let [object, version] = [current.next(), older.next()];
  let seen: string | undefined;
  while (!object.done || !version.done) {
    const isObjectFirst =
      !object.done &&
      (version.done || Buffer.compare(Buffer.from(object.value.key), Buffer.from(version.value.key)) <= 0);
    if (isObjectFirst && !object.done) {
      const { key, ...entry } = object.value;
      seen = key;
      yield { key, versionId: versionOf(entry), lastModified: entry.lastModified, entry, isLatest: true };
      object = current.next();
    } else if (!version.done) {
      const isLatest = version.value.key !== seen;
      seen = version.value.key;
      yield { ...version.value, isLatest };
      version = older.next();
    }
  }
}

function describe(
  { key, versionId, lastModified, entry, isLatest }: ListedVersion,
  encode: (text: string) => string,
  account: string,
): { version?: ObjectVersion; marker?: DeleteMarkerEntry } {
  const common = {
    Key: encode(key),
    VersionId: versionId,
    IsLatest: isLatest,
    LastModified: new Date(lastModified),
    Owner: { ID: account, DisplayName: 'local' },
  };
  return entry
    ? { version: { ...common, ETag: entry.etag, Size: entry.size, StorageClass: 'STANDARD' } }
    : { marker: common };
}
