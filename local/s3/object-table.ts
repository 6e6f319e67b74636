import type { ContentFiles } from '../store/content.js';
import type { Store } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';

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
}

/** An object with its key. */
export interface ListedObject extends ObjectEntry {
  readonly key: string;
}

/** Longest key, in bytes of UTF-8. */
export const MAX_KEY_BYTES = 1024;

/** The objects of every bucket, in the order of their keys' bytes, which is the order that S3 lists them in. */
export class ObjectTable {
  constructor(
    private readonly store: Store,
    private readonly content: ContentFiles,
  ) {}

  get(bucketId: number, key: string): ObjectEntry | undefined {
    return this.store.objects.get(objectKey(bucketId, key)) as ObjectEntry | undefined;
  }

  /**
   * Writes objects and whatever `alongside` writes in one transaction; the contents that they replace are removed
   * afterwards. Nothing is seen until all of it is. `alongside` runs first, and stops it all by an error that it
   * throws before it writes.
   */
  async publish(
    objects: readonly { readonly bucketId: number; readonly key: string; readonly entry: ObjectEntry }[],
    alongside: () => void = () => {},
  ): Promise<void> {
    const replaced = await this.store.transaction(() => {
      alongside();
      const old = objects.map(({ bucketId, key }) => this.get(bucketId, key)?.file);
      for (const { bucketId, key, entry } of objects) this.store.objects.put(objectKey(bucketId, key), entry);
      return old;
    });
    await this.removeContents(replaced);
  }

  /** Removes objects; a key without one is passed over, as S3 does. */
  async remove(bucketId: number, keys: readonly string[]): Promise<void> {
    const files = await this.store.transaction(() =>
      keys.map((key) => {
        const entry = this.get(bucketId, key);
        if (entry) this.store.objects.remove(objectKey(bucketId, key));
        return entry?.file;
      }),
    );
    await this.removeContents(files);
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

  /** The names of all contents, of every bucket. */
  files(): Set<string> {
    const names = new Set<string>();
    for (const { value } of this.store.objects.getRange({})) names.add((value as ObjectEntry).file);
    return names;
  }

  isEmpty(bucketId: number): boolean {
    return this.list(bucketId, '').next().done === true;
  }

  private async removeContents(files: readonly (string | undefined)[]): Promise<void> {
    await Promise.all(files.map((file) => file && this.content.remove(file)));
  }
}

const BUCKET_BYTES = 4;

function bucketPrefix(bucketId: number): Buffer {
  const prefix = Buffer.allocUnsafe(BUCKET_BYTES);
  prefix.writeUInt32BE(bucketId);
  return prefix;
}

function objectKey(bucketId: number, key: string): Buffer {
  return Buffer.concat([bucketPrefix(bucketId), Buffer.from(key)]);
}

/** @throws AwsError for a key that S3 does not take. */
export function checkKey(key: string): void {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new AwsError('KeyTooLongError', 'Your key is too long');
}

/** Where the keys begin that come after `key`. */
export const exclusive = (key: string) => Buffer.concat([Buffer.from(key), Buffer.of(0)]);

/** Where the keys begin that come after every key with this prefix. UTF-8 has no byte 0xFF. */
export const behind = (prefix: Buffer) => Buffer.concat([prefix, Buffer.of(0xff)]);
