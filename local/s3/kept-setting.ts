import type { Entries } from '../store/store.js';
import type { Answer, Checked, Operations } from '../wire/operation.js';
import { findBucket } from './bucket-entry.js';
import type { S3 } from './s3.js';

export interface KeptSetting<Put, Got> {
  /** What is kept of a request, in the form of the answer that gives it back. */
  readonly keptOf: (input: Checked<Put>) => Answer<Got>;
  /** What a bucket without the setting answers. */
  readonly missing: () => Answer<Got>;
  /** @default - `Delete` and the setting's name */
  readonly deleteOperation?: string;
}

interface BucketRequest {
  readonly Bucket: string;
}

/** The operations that put, get and delete one setting. */
export function keptSetting<Put extends { Bucket: string | undefined }, Got>(
  { store }: S3,
  name: string,
  { keptOf, missing, deleteOperation = `Delete${name}` }: KeptSetting<Put, Got>,
): Operations {
  const find = (input: BucketRequest, account: string) => findBucket(store.entries, input.Bucket, account);
  return {
    [`Put${name}`]: async (input: Checked<Put> & BucketRequest, { account }: { account: string }) => {
      const value = keptOf(input);
      await store.transaction(() => {
        store.entries.put(settingKey(find(input, account).id, name), { name, value });
      });
      return {};
    },
    [`Get${name}`]: (input: BucketRequest, { account }: { account: string }) =>
      store.entries.get<{ value: Answer<Got> }>(settingKey(find(input, account).id, name))?.value ??
      missing(),
    [deleteOperation]: async (input: BucketRequest, { account }: { account: string }) => {
      await store.transaction(() => store.entries.remove(settingKey(find(input, account).id, name)));
      return {};
    },
  };
}

/** Forgets a bucket's settings. Call it in a transaction. */
export function forgetSettings(entries: Entries, bucketId: number): void {
  for (const name of [...entries.list<{ name: string }>(['bucket-setting', bucketId])].map(
    ({ name }) => name,
  )) {
    entries.remove(settingKey(bucketId, name));
  }
}

const settingKey = (bucketId: number, name: string) => ['bucket-setting', bucketId, name] as const;
