import { rm } from 'node:fs/promises';
import type { DuckDBInstance } from '@duckdb/node-api';
import type { ConvertFailure, Deserializer } from '../conversion.js';
import { convert } from '../convert.js';
import { type EngineColumn, type EngineFile, QueryFault } from '../engine.js';
import type { TextFormat } from './text-format.js';
import { type Records, writeRecords } from './text-records.js';

/**
 * Makes a Parquet file of one of text, by the rules that records for Firehose go by; none where it has no rows. Tells
 * whether it has.
 * @throws QueryFault for a file that is not as its table says.
 */
export async function convertText(
  database: DuckDBInstance,
  { file, format, columns }: { file: EngineFile; format: TextFormat; columns: readonly EngineColumn[] },
  parquetPath: string,
  signal: AbortSignal,
): Promise<boolean> {
  const recordsPath = `${parquetPath}.records`;
  // The names in the files are those of the records.
  const named = columns.map(({ name, key = name, type }) => ({ name: key, type }));
  const run = ({ lengths: recordLengths }: Records) => {
    const deserializer = format.kind === 'json' && format.serde === 'hive' ? HIVE : OPENX;
    const request = {
      recordsPath,
      recordLengths,
      columns: named,
      deserializer,
      codec: 'SNAPPY',
      parquetPath,
    } as const;
    return convert(database, request, signal);
  };
  const write = (emptied?: ReadonlySet<number>) =>
    writeRecords(file, { format, columns, recordsPath, signal, ...(emptied && { emptied }) });
  try {
    let { rows, failures } = await run(await write());
    const [first] = failures;
    if (first && format.kind === 'json' && format.ignoreMalformed) {
      ({ rows, failures } = await run(await write(new Set(failures.map(({ record }) => record)))));
    } else if (first) throw badRow(file, first);
    return rows > 0;
  } finally {
    await rm(recordsPath, { force: true });
  }
}

/** Keys have the columns' names already; a timestamp is as java.sql.Timestamp has it. */
const HIVE: Deserializer = { kind: 'hive', timestampFormats: [] };
const OPENX: Deserializer = {
  kind: 'openx',
  isCaseInsensitive: true,
  dotsToUnderscores: false,
  namesByColumn: {},
};

function badRow({ uri }: EngineFile, { record, code, message }: ConvertFailure): QueryFault {
  const where = `(row ${record + 1} of ${uri})`;
  return code === 'DataFormatConversion.ParseError'
    ? new QueryFault('HIVE_CURSOR_ERROR', `Row is not a valid JSON Object: ${message} ${where}`)
    : new QueryFault('HIVE_BAD_DATA', `Error parsing a field value: ${message} ${where}`);
}
