import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Clock } from '../clock.js';
import type { ContentFiles } from '../store/content.js';
import type { NewObject, ObjectEntry } from './object-entry.js';

/** Where an object is to be, and what it is to say of itself. */
export interface ObjectPlace {
  readonly bucketId: NewObject['bucketId'];
  readonly key: string;
  readonly headers: ObjectEntry['headers'];
}

/** Keeps a staged file as the content of an object that a service writes, and that is yet to be published. */
export async function stagedObject(
  path: string,
  { bucketId, key, headers }: ObjectPlace,
  { content, clock }: { readonly content: ContentFiles; readonly clock: Clock },
): Promise<NewObject> {
  const { size } = await stat(path);
  const entry: ObjectEntry = {
    file: await content.keep(path, key),
    size,
    // As on AWS under a KMS key: unique to the content, and not its MD5.
    etag: `"${randomBytes(16).toString('hex')}"`,
    lastModified: clock.now(),
    headers,
    metadata: {},
  };
  return { bucketId, key, entry };
}
