import type { Store } from '../store/store.js';
import { BUCKET_BYTES, behind, bucketPrefix } from './key-order.js';
import type { ListedObject, ObjectEntry } from './object-entry.js';

/** The current version of every object, in the order of the keys' bytes, which is the order that S3 lists them in. */
export class CurrentObjects {
  constructor(private readonly store: Store) {}

  get(bucketId: number, key: string): ObjectEntry | undefined {
    return this.store.objects.get(objectKey(bucketId, key)) as ObjectEntry | undefined;
  }

  /** Call it in a transaction. */
  put(bucketId: number, key: string, entry: ObjectEntry): void {
    this.store.objects.put(objectKey(bucketId, key), entry);
  }

  /** Call it in a transaction. */
  remove(bucketId: number, key: string): void {
    this.store.objects.remove(objectKey(bucketId, key));
  }

  /**
   * The objects of a bucket whose keys start with `prefix`, in order, from the bytes `start` on: `exclusive(key)` for
   * what comes after a key, `behind(prefix)` for what comes after a folder.
   */
  *list(bucketId: number, prefix: string, start: Buffer = Buffer.alloc(0)): Generator<ListedObject> {
    const bucket = bucketPrefix(bucketId);
    const prefixBytes = Buffer.from(prefix);
    const first = Buffer.compare(start, prefixBytes) < 0 ? prefixBytes : start;
    const end = Buffer.concat([bucket, behind(prefixBytes)]);
    const range = this.store.objects.getRange({ start: Buffer.concat([bucket, first]), end });
    for (const { key, value } of range) {
      yield { ...(value as ObjectEntry), key: key.toString('utf8', BUCKET_BYTES) };
    }
  }

  /** Whether there is any, in any bucket. */
  hasAny(): boolean {
    // The loop ends the range, which the store would keep its old pages for.
    for (const _key of this.store.objects.getKeys({})) return true;
    return false;
  }

  /** The names of their contents, of every bucket. */
  *files(): Generator<string> {
    for (const { value } of this.store.objects.getRange({})) yield (value as ObjectEntry).file;
  }
}

function objectKey(bucketId: number, key: string): Buffer {
  return Buffer.concat([bucketPrefix(bucketId), Buffer.from(key)]);
}
