import type { ContentFiles } from '../store/content.js';
import type { Store } from '../store/store.js';
import { BucketCheck } from './bucket-check.js';
import { CurrentObjects } from './current-objects.js';
import {
  type Deletion,
  type ListedObject,
  type NewObject,
  NULL_VERSION,
  type ObjectEntry,
  versionOf,
} from './object-entry.js';
import { UploadTable } from './upload-table.js';
import { VersionTable } from './version-table.js';

/**
 * The objects of every bucket, with their contents. In a bucket with versioning what an object replaces, or a deletion
 * hides, goes to the table of versions.
 */
export class ObjectTable {
  readonly versions: VersionTable;
  readonly uploads: UploadTable;
  private readonly current: CurrentObjects;
  private readonly buckets: BucketCheck;

  constructor(
    private readonly store: Store,
    private readonly content: ContentFiles,
  ) {
    this.current = new CurrentObjects(store);
    this.buckets = new BucketCheck(store.entries);
    this.versions = new VersionTable(store);
    this.uploads = new UploadTable(store);
  }

  get(bucketId: number, key: string): ObjectEntry | undefined {
    return this.current.get(bucketId, key);
  }

  /** A version of an object; the current one where none is named. Undefined for a delete marker too. */
  getVersion(bucketId: number, key: string, versionId: string | undefined): ObjectEntry | undefined {
    const current = this.get(bucketId, key);
    if (versionId === undefined || (current && versionOf(current) === versionId)) return current;
    const version = this.versions.find(bucketId, key, versionId);
    return version?.entry;
  }

  /**
   * Writes objects and whatever `alongside` writes in one transaction; the contents that they replace are removed
   * afterwards. Nothing is seen until all of it is. `alongside` runs first, and stops it all by an error that it
   * throws before it writes.
   * @throws AwsError `NoSuchBucket` where a bucket has been deleted since its id was found, even if there is another of
   * its name.
   * @returns the objects' version ids, undefined where the bucket has no versioning.
   */
  async publish(
    objects: readonly NewObject[],
    alongside: () => void = () => {},
  ): Promise<(string | undefined)[]> {
    const { replaced, versionIds } = await this.store.transaction(() => {
      for (const { bucketId } of objects) this.buckets.check(bucketId);
      alongside();
      const replaced = objects.flatMap(({ bucketId, key }) => this.setAside(bucketId, key));
      const versionIds = objects.map(({ bucketId, key, entry }) => {
        const versionId = this.versions.newId(bucketId);
        const versioned = versionId === undefined ? entry : { ...entry, versionId };
        this.current.put(bucketId, key, versioned);
        return versionId;
      });
      return { replaced, versionIds };
    });
    await this.content.removeAll(replaced);
    return versionIds;
  }

  /** Publishes one object, whose content is removed where that fails. */
  async publishOne(object: NewObject, alongside: () => void): Promise<string | undefined> {
    try {
      const [versionId] = await this.publish([object], alongside);
      return versionId;
    } catch (error) {
      await this.discard([object]);
      throw error;
    }
  }

  /** Removes the contents of objects that were to be published and are not there. */
  async discard(objects: readonly NewObject[]): Promise<void> {
    const lost = objects.filter(({ bucketId, key, entry }) => this.get(bucketId, key)?.file !== entry.file);
    await this.content.removeAll(lost.map(({ entry }) => entry.file));
  }

  /** Puts another entry of the same content in place of a version's. Call it in a transaction. */
  amend(bucketId: number, key: string, entry: ObjectEntry): void {
    const current = this.get(bucketId, key);
    if (current && versionOf(current) === versionOf(entry)) this.current.put(bucketId, key, entry);
    else this.versions.amend(bucketId, key, entry);
  }

  /**
   * Deletes a key: with versioning by a delete marker. One without an object is passed over, as S3 does.
   * @param check stops the deletion by an error that it throws.
   */
  async remove(
    bucketId: number,
    key: string,
    now: number,
    check: (current: ObjectEntry | undefined) => void = () => {},
  ): Promise<Deletion> {
    const { files, versionId } = await this.store.transaction(() => {
      check(this.get(bucketId, key));
      const files = this.setAside(bucketId, key);
      if (this.get(bucketId, key)) this.current.remove(bucketId, key);
      const versionId = this.versions.newId(bucketId);
      if (versionId !== undefined) {
        this.versions.add(bucketId, { key, versionId, lastModified: now, entry: undefined });
      }
      return { files, versionId };
    });
    await this.content.removeAll(files);
    return { isMarker: versionId !== undefined, versionId };
  }

  /** Removes one version for good. What was behind the current one takes its place. */
  async removeVersion(bucketId: number, key: string, versionId: string): Promise<Deletion> {
    const removed = await this.store.transaction(() => {
      const current = this.get(bucketId, key);
      if (current && versionOf(current) === versionId) {
        this.current.remove(bucketId, key);
        this.promote(bucketId, key);
        return { file: current.file, isMarker: false };
      }
      const version = this.versions.find(bucketId, key, versionId);
      if (!version) return { file: undefined, isMarker: false };
      this.versions.remove(bucketId, version);
      if (!current) this.promote(bucketId, key);
      return { file: version.entry?.file, isMarker: version.entry === undefined };
    });
    if (removed.file !== undefined) await this.content.remove(removed.file);
    return { isMarker: removed.isMarker, versionId };
  }

  /** As CurrentObjects lists them. */
  list(bucketId: number, prefix: string, start?: Buffer): Generator<ListedObject> {
    return this.current.list(bucketId, prefix, start);
  }

  /** Whether there is any object, in any bucket. */
  hasAny(): boolean {
    return this.current.hasAny();
  }

  /** The names of all contents, of every bucket. */
  files(): Set<string> {
    const names = this.versions.files();
    for (const file of this.uploads.files()) names.add(file);
    for (const file of this.current.files()) names.add(file);
    return names;
  }

  /** Whether a bucket holds nothing, no version and no delete marker either. */
  isEmpty(bucketId: number): boolean {
    return !hasItems(this.list(bucketId, '')) && !hasItems(this.versions.list(bucketId, ''));
  }

  /** Makes room for another current version: gives the files of what is replaced, or keeps it as a version. */
  private setAside(bucketId: number, key: string): string[] {
    const current = this.get(bucketId, key);
    const status = this.versions.status(bucketId);
    const replaced: string[] = [];
    if (status === 'Suspended') {
      // What is written without an id of its own replaces the version that had none.
      const bare = this.versions.find(bucketId, key, NULL_VERSION);
      if (bare) this.versions.remove(bucketId, bare);
      if (bare?.entry) replaced.push(bare.entry.file);
    }
    if (!current) return replaced;
    const isKept = status === 'Enabled' || (status === 'Suspended' && versionOf(current) !== NULL_VERSION);
    if (!isKept) return [...replaced, current.file];
    this.versions.add(bucketId, {
      key,
      versionId: versionOf(current),
      lastModified: current.lastModified,
      entry: current,
    });
    return replaced;
  }

  private promote(bucketId: number, key: string): void {
    const newest = this.versions.newest(bucketId, key);
    if (!newest?.entry) return;
    this.versions.remove(bucketId, newest);
    this.current.put(bucketId, key, newest.entry);
  }
}

/** Whether there is one: the loop ends the range, which the store would keep its old pages for. */
function hasItems(items: Iterable<unknown>): boolean {
  for (const _item of items) return true;
  return false;
}
