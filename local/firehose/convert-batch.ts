import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { findTableVersion } from '../glue/table-versions.js';
import type { Batch } from './batch.js';
import { type Conversion, deserializerOf } from './conversion.js';
import type { DeliveredFile } from './delivered-file.js';
import type { DeliveryEntry } from './delivery-entry.js';
import type { WorkerParts } from './delivery-worker.js';
import { errorLines } from './error-line.js';
import { wholeErrorPrefix, wholePrefix } from './prefix.js';
import type { RecordSource } from './record-source.js';

/** A batch in the file at `recordsPath`. */
interface StagedBatch {
  readonly delivery: DeliveryEntry;
  readonly conversion: Conversion;
  readonly source: RecordSource;
  readonly batch: Batch;
  readonly recordsPath: string;
  /** Gives a path for one more staged file. */
  readonly stage: () => string;
}

/** Converts a batch by its table: into a file of rows, one of those records that do not fit, or both. */
export async function convertBatch(
  { delivery, conversion, source, batch, recordsPath, stage }: StagedBatch,
  { store, engine, log, clock }: WorkerParts,
): Promise<DeliveredFile[]> {
  const { destination } = delivery;
  const schema = conversion.SchemaConfiguration;
  const place = { account: schema?.CatalogId ?? delivery.account, region: schema?.Region ?? delivery.region };
  const name = { database: schema?.DatabaseName ?? '', table: schema?.TableName ?? '' };
  const table = findTableVersion(store.entries, place, name, schema?.VersionId ?? 'LATEST');
  const columns = table.input.StorageDescriptor?.Columns ?? [];
  const parquetPath = stage();
  const { rows, failures } = await engine.convert({
    recordsPath,
    recordLengths: batch.lengths,
    columns: columns.map(({ Name, Type }) => ({ name: Name, type: Type ?? 'string' })),
    deserializer: deserializerOf(conversion),
    codec: conversion.OutputFormatConfiguration?.Serializer?.ParquetSerDe?.Compression ?? 'SNAPPY',
    parquetPath,
  });
  const bucketArn = destination.BucketARN;
  const files: DeliveredFile[] = [];
  if (rows > 0) {
    const extension = destination.FileExtension || '.parquet';
    files.push({ path: parquetPath, bucketArn, prefix: wholePrefix(destination.Prefix), extension });
  }
  if (failures.length > 0) {
    const path = stage();
    const context = { delivery, source, table, log, now: clock.now() };
    await pipeline(errorLines(failures, batch.places, context), createWriteStream(path));
    const prefix = wholeErrorPrefix(destination.Prefix, destination.ErrorOutputPrefix);
    files.push({ path, bucketArn, prefix, errorOutputType: CONVERSION_FAILED, extension: '' });
  }
  return files;
}

/**
 * The one `error-output-type` that there can be here: the others are of Lambda functions, dynamic partitioning,
 * Decompression processors, and destinations that are not S3.
 */
const CONVERSION_FAILED = 'format-conversion-failed';
