import type { ConvertFailure } from '../engine/conversion.js';
import type { TableEntry } from '../glue/catalog.js';
import type { RecordLog } from '../kinesis/record-log.js';
import { sequenceNumber } from '../kinesis/sequence-number.js';
import type { Batch } from './batch.js';
import { convertedBy } from './conversion.js';
import type { DeliveryEntry } from './delivery-entry.js';
import type { RecordSource } from './record-source.js';

interface ErrorContext {
  readonly delivery: DeliveryEntry;
  readonly source: RecordSource;
  readonly table: TableEntry;
  readonly log: RecordLog;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Characters of lines that are written at once. */
const CHUNK = 1024 * 1024;

/** The lines of all failures, in pieces: together they may be longer than a text can be. */
export function* errorLines(
  failures: readonly ConvertFailure[],
  places: Batch['places'],
  context: ErrorContext,
): Generator<string> {
  let lines = '';
  for (const failure of failures) {
    const place = places[failure.record];
    if (!place) throw new Error(`The engine names record ${failure.record} of ${places.length}.`);
    lines += errorLine(failure, place, context);
    if (lines.length < CHUNK) continue;
    yield lines;
    lines = '';
  }
  if (lines !== '') yield lines;
}

/**
 * What Firehose writes of a record that it could not convert: a line of JSON with the record itself in it. A record of
 * Direct PUT has a sequence number too: Firehose's own, which is its RecordId here.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion-error-handling.html
 */
function errorLine(
  failure: ConvertFailure,
  { shard, position }: { readonly shard: number; readonly position: number },
  { delivery, source, table, log, now }: ErrorContext,
): string {
  const record = log.get(source.id, shard, position);
  if (!record) throw new Error(`Record ${position} of shard ${shard} of ${source.name} is gone.`);
  const schema = convertedBy(delivery.destination)?.SchemaConfiguration;
  const line = {
    attemptsMade: 1,
    arrivalTimestamp: record.arrivedAt,
    lastErrorCode: failure.code,
    lastErrorMessage: failure.message,
    attemptEndingTimestamp: now,
    rawData: record.data.toString('base64'),
    sequenceNumber: sequenceNumber({ streamId: source.id, shard, position }),
    dataCatalogTable: {
      catalogId: schema?.CatalogId ?? null,
      databaseName: table.database,
      tableName: table.input.Name,
      region: schema?.Region ?? delivery.region,
      versionId: schema?.VersionId ?? 'LATEST',
      roleArn: schema?.RoleARN ?? null,
    },
  };
  return `${JSON.stringify(line)}\n`;
}
