import { isUtf8 } from 'node:buffer';
import { type FileHandle, open, rm } from 'node:fs/promises';
import type { DuckDBInstance } from '@duckdb/node-api';
import { withConnection } from './database.js';
import {
  type ConvertFailure,
  type ConvertRequest,
  type ConvertResult,
  type EngineColumn,
  EngineFault,
} from './engine.js';
import { parseHiveType } from './hive-type.js';
import { JsonFault } from './json/json-bytes.js';
import { CSV_OPTIONS, LineBuffer, unescaped } from './json/line-buffer.js';
import { nestedValue } from './json/nested-text.js';
import { MisfitFault, RowWriter } from './json/row-writer.js';
import { duckType, quoteName, quoteText } from './sql-type.js';

/**
 * Writes the rows of JSON records as Parquet, in the records' order. A record of which any part is wrong fails whole,
 * so that sending it again cannot double its other rows.
 */
export async function convert(database: DuckDBInstance, request: ConvertRequest): Promise<ConvertResult> {
  const linesPath = `${request.parquetPath}.rows`;
  try {
    const { rows, longest, failures } = await writeLines(request, linesPath);
    if (rows > 0) await withConnection(database, (c) => c.run(copyStatement(request, linesPath, longest)));
    return { rows, failures };
  } catch (error) {
    // What a full disk has cut short.
    await rm(request.parquetPath, { force: true });
    throw error;
  } finally {
    await rm(linesPath, { force: true });
  }
}

/** Records are read, and rows written, in pieces of about this many bytes, so that memory stays flat. */
const PIECE = 1 << 20;

interface Lines {
  readonly rows: number;
  /** Bytes of the longest piece that may hold a single row. */
  readonly longest: number;
  readonly failures: ConvertFailure[];
}

async function writeLines(request: ConvertRequest, linesPath: string): Promise<Lines> {
  const lines = new LineBuffer();
  const writer = new RowWriter(request.columns, lines);
  const failures: ConvertFailure[] = [];
  let rows = 0;
  let longest = 0;
  const source = await open(request.recordsPath);
  const target = await open(linesPath, 'w');
  try {
    for await (const piece of pieces(source, request.recordLengths)) {
      const valid = isUtf8(piece.bytes);
      let start = 0;
      for (let record = piece.first; record < piece.next; record++) {
        const end = start + (request.recordLengths[record] ?? 0);
        try {
          if (!valid && !isUtf8(piece.bytes.subarray(start, end)))
            throw new JsonFault('The record is not UTF-8');
          const written = writer.write(piece.bytes, start, end);
          if (written === 0) throw new EmptyRecord();
          rows += written;
          longest = Math.max(longest, end - start);
        } catch (error) {
          failures.push(failureOf(record, error));
        }
        start = end;
      }
      await target.appendFile(lines.take());
    }
  } finally {
    await source.close();
    await target.close();
  }
  return { rows, longest, failures };
}

class EmptyRecord extends Error {}

function failureOf(record: number, error: unknown): ConvertFailure {
  if (error instanceof EmptyRecord) {
    const message = 'The record was empty or contained only whitespace.';
    return { record, code: 'DataFormatConversion.MalformedData', message };
  }
  if (error instanceof MisfitFault) {
    const message = `Data does not match the schema. ${error.message}.`;
    return { record, code: 'DataFormatConversion.MalformedData', message };
  }
  if (error instanceof JsonFault) {
    const message = `Encountered malformed JSON. ${error.message}.`;
    return { record, code: 'DataFormatConversion.ParseError', message };
  }
  throw error;
}

interface Piece {
  /** The piece holds the records from `first` to before `next`, whole. */
  readonly first: number;
  readonly next: number;
  readonly bytes: Buffer;
}

async function* pieces(source: FileHandle, lengths: readonly number[]): AsyncGenerator<Piece> {
  let buffer = Buffer.allocUnsafe(PIECE);
  let first = 0;
  while (first < lengths.length) {
    let size = lengths[first] ?? 0;
    let next = first + 1;
    while (next < lengths.length && size + (lengths[next] ?? 0) <= PIECE) size += lengths[next++] ?? 0;
    if (buffer.length < size) buffer = Buffer.allocUnsafe(size);
    let filled = 0;
    while (filled < size) {
      const { bytesRead } = await source.read(buffer, filled, size - filled);
      if (bytesRead === 0)
        throw new EngineFault('The file of records is shorter than the lengths of its records');
      filled += bytesRead;
    }
    yield { first, next, bytes: buffer.subarray(0, size) };
    first = next;
  }
}

/**
 * Timestamps become Parquet's INT64 microseconds, which every reader, Athena among them, opens as a timestamp without
 * a shift; the INT96 that Firehose writes is deprecated, and DuckDB does not write it.
 */
function copyStatement(request: ConvertRequest, linesPath: string, longest: number): string {
  const fields = request.columns.map((column, i) => readField(column, `c${i}`));
  const types = ["'_': 'VARCHAR'", ...fields.map(({ field, read }) => `'${field}': '${read}'`)];
  // A row can be twice its record: control characters are escaped, and whitespace is not what it consists of.
  const lineLimit = Math.max(2 * longest + 64 * 1024, 2 << 20);
  return `COPY (SELECT ${fields.map(({ value }, i) => `${value} AS ${quoteName(request.columns[i]?.name.toLowerCase() ?? '')}`).join(', ')}
    FROM read_csv(${quoteText(linesPath)}, columns={${types.join(', ')}}, max_line_size=${lineLimit}, ${CSV_OPTIONS}))
    TO ${quoteText(request.parquetPath)} (FORMAT parquet, COMPRESSION ${request.codec})`;
}

function readField(column: EngineColumn, field: string): { field: string; read: string; value: string } {
  const type = parseHiveType(column.type);
  if (type.name === 'varchar') return { field, read: 'VARCHAR', value: unescaped(field) };
  if (type.name === 'array' || type.name === 'map' || type.name === 'row') {
    return { field, read: 'VARCHAR', value: nestedValue(field, type) };
  }
  return { field, read: duckType(type), value: field };
}
