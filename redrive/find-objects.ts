import { FOLDERS } from '../settings/index.js';
import type { LakeBucket, ListedObject } from './lake-bucket.js';
import { hourFolders, objectTime } from './object-time.js';
import type { ObjectKind } from './stored-records.js';
import type { TimeRange } from './time-range.js';

/** An object of failed or of backed-up records. */
export interface FoundObject extends ListedObject {
  readonly kind: ObjectKind;
  /** When its oldest record arrived, in milliseconds since 1970. */
  readonly time: number;
}

/**
 * The objects of a table's failed or backed-up records whose oldest record arrived in a range of time, in the order of
 * that time to the hour, by kind of failure. Only the folders of the range are listed.
 */
export async function* findObjects(
  bucket: LakeBucket,
  kind: ObjectKind,
  table: string,
  range: TimeRange,
): AsyncGenerator<FoundObject> {
  for (const folder of await foldersOf(bucket, kind, table)) {
    for await (const object of bucket.list(folder, keyBefore(folder, range))) {
      const time = objectTime(object.key);
      if (time === undefined || time < range.from) continue;
      // Keys are in the order of their hours: what comes now is later still.
      if (time >= range.to && hourFolders(time) !== hourFolders(range.to)) break;
      if (time < range.to) yield { ...object, kind, time };
    }
  }
}

/** Failed records lie in a folder for each kind of failure, `format-conversion-failed` above all. */
async function foldersOf(bucket: LakeBucket, kind: ObjectKind, table: string): Promise<readonly string[]> {
  const folder = `${FOLDERS[kind]}${table}/`;
  return kind === 'errors' ? bucket.folders(folder) : [folder];
}

/** A key that stands before those of the range's first hour, and behind those of all hours before it. */
function keyBefore(folder: string, { from }: TimeRange): string {
  return Number.isFinite(from) ? `${folder}${hourFolders(from)}` : folder;
}
