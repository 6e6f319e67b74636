import { rm } from 'node:fs/promises';
import type { DuckDBInstance } from '@duckdb/node-api';
import type { ConvertFailure, Deserializer, Misfit } from '../conversion.js';
import { convert } from '../convert.js';
import { type EngineColumn, type EngineFile, QueryFault } from '../engine.js';
import type { TextFault } from './text-fault.js';
import type { TextFormat } from './text-format.js';
import { writeRecords } from './text-records.js';

/**
 * Makes a Parquet file of one of text, by the rules that records for Firehose go by. What is wrong with its rows is told,
 * in their order: a row that is none is left out, a value that is none becomes a null.
 * @throws QueryFault for a file that cannot be read.
 */
export async function convertText(
  database: DuckDBInstance,
  { file, format, columns }: { file: EngineFile; format: TextFormat; columns: readonly EngineColumn[] },
  parquetPath: string,
  signal: AbortSignal,
): Promise<TextFault[]> {
  const recordsPath = `${parquetPath}.records`;
  // The names in the files are those of the records.
  const named = columns.map(({ name, key = name, type }) => ({ name: key, type }));
  const run = async (emptied?: ReadonlySet<number>) => {
    const records = { format, columns, recordsPath, signal, ...(emptied && { emptied }) };
    const { lengths: recordLengths, faults } = await writeRecords(file, records);
    const deserializer = format.kind === 'json' && format.serde === 'hive' ? HIVE : OPENX;
    const request = {
      recordsPath,
      recordLengths,
      columns: named,
      deserializer,
      codec: 'SNAPPY',
      parquetPath,
      nullsMisfits: true,
    } as const;
    return { faults, ...(await convert(database, request, signal)) };
  };
  try {
    let made = await run();
    if (made.failures.length > 0 && format.kind === 'json' && format.ignoreMalformed)
      made = await run(new Set(made.failures.map(({ record }) => record)));
    // Whoever reads the rows gets no further than to the first that is none.
    const faults: TextFault[] = [
      ...made.faults,
      ...made.failures
        .slice(0, 1)
        .map((failure) => ({ record: failure.record, fault: badRow(file, failure) })),
      ...made.misfits.map((misfit) => ({ ...misfit, fault: badValue(file, misfit) })),
    ];
    return faults.sort((a, b) => a.record - b.record);
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

function badRow(file: EngineFile, failure: ConvertFailure): QueryFault {
  return failure.code === 'DataFormatConversion.ParseError'
    ? new QueryFault('HIVE_CURSOR_ERROR', `Row is not a valid JSON Object: ${whereIn(file, failure)}`)
    : badValue(file, failure);
}

const badValue = (file: EngineFile, misfit: Pick<Misfit, 'record' | 'message'>) =>
  new QueryFault('HIVE_BAD_DATA', `Error parsing a field value: ${whereIn(file, misfit)}`);

const whereIn = ({ uri }: EngineFile, { record, message }: Pick<Misfit, 'record' | 'message'>) =>
  `${message} (row ${record + 1} of ${uri})`;
