import { randomBytes, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ConvertResult } from '../engine/engine.js';
import { findTableVersion } from '../glue/table-versions.js';
import type { StreamEntry } from '../kinesis/stream-entry.js';
import { findBucket } from '../s3/bucket-entry.js';
import type { NewObject, ObjectEntry } from '../s3/object-entry.js';
import { type Batch, type BatchLimit, takeBatch } from './batch.js';
import { bucketOfArn, type Checkpoint, checkpointKey, type DeliveryEntry } from './delivery-entry.js';
import type { WorkerParts } from './delivery-worker.js';
import { errorLines } from './error-line.js';
import { evaluatePrefix } from './prefix.js';
import { formatTimestamp } from './timestamp-pattern.js';

/**
 * Delivers one buffer of records: converts it by the table, and then publishes the Parquet object, the backup of the
 * source, the object of failed records and the checkpoint in one transaction. A process that dies before it has
 * delivered nothing; one that dies after it has delivered all, once.
 * @throws whatever stands in the way: nothing has been delivered then, and the same records are taken again.
 */
export async function deliver(
  delivery: DeliveryEntry,
  source: StreamEntry,
  checkpoint: Checkpoint,
  limit: BatchLimit,
  parts: WorkerParts,
): Promise<void> {
  const { content, objects, store, clock } = parts;
  const staged: string[] = [];
  const kept: NewObject[] = [];
  const stage = () => {
    const path = content.stagingPath();
    staged.push(path);
    return path;
  };
  try {
    const recordsPath = stage();
    const batch = await takeBatch(parts.log, source, checkpoint, limit, recordsPath);
    if (!batch) return;
    const { table, result, parquetPath } = await convert(delivery, batch, recordsPath, stage(), parts);
    const objectOf = objectMaker(delivery, batch, parts);
    const { destination } = delivery;
    if (result.rows > 0) {
      const name = objectOf(destination.Prefix ?? '', destination.FileExtension ?? '.parquet');
      kept.push(await name.from(destination.BucketARN, parquetPath));
    }
    if (result.failures.length > 0) {
      const path = stage();
      const context = { delivery, source, table, log: parts.log, now: clock.now() };
      await pipeline(errorLines(result.failures, batch.places, context), createWriteStream(path));
      const name = objectOf(destination.ErrorOutputPrefix ?? '', '', 'format-conversion-failed');
      kept.push(await name.from(destination.BucketARN, path));
    }
    const backup = destination.S3BackupMode === 'Enabled' ? destination.S3BackupConfiguration : undefined;
    if (backup) {
      const isGzip = backup.CompressionFormat === 'GZIP';
      const path = isGzip ? stage() : recordsPath;
      if (isGzip) await pipeline(createReadStream(recordsPath), createGzip(), createWriteStream(path));
      const name = objectOf(backup.Prefix ?? '', isGzip ? '.gz' : '');
      kept.push(await name.from(backup.BucketARN, path));
    }
    await objects.publish(kept, () => {
      if (!store.entries.get(checkpointKey(delivery.id)))
        throw new Error('The delivery stream has been deleted.');
      store.entries.put(checkpointKey(delivery.id), batch.next);
    });
    if (batch.expired > 0) parts.onExpired(delivery.name, batch.expired);
  } catch (error) {
    await objects.discard(kept);
    throw error;
  } finally {
    await Promise.all(staged.map((path) => rm(path, { force: true })));
  }
}

async function convert(
  delivery: DeliveryEntry,
  batch: Batch,
  recordsPath: string,
  parquetPath: string,
  { store, engine }: WorkerParts,
) {
  const conversion = delivery.destination.DataFormatConversionConfiguration;
  const schema = conversion?.SchemaConfiguration;
  const place = { account: schema?.CatalogId ?? delivery.account, region: schema?.Region ?? delivery.region };
  const name = { database: schema?.DatabaseName ?? '', table: schema?.TableName ?? '' };
  const table = findTableVersion(store.entries, place, name, schema?.VersionId ?? 'LATEST');
  const codec = conversion?.OutputFormatConfiguration?.Serializer?.ParquetSerDe?.Compression ?? 'SNAPPY';
  const columns = table.input.StorageDescriptor?.Columns ?? [];
  const result: ConvertResult = await engine.convert({
    recordsPath,
    recordLengths: batch.lengths,
    columns: columns.map(({ Name, Type }) => ({ name: Name, type: Type ?? 'string' })),
    codec,
    parquetPath,
  });
  return { table, result, parquetPath };
}

/** Makes the objects of one delivery, which share their time. */
function objectMaker(delivery: DeliveryEntry, batch: Batch, { content, store, clock }: WorkerParts) {
  const timeZone = delivery.destination.CustomTimeZone ?? 'UTC';
  return (prefix: string, extension: string, errorOutputType?: string) => {
    const folder = evaluatePrefix(prefix, {
      time: batch.oldest,
      timeZone,
      randomString,
      ...(errorOutputType !== undefined && { errorOutputType }),
    });
    const time = formatTimestamp('yyyy-MM-dd-HH-mm-ss', batch.oldest, timeZone);
    const key = `${folder}${delivery.name}-${delivery.version}-${time}-${randomUUID()}${extension}`;
    return {
      /** Keeps a staged file as the content of the object. */
      async from(bucketArn: string, path: string): Promise<NewObject> {
        const bucket = findBucket(store.entries, bucketOfArn(bucketArn), delivery.account);
        const { size } = await stat(path);
        const entry: ObjectEntry = {
          file: await content.keep(path, key),
          size,
          // As on AWS under a KMS key: unique to the content, and not its MD5.
          etag: `"${randomBytes(16).toString('hex')}"`,
          lastModified: clock.now(),
          headers: { ContentType: 'application/octet-stream' },
          metadata: {},
        };
        return { bucketId: bucket.id, key, entry };
      },
    };
  };
}

const RANDOM_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Eleven characters. */
const randomString = () =>
  Array.from(randomBytes(11), (byte) => RANDOM_CHARACTERS[byte % RANDOM_CHARACTERS.length]).join('');
