import type { Entries } from '../store/store.js';
import { type BucketEntry, bucketKey, noSuchBucket } from './bucket-entry.js';

/** Tells whether buckets are still there, by their ids, of which none is given twice. */
export class BucketCheck {
  private readonly names = new Map<number, string>();

  constructor(private readonly entries: Entries) {}

  /** @throws AwsError `NoSuchBucket` for the id of a bucket that is not there. */
  check(bucketId: number): void {
    const known = this.names.get(bucketId);
    if (known !== undefined && this.entries.get<BucketEntry>(bucketKey(known))?.id === bucketId) return;
    this.names.delete(bucketId);
    for (const { id, name } of this.entries.list<BucketEntry>(['bucket'])) {
      if (id !== bucketId) continue;
      this.names.set(bucketId, name);
      return;
    }
    throw noSuchBucket(known ?? '');
  }
}
