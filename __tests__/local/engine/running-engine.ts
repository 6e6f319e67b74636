import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ConvertRequest, ConvertResult, Deserializer } from '../../../local/engine/conversion.js';
import type { EngineColumn, EngineFile, EngineTable, ExecuteResult } from '../../../local/engine/engine.js';
import { openEngine } from '../../../local/engine/engine-process.js';

/** Columns written shortly: `id bigint, tags array<string>`. */
export function columns(list: string): EngineColumn[] {
  return [...list.matchAll(/(\w+) ((?:[^,<(]|<[^>]*>+|\([^)]*\))+)/g)].map(([, name = '', type = '']) => ({
    name,
    type,
  }));
}

/** The OpenX JSON SerDe without any option. */
export const OPENX = {
  kind: 'openx',
  isCaseInsensitive: true,
  dotsToUnderscores: false,
  namesByColumn: {},
} as const satisfies Deserializer;

/** An engine in folders of its own, and what tests ask of it. */
export class RunningEngine {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'lakehouse-engine-'));
  readonly objectsDir = path.join(this.folder, 'objects');
  readonly stagingDir = path.join(this.folder, 'staging');
  readonly engine = openEngine({ objectsDir: this.objectsDir, stagingDir: this.stagingDir });
  private last = 0;

  constructor() {
    mkdirSync(this.objectsDir);
    mkdirSync(this.stagingDir);
  }

  async close(): Promise<void> {
    await this.engine.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Converts records and says where the Parquet file is. */
  async convert(
    columns: readonly EngineColumn[],
    records: readonly (string | Buffer)[],
    {
      codec = 'SNAPPY',
      deserializer = OPENX,
      nullsMisfits = false,
    }: Partial<Pick<ConvertRequest, 'codec' | 'deserializer' | 'nullsMisfits'>> = {},
  ): Promise<ConvertResult & { readonly parquetPath: string }> {
    const recordsPath = path.join(this.stagingDir, `records-${++this.last}`);
    const parquetPath = path.join(this.stagingDir, `parquet-${this.last}`);
    const buffers = records.map((record) => Buffer.from(record));
    writeFileSync(recordsPath, Buffer.concat(buffers));
    const recordLengths = buffers.map(({ length }) => length);
    const request = { recordsPath, recordLengths, columns, deserializer, codec, parquetPath, nullsMisfits };
    const result = await this.engine.convert(request);
    return { ...result, parquetPath };
  }

  /** Puts rows, written as JSON, among the objects, in a folder such as `year=2026/hour=01`. */
  async object(
    columns: readonly EngineColumn[],
    rows: readonly object[],
    folder: string,
    partition: readonly string[],
  ): Promise<EngineFile> {
    const { parquetPath } = await this.convert(
      columns,
      rows.map((row) => JSON.stringify(row)),
    );
    const target = path.join(this.objectsDir, folder, `f${++this.last}`);
    mkdirSync(path.dirname(target), { recursive: true });
    renameSync(parquetPath, target);
    return { path: target, uri: `s3://bucket/t/${folder}/f${this.last}.parquet`, partition };
  }

  /** Runs a query on a table `db.t`, with the lines of its result. */
  async query(
    sql: string,
    options: { table?: EngineTable; parameters?: string[]; scanLimitBytes?: number; id?: string } = {},
  ): Promise<ExecuteResult & { readonly lines: readonly string[]; readonly text: string }> {
    const id = options.id ?? `query-${++this.last}`;
    const request = { sql, parameters: options.parameters ?? [], database: 'db' };
    const { tables } = await this.engine.prepare(request);
    const known = tables.flatMap(({ name }) =>
      options.table && name === options.table.name ? [options.table] : [],
    );
    const resultPath = path.join(this.stagingDir, `result-${++this.last}.csv`);
    const limit = options.scanLimitBytes === undefined ? {} : { scanLimitBytes: options.scanLimitBytes };
    const result = await this.engine.execute({ ...request, ...limit, id, tables: known, resultPath });
    const text = await readFile(resultPath, 'utf8');
    return { ...result, text, lines: text.trimEnd().split('\n').slice(1) };
  }
}

/** What an independent reader finds in a Parquet file. */
export async function readParquet(file: string, select = '*') {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const result = await connection.runAndReadAll(`SELECT ${select} FROM read_parquet('${file}')`);
  connection.closeSync();
  return { types: result.columnTypes().map(String), rows: result.getRowsJson() };
}
