import type { FileHandle } from 'node:fs/promises';
import type { ObjectEntry } from './object-entry.js';
import type { ObjectTable } from './object-table.js';
import type { S3 } from './s3.js';
import { S3Error } from './s3-error.js';
import { checkVersionId } from './version-table.js';

/** Names an object, or one of its versions. */
export interface NamedObject {
  readonly Key: string;
  readonly VersionId?: string;
}

/** An object and its content, of one moment: the content of an object that is replaced meanwhile is gone. */
export async function openObject(
  { objects, content }: S3,
  bucketId: number,
  named: NamedObject,
): Promise<{ entry: ObjectEntry; file: FileHandle }> {
  for (let entry = findObject(objects, bucketId, named); ; ) {
    const file = await content.openContent(entry.file).catch(() => undefined);
    if (file) return { entry, file };
    const now = findObject(objects, bucketId, named);
    if (now.file === entry.file) throw new Error(`The content of ${named.Key} is not on the disk.`);
    entry = now;
  }
}

/** Tells that there was an object, and a delete marker is in its place. */
const DELETE_MARKER = { 'x-amz-delete-marker': 'true' };

/** @throws AwsError `NoSuchKey`, `NoSuchVersion`, `InvalidArgument` for what can be no version's id, or `MethodNotAllowed` for a delete marker that is named. */
export function findObject(
  objects: ObjectTable,
  bucketId: number,
  { Key, VersionId }: NamedObject,
): ObjectEntry {
  checkVersionId(VersionId);
  const entry = objects.getVersion(bucketId, Key, VersionId);
  if (entry) return entry;
  if (VersionId === undefined) {
    const marker = objects.versions.newest(bucketId, Key);
    throw new S3Error(
      'NoSuchKey',
      'The specified key does not exist.',
      404,
      { Key },
      marker && { ...DELETE_MARKER, 'x-amz-version-id': marker.versionId },
    );
  }
  if (objects.versions.find(bucketId, Key, VersionId)) {
    throw new S3Error(
      'MethodNotAllowed',
      'The specified method is not allowed against this resource.',
      405,
      { ResourceType: 'DeleteMarker' },
      { ...DELETE_MARKER, 'x-amz-version-id': VersionId, allow: 'DELETE' },
    );
  }
  throw new S3Error('NoSuchVersion', 'The specified version does not exist.', 404, { Key, VersionId });
}
