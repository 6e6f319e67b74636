import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { QueryFault } from '../../engine/engine.js';
import type { WriteRequest, WrittenFile } from '../../engine/statement-target.js';
import { findBucket } from '../../s3/bucket-entry.js';
import { AwsError } from '../../wire/aws-error.js';
import { outputLocation } from '../execution-entry.js';
import { APPLICATION, type StagedObject } from '../execution-outcome.js';
import { type ExecutionRun, engineId } from '../execution-run.js';
import { type Location, NULL_PARTITION, parseLocation } from '../location.js';

/** The objects of the files that a statement has written, each in the folder of its partition. */
export function dataObjects(
  { execution }: ExecutionRun,
  files: readonly WrittenFile[],
  { format, codec }: WriteRequest,
  folderOf: (partition: WrittenFile['partition']) => string,
): StagedObject[] {
  const ending = format !== 'PARQUET' && codec === 'GZIP' ? '.gz' : '';
  return files.map((file) => ({
    path: file.path,
    uri: `${folderOf(file.partition)}${engineId(execution)}_${randomUUID()}${ending}`,
    contentType: APPLICATION,
  }));
}

/** The object that lists what was written, a URI a line, beside the result. Nothing where nothing was. */
export async function manifestObject(
  { execution, folder }: ExecutionRun,
  objects: readonly StagedObject[],
): Promise<StagedObject[]> {
  if (objects.length === 0) return [];
  const file = path.join(folder, 'manifest');
  await writeFile(file, objects.map(({ uri }) => `${uri}\n`).join(''));
  return [{ path: file, uri: `${outputLocation(execution)}-manifest.csv`, contentType: APPLICATION }];
}

/** A folder that a statement writes to. It is looked up as the account's own bucket, and nothing else can be written. */
export interface TargetFolder extends Location {
  /** `s3://bucket/prefix/`. */
  readonly uri: string;
  readonly bucketId: number;
}

/** @throws QueryFault for a folder in no bucket of the account. */
export function targetFolder(
  { athena, execution }: ExecutionRun,
  location: string,
  what: string,
): TargetFolder {
  const { bucket, prefix } = parseLocation(location, what);
  try {
    const { id } = findBucket(athena.store.entries, bucket, execution.account);
    return { bucket, prefix, bucketId: id, uri: `s3://${bucket}/${prefix}` };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new QueryFault(
      'HIVE_WRITER_OPEN_ERROR',
      `Error creating file at ${location}: ${error.message} (Service: Amazon S3; Status Code: ${error.status}; Error Code: ${error.code})`,
    );
  }
}

/** @throws QueryFault for a folder in which there is an object. */
export function checkEmpty(
  { athena }: ExecutionRun,
  { bucketId, prefix, uri }: TargetFolder,
  table: string,
): void {
  for (const _object of athena.objects.list(bucketId, prefix)) {
    throw new QueryFault(
      'HIVE_PATH_ALREADY_EXISTS',
      `Target directory for table '${table}' already exists: ${uri}`,
    );
  }
}

/** The partitions among those of the files, each once. */
export function distinct(partitions: readonly (readonly (string | null)[])[]): string[][] {
  const known = partitions
    .filter((values) => values.length > 0)
    .map((values) => values.map((value) => value ?? NULL_PARTITION));
  return [...new Map(known.map((values) => [JSON.stringify(values), values])).values()];
}
