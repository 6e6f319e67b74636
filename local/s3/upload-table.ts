import { randomBytes } from 'node:crypto';
import type { ChecksumType } from '@aws-sdk/client-s3';
import type { Entries, Store } from '../store/store.js';
import type { Checksum } from './checksum.js';
import type { ObjectAttributes } from './object-attributes.js';
import { S3Error } from './s3-error.js';

/** A multipart upload that is under way. */
export interface UploadEntry {
  readonly id: string;
  readonly bucketId: number;
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly initiatedAt: number;
  readonly attributes: ObjectAttributes;
  /** How the parts, and in the end the object, are to be checked, where that was said. */
  readonly checksum?: { readonly algorithm: string; readonly type: ChecksumType };
}

/** A part that was uploaded. */
export interface PartEntry {
  readonly number: number;
  /** Name of the file that holds it, as `ContentFiles.keep` gave it. */
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** The MD5 in hexadecimal and in quotes. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  readonly checksum?: Checksum;
}

/** Names an upload. Whoever has its id must name its bucket and its key as well. */
export interface UploadName {
  readonly bucketId: number;
  readonly key: string;
  readonly id: string;
}

/** The multipart uploads that are under way, and their parts. Change it in transactions. */
export class UploadTable {
  private readonly entries: Entries;

  constructor({ entries }: Pick<Store, 'entries'>) {
    this.entries = entries;
  }

  put(upload: UploadEntry): void {
    this.entries.put(uploadKey(upload), upload);
  }

  /** @throws AwsError `NoSuchUpload` for one that is not there, or has been completed or aborted. */
  find(name: UploadName): UploadEntry {
    const upload = UPLOAD_ID.test(name.id) ? this.entries.get<UploadEntry>(uploadKey(name)) : undefined;
    if (upload?.key === name.key) return upload;
    throw new S3Error(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      404,
      { UploadId: name.id },
    );
  }

  /** The uploads of a bucket, by the time at which they were begun. */
  ofBucket(bucketId: number): UploadEntry[] {
    return [...this.entries.list<UploadEntry>(['upload', bucketId])];
  }

  /** The parts of an upload by their numbers, behind `after`. */
  parts({ id }: Pick<UploadName, 'id'>, after = 0): PartEntry[] {
    return [...this.entries.list<PartEntry>(['upload-part', id], partKey(id, after))];
  }

  /**
   * Keeps a part in place of the one with its number.
   * @returns the file of that one.
   */
  putPart({ id }: UploadEntry, part: PartEntry): string | undefined {
    const replaced = this.entries.get<PartEntry>(partKey(id, part.number));
    this.entries.put(partKey(id, part.number), part);
    return replaced?.file;
  }

  /**
   * Forgets an upload.
   * @returns its parts' files.
   */
  remove(upload: UploadEntry): string[] {
    const parts = this.parts(upload);
    for (const { number } of parts) this.entries.remove(partKey(upload.id, number));
    this.entries.remove(uploadKey(upload));
    return parts.map(({ file }) => file);
  }

  /** The names of the contents of all parts. */
  files(): string[] {
    return Array.from(this.entries.list<PartEntry>(['upload-part']), ({ file }) => file);
  }
}

/** An id that no other upload has, in the order of which uploads are in the order in which they were begun. */
export const newUploadId = (initiatedAt: number) =>
  initiatedAt.toString(16).padStart(12, '0') + randomBytes(26).toString('hex');

const UPLOAD_ID = /^[0-9a-f]{64}$/;

const uploadKey = ({ bucketId, id }: Pick<UploadName, 'bucketId' | 'id'>) =>
  ['upload', bucketId, id] as const;
const partKey = (id: string, number: number) => ['upload-part', id, number] as const;
