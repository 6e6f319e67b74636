import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { convert } from '../convert.js';
import {
  type ConvertFailure,
  type ConvertResult,
  type Deserializer,
  type EngineColumn,
  type EngineFile,
  type EngineTable,
  QueryFault,
} from '../engine.js';
import { conversionObstacle } from '../hive-type.js';
import type { TextFormat } from './text-format.js';
import { type Records, writeRecords } from './text-records.js';

/**
 * Tables of text as tables of Parquet. Each file is converted once, by the rules that records for Firehose go by, and
 * kept: the contents of objects never change. So whatever is done for Parquet, from pruning to types, holds for text.
 */
export class TextFiles {
  private readonly converted = new Map<string, Promise<string | undefined>>();

  constructor(
    private readonly database: () => Promise<DuckDBInstance>,
    /** Where the Parquet files go; emptied when the engine starts. */
    private readonly folder: string,
  ) {}

  /**
   * The table with its rows as Parquet. Of its files those without a row are left out.
   * @throws QueryFault for a file that is not as the table says.
   */
  async asParquet(table: EngineTable): Promise<EngineTable> {
    const { format } = table;
    if (!format) return table;
    const columns = table.columns.map((column) => {
      const key = format.kind === 'json' ? format.mappings[column.name.toLowerCase()] : undefined;
      return key === undefined ? column : { ...column, key };
    });
    for (const { name, type } of columns) {
      const obstacle = conversionObstacle(type);
      const isNested = format.kind !== 'json' && /[<]/.test(type);
      if (obstacle === undefined && !isNested) continue;
      const what = `Column ${name} of ${table.database}.${table.name}, of type ${type} in text,`;
      throw new QueryFault('NOT_SUPPORTED', `${what} is not supported by local AWS`);
    }
    await mkdir(this.folder, { recursive: true });
    const files: EngineFile[] = [];
    // One after another: what is converted takes this process's time.
    for (const file of table.files) {
      const parquet = await this.parquetOf(file, format, columns);
      if (parquet !== undefined) files.push({ ...file, path: parquet, textBytes: file.size ?? 0 });
    }
    return { ...table, columns, files };
  }

  private parquetOf(
    file: EngineFile,
    format: TextFormat,
    columns: readonly EngineColumn[],
  ): Promise<string | undefined> {
    const id = createHash('sha256')
      .update(JSON.stringify([file.path, file.uri.endsWith('.gz'), format, columns]))
      .digest('hex');
    const known = this.converted.get(id);
    if (known) return known;
    const made = this.convertFile(file, format, columns, path.join(this.folder, id));
    this.converted.set(id, made);
    made.catch(() => this.converted.delete(id));
    return made;
  }

  private async convertFile(
    file: EngineFile,
    format: TextFormat,
    columns: readonly EngineColumn[],
    parquetPath: string,
  ): Promise<string | undefined> {
    const recordsPath = `${parquetPath}.records`;
    try {
      let records = await writeRecords(file, format, columns, recordsPath);
      const run = ({ lengths: recordLengths }: Records) =>
        this.convertRecords(recordsPath, recordLengths, columns, format, parquetPath);
      let { rows, failures } = await run(records);
      const [first] = failures;
      if (first && format.kind === 'json' && format.ignoreMalformed) {
        const empty = new Set(failures.map(({ record }) => record));
        records = await writeRecords(file, format, columns, recordsPath, empty);
        ({ rows, failures } = await run(records));
      } else if (first) throw badRow(file, first);
      return rows === 0 ? undefined : parquetPath;
    } finally {
      await rm(recordsPath, { force: true });
    }
  }

  /** The names in the files are those of the records. */
  private async convertRecords(
    recordsPath: string,
    recordLengths: readonly number[],
    columns: readonly EngineColumn[],
    format: TextFormat,
    parquetPath: string,
  ): Promise<ConvertResult> {
    const named = columns.map(({ name, key = name, type }) => ({ name: key, type }));
    return convert(await this.database(), {
      recordsPath,
      recordLengths,
      columns: named,
      deserializer: format.kind === 'json' && format.serde === 'hive' ? HIVE : OPENX,
      codec: 'SNAPPY',
      parquetPath,
    });
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
