import { randomBytes } from 'node:crypto';
import type { Store } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import { behind, bucketPrefix } from './key-order.js';
import { NULL_VERSION, type ObjectEntry, versionOf } from './object-entry.js';

/** Whether a bucket keeps versions; one that never did has no status. */
export type VersioningStatus = 'Enabled' | 'Suspended';

/** @throws AwsError `InvalidArgument` for what cannot be the id of a version. */
export function checkVersionId(id: string | undefined): void {
  if (id === undefined || id === NULL_VERSION || /^[0-9a-f]{32}$/.test(id)) return;
  throw new AwsError('InvalidArgument', 'Invalid version id specified');
}

/** A version that is not the current object: one that was replaced, or a delete marker, which has no entry. */
export interface StoredVersion {
  readonly key: string;
  readonly versionId: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  readonly entry: ObjectEntry | undefined;
}

/** A version in its place. */
interface OrderedVersion extends StoredVersion {
  /** Counts versions of all buckets from 1. */
  readonly order: number;
}

/** The versions of every bucket that are not current, by key and then the newest first. Change it in transactions. */
export class VersionTable {
  constructor(private readonly store: Store) {}

  status(bucketId: number): VersioningStatus | undefined {
    return this.store.entries.get<VersioningStatus>(statusKey(bucketId));
  }

  setStatus(bucketId: number, status: VersioningStatus): void {
    this.store.entries.put(statusKey(bucketId), status);
  }

  /** Forgets that a bucket had versioning. */
  forget(bucketId: number): void {
    this.store.entries.remove(statusKey(bucketId));
  }

  /** An id for what is written now; undefined in a bucket that never had versioning. */
  newId(bucketId: number): string | undefined {
    const status = this.status(bucketId);
    return status === 'Enabled' ? randomBytes(16).toString('hex') : status && NULL_VERSION;
  }

  add(bucketId: number, version: StoredVersion): void {
    const ordered: OrderedVersion = { ...version, order: this.store.nextId() };
    this.store.versions.put(versionKey(bucketId, ordered), ordered);
  }

  /** Puts another entry in place of a version's, which is known by its id. */
  amend(bucketId: number, key: string, entry: ObjectEntry): void {
    const version = this.find(bucketId, key, versionOf(entry));
    if (version)
      this.store.versions.put(versionKey(bucketId, version as OrderedVersion), { ...version, entry });
  }

  remove(bucketId: number, version: StoredVersion): void {
    this.store.versions.remove(versionKey(bucketId, version as OrderedVersion));
  }

  find(bucketId: number, key: string, versionId: string): StoredVersion | undefined {
    for (const version of this.ofKey(bucketId, key)) if (version.versionId === versionId) return version;
    return undefined;
  }

  newest(bucketId: number, key: string): StoredVersion | undefined {
    for (const version of this.ofKey(bucketId, key)) return version;
    return undefined;
  }

  /** The versions of the keys that start with `prefix`, from the bytes `start` of a key on. */
  *list(bucketId: number, prefix: string, start: Buffer = Buffer.alloc(0)): Generator<StoredVersion> {
    const bucket = bucketPrefix(bucketId);
    const first = Buffer.from(prefix);
    const range = this.store.versions.getRange({
      start: Buffer.concat([bucket, shifted(Buffer.compare(start, first) < 0 ? first : start)]),
      end: Buffer.concat([bucket, behind(shifted(first))]),
    });
    for (const { value } of range) yield value as OrderedVersion;
  }

  /** The names of all contents that are kept as versions. */
  files(): Set<string> {
    const names = new Set<string>();
    for (const { value } of this.store.versions.getRange({})) {
      const { entry } = value as StoredVersion;
      if (entry) names.add(entry.file);
    }
    return names;
  }

  private *ofKey(bucketId: number, key: string): Generator<OrderedVersion> {
    const start = Buffer.concat([bucketPrefix(bucketId), shifted(key), END_OF_KEY]);
    for (const { value } of this.store.versions.getRange({ start, end: behind(start) }))
      yield value as OrderedVersion;
  }
}

const statusKey = (bucketId: number) => ['versioning', bucketId] as const;

/** Behind a key: lower than anything that a longer key could go on with, as `shifted` leaves no NUL in one. */
const END_OF_KEY = Buffer.of(0);
const ORDER_BYTES = 6;
/** Its first byte is below 0xFF, behind which a range over a key ends. */
const LAST_ORDER = 2 ** 47;

/** A key's bytes, each one more than it is: UTF-8 has none above 0xF4, and a key of NULs is no longer for it. */
const shifted = (key: string | Buffer) =>
  Buffer.from(Buffer.from(key).map((byte) => Math.min(byte + 1, 0xff)));

function versionKey(bucketId: number, { key, order }: OrderedVersion): Buffer {
  const newestFirst = Buffer.allocUnsafe(ORDER_BYTES);
  newestFirst.writeUIntBE(LAST_ORDER - order, 0, ORDER_BYTES);
  return Buffer.concat([bucketPrefix(bucketId), shifted(key), END_OF_KEY, newestFirst]);
}
