import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DuplicateColumnError } from '../error/duplicate-column-error.js';
import type { ResultColumn } from '../result/query-result.js';
import type { Cell } from '../value/value.js';
import type { CellRows } from './format.js';

/**
 * Writes a result as a Parquet file, its columns of Athena's types; what Parquet has no type for, or Athena's text says
 * too little of (arrays, maps, rows, times with a zone), is text. The rows go through a temporary file, so that memory
 * stays flat.
 *
 * @throws DuplicateColumnError where two columns have one name.
 */
export async function writeParquet(
  file: string,
  columns: readonly ResultColumn[],
  rows: CellRows,
): Promise<void> {
  const names = columns.map(({ name }) => name);
  const twice = names.find(
    (name, index) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) !== index,
  );
  if (twice !== undefined) throw new DuplicateColumnError(twice);
  const folder = await mkdtemp(path.join(tmpdir(), 'query-'));
  try {
    const csv = path.join(folder, 'rows.csv');
    const longest = { bytes: 0 };
    await pipeline(Readable.from(lines(rows, longest)), createWriteStream(csv));
    await convert(csv, file, columns, longest.bytes);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function convert(
  csv: string,
  file: string,
  columns: readonly ResultColumn[],
  longestLine: number,
): Promise<void> {
  // Loaded here: it is large, and few results are written so.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const read = columns.map((_, index) => `'c${index}': 'VARCHAR'`).join(', ');
    const items = columns.map(
      (column, index) => `${ofType(`c${index}`, column)} AS ${quoteName(column.name)}`,
    );
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(
      `COPY (SELECT ${items.join(', ')} FROM read_csv(${quoteText(csv)}, columns = {${read}}, header = false, ` +
        `delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, auto_detect = false, ` +
        `max_line_size = ${Math.max(LINE_ROOM, longestLine + 1)}, new_line = '\\n')) ` +
        `TO ${quoteText(file)} (FORMAT parquet)`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Bytes that DuckDB has for a line by default; for a longer one it needs several times as much memory. */
const LINE_ROOM = 2_097_152;

/** As Athena itself writes it: every value in quotes, NULL an empty field; many rows to a piece. */
async function* lines(rows: CellRows, longest: { bytes: number }): AsyncGenerator<string> {
  let waiting = '';
  for await (const cells of rows) {
    const line = `${cells.map(field).join(',')}\n`;
    // A character is at most three bytes for each of its units.
    longest.bytes = Math.max(longest.bytes, 3 * line.length);
    waiting += line;
    if (waiting.length > 65_536) {
      yield waiting;
      waiting = '';
    }
  }
  if (waiting !== '') yield waiting;
}

const field = (cell: Cell) => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`);

function ofType(column: string, { type, precision = 38, scale = 0 }: ResultColumn): string {
  switch (type) {
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'double':
    case 'date':
    case 'timestamp':
      return `CAST(${column} AS ${type.toUpperCase()})`;
    case 'int':
      return `CAST(${column} AS INTEGER)`;
    case 'float':
    case 'real':
      return `CAST(${column} AS FLOAT)`;
    case 'decimal':
      return `CAST(${column} AS DECIMAL(${Math.max(1, precision)}, ${scale}))`;
    case 'varbinary':
      return `from_hex(replace(${column}, ' ', ''))`;
    default:
      return column;
  }
}

const quoteName = (name: string) => `"${name.replaceAll('"', '""')}"`;
const quoteText = (text: string) => `'${text.replaceAll("'", "''")}'`;
