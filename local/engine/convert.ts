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
import { guarded } from './sql-guard.js';
import { duckType, quoteName, quoteText } from './sql-type.js';

/**
 * Writes the rows of JSON records as Parquet, in the records' order. A record of which any part is wrong fails whole,
 * so that sending it again cannot double its other rows.
 */
export async function convert(database: DuckDBInstance, request: ConvertRequest): Promise<ConvertResult> {
  const linesPath = `${request.parquetPath}.rows`;
  const writeParquet = (longest: number) =>
    withConnection(database, (c) => c.run(guarded(copyStatement(request, linesPath, longest))));
  try {
    const all = { first: 0, next: request.recordLengths.length };
    const { rows, longest, failures } = await writeLines(request, linesPath, all);
    if (rows === 0) return { rows, failures };
    try {
      await writeParquet(longest);
      return { rows, failures };
    } catch (error) {
      if (!ofTheData(error)) throw error;
    }
    const trial = async (range: Range) => {
      const lines = await writeLines(request, linesPath, range);
      await writeParquet(lines.longest);
    };
    const culprits = await findCulprits(all, trial);
    const rest = await writeLines(request, linesPath, all, new Set(culprits.keys()));
    if (rest.rows > 0) await writeParquet(rest.longest);
    else await rm(request.parquetPath, { force: true });
    const refused = [...culprits].map(([record, message]) => malformed(record, message));
    const known = new Set(failures.map(({ record }) => record));
    const added = refused.filter(({ record }) => !known.has(record));
    return { rows: rest.rows, failures: [...failures, ...added].sort((a, b) => a.record - b.record) };
  } catch (error) {
    // What a full disk has cut short.
    await rm(request.parquetPath, { force: true });
    throw error;
  } finally {
    await rm(linesPath, { force: true });
  }
}

interface Range {
  readonly first: number;
  readonly next: number;
}

/** Trials after which a range of records that does not convert fails whole. */
const MAX_TRIALS = 400;

/** Whether DuckDB failed by what it read, and not by its surroundings: a full disk, too little memory, a lost file. */
function ofTheData(error: unknown): boolean {
  const text = error instanceof Error ? error.message : String(error);
  return /^(?:Conversion|Invalid Input|Out of Range|Mismatch Type|Constraint|Invalid type) Error/.test(text);
}

/**
 * The records that DuckDB does not take although their values seemed to fit, each with DuckDB's words, by trials of
 * ever smaller ranges.
 * @throws what a trial throws that is not of the data, and what one without any record throws.
 */
async function findCulprits(
  all: Range,
  trial: (range: Range) => Promise<void>,
): Promise<ReadonlyMap<number, string>> {
  const culprits = new Map<number, string>();
  await trial({ first: 0, next: 0 });
  const ranges = [all];
  for (let trials = 0, range = ranges.pop(); range; range = ranges.pop(), trials++) {
    const { first, next } = range;
    try {
      await trial(range);
    } catch (error) {
      if (!ofTheData(error)) throw error;
      const middle = Math.ceil((first + next) / 2);
      if (next - first > 1 && trials < MAX_TRIALS) {
        ranges.push({ first: middle, next }, { first, next: middle });
      } else {
        const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
        for (let record = first; record < next; record++) culprits.set(record, message);
      }
    }
  }
  return culprits;
}

/** Records are read, and rows written, in pieces of about this many bytes, so that memory stays flat. */
const PIECE = 1 << 20;

interface Lines {
  readonly rows: number;
  /** Bytes of the longest row. */
  readonly longest: number;
  readonly failures: ConvertFailure[];
}

/** Writes the rows of a range of records, but for some that are left out. */
async function writeLines(
  request: ConvertRequest,
  linesPath: string,
  range: Range,
  leftOut: ReadonlySet<number> = new Set(),
): Promise<Lines> {
  const lines = new LineBuffer();
  const writer = new RowWriter(request.columns, lines);
  const failures: ConvertFailure[] = [];
  let rows = 0;
  const source = await open(request.recordsPath);
  const target = await open(linesPath, 'w');
  try {
    for await (const piece of pieces(source, request.recordLengths, range)) {
      const valid = isUtf8(piece.bytes);
      let start = 0;
      for (let record = piece.first; record < piece.next; record++) {
        const end = start + (request.recordLengths[record] ?? 0);
        try {
          if (leftOut.has(record)) continue;
          if (!valid && !isUtf8(piece.bytes.subarray(start, end)))
            throw new JsonFault('The record is not UTF-8');
          const written = writer.write(piece.bytes, start, end);
          if (written === 0) throw new EmptyRecord();
          rows += written;
        } catch (error) {
          failures.push(failureOf(record, error));
        } finally {
          start = end;
        }
      }
      await target.appendFile(lines.take());
    }
  } finally {
    await source.close();
    await target.close();
  }
  return { rows, longest: writer.longest, failures };
}

class EmptyRecord extends Error {}

function failureOf(record: number, error: unknown): ConvertFailure {
  if (error instanceof EmptyRecord) {
    const message = 'The record was empty or contained only whitespace.';
    return { record, code: 'DataFormatConversion.MalformedData', message };
  }
  if (error instanceof MisfitFault) {
    return malformed(record, error.message);
  }
  if (error instanceof JsonFault) {
    const message = `Encountered malformed JSON. ${error.message}.`;
    return { record, code: 'DataFormatConversion.ParseError', message };
  }
  throw error;
}

function malformed(record: number, what: string): ConvertFailure {
  const message = `Data does not match the schema. ${what}.`;
  return { record, code: 'DataFormatConversion.MalformedData', message };
}

interface Piece {
  /** The piece holds the records from `first` to before `next`, whole. */
  readonly first: number;
  readonly next: number;
  readonly bytes: Buffer;
}

async function* pieces(source: FileHandle, lengths: readonly number[], range: Range): AsyncGenerator<Piece> {
  let buffer = Buffer.allocUnsafe(PIECE);
  let { first } = range;
  let position = lengths.slice(0, first).reduce((sum, length) => sum + length, 0);
  while (first < range.next) {
    let size = lengths[first] ?? 0;
    let next = first + 1;
    while (next < range.next && size + (lengths[next] ?? 0) <= PIECE) size += lengths[next++] ?? 0;
    if (buffer.length < size) buffer = Buffer.allocUnsafe(size);
    let filled = 0;
    while (filled < size) {
      const { bytesRead } = await source.read(buffer, filled, size - filled, position);
      if (bytesRead === 0)
        throw new EngineFault('The file of records is shorter than the lengths of its records');
      filled += bytesRead;
      position += bytesRead;
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
  const lineLimit = Math.max(longest + 64 * 1024, 2 << 20);
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
