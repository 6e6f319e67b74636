import type { Tags } from '../resources/tags.js';
import type { Checksum } from './checksum.js';
import type { PartRun } from './object-parts.js';

/** An object as the store keeps it. */
export interface ObjectEntry {
  /** Name of the file that holds the content, as `ContentFiles.keep` gave it. */
  readonly file: string;
  readonly size: number;
  /** In quotes, as S3 shows it. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  /** Headers that are given back as they came: Content-Type and its like, by the SDK's names. */
  readonly headers: Readonly<Record<string, string>>;
  /** What came as `x-amz-meta-…`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Given where the bucket had versioning when the object was written; else the object's version is `null`. */
  readonly versionId?: string;
  /** Given where the client gave one. */
  readonly checksum?: Checksum;
  /** Given where it has any. */
  readonly tags?: Tags;
  /** The sizes of the parts that it was put together from, where it was. */
  readonly parts?: readonly PartRun[];
}

/** An object with its key. */
export interface ListedObject extends ObjectEntry {
  readonly key: string;
}

/** An object to be written. */
export interface NewObject {
  readonly bucketId: number;
  readonly key: string;
  readonly entry: ObjectEntry;
}

/** What became of a key that was deleted. */
export interface Deletion {
  /** Whether what was removed, or put in its place, is a delete marker. */
  readonly isMarker: boolean;
  readonly versionId: string | undefined;
}

/** The version id of what was written while a bucket had no versioning, or had it suspended. */
export const NULL_VERSION = 'null';

/** The id of an object's version, which every object has as soon as it is asked for. */
export const versionOf = ({ versionId }: ObjectEntry) => versionId ?? NULL_VERSION;
