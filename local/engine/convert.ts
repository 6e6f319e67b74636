import { rm } from 'node:fs/promises';
import type { DuckDBInstance } from '@duckdb/node-api';
import type { ConvertRequest, ConvertResult, Misfit } from './conversion.js';
import { withConnection } from './database.js';
import type { EngineColumn } from './engine.js';
import { parseHiveType } from './hive-type.js';
import { interruptible } from './interruptible.js';
import { CSV_OPTIONS, unescaped } from './json/line-buffer.js';
import { nestedValue } from './json/nested-text.js';
import { firstOfEach, LinesFiles, type Range } from './lines-files.js';
import { guarded } from './sql-guard.js';
import { duckType, quoteName, quoteText } from './sql-type.js';
import { type Lines, malformed, misfit } from './write-lines.js';

/**
 * Writes the rows of JSON records as Parquet, in the records' order. A record of which any part is wrong fails whole,
 * so that sending it again cannot double its other rows; unless what does not fit is to become nulls.
 * @throws the signal's reason where it is aborted.
 */
export async function convert(
  database: DuckDBInstance,
  request: ConvertRequest,
  signal: AbortSignal = new AbortController().signal,
): Promise<ConvertResult> {
  const files = new LinesFiles(request);
  const writeParquet = (lines: Lines, columns = request.columns) =>
    withConnection(database, (c) => {
      const copy = guarded(copyStatement(request, columns, files.paths, lines));
      return interruptible(
        signal,
        () => c.interrupt(),
        () => c.run(copy),
      );
    });
  try {
    const all = { first: 0, next: request.recordLengths.length };
    const lines = await files.write(all);
    const { rows, failures, misfits } = lines;
    if (rows === 0 && !request.nullsMisfits) return { rows, failures, misfits };
    const error = await errorOf(writeParquet(lines));
    if (error === undefined) return { rows, failures, misfits };
    const trialOf = (columns?: readonly EngineColumn[]) => async (range: Range) =>
      writeParquet(await files.write(range), columns);
    if (request.nullsMisfits) {
      const nulled = new Map<number, Set<number>>();
      const refused: Misfit[] = [];
      for (const [i, column] of request.columns.entries()) {
        const trial = trialOf([column]);
        for (const [record, message] of await findCulprits(all, await errorOf(trial(all)), trial)) {
          nulled.set(record, (nulled.get(record) ?? new Set()).add(i));
          refused.push(misfit(record, column.name.toLowerCase(), message));
        }
      }
      await writeParquet(await files.write(all, { nulled }));
      return { rows, failures, misfits: firstOfEach([...misfits, ...refused]) };
    }
    const culprits = await findCulprits(all, error, trialOf());
    const rest = await files.write(all, { leftOut: new Set(culprits.keys()) });
    if (rest.rows > 0) await writeParquet(rest);
    else await rm(request.parquetPath, { force: true });
    const refused = [...culprits].map(([record, message]) => malformed(record, message));
    const known = new Set(failures.map(({ record }) => record));
    const added = refused.filter(({ record }) => !known.has(record));
    return {
      rows: rest.rows,
      failures: [...failures, ...added].sort((a, b) => a.record - b.record),
      misfits,
    };
  } catch (error) {
    // What a full disk has cut short.
    await rm(request.parquetPath, { force: true });
    throw error;
  } finally {
    await files.remove();
  }
}

const errorOf = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => undefined,
    (error: unknown) => error,
  );

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
 * @param error what DuckDB said of all of them; undefined where it took them.
 * @throws what a trial throws that is not of the data, and what one without any record throws.
 */
async function findCulprits(
  all: Range,
  error: unknown,
  trial: (range: Range) => Promise<unknown>,
): Promise<ReadonlyMap<number, string>> {
  const culprits = new Map<number, string>();
  if (error === undefined) return culprits;
  const ranges: Range[] = [];
  let trials = 0;
  const failed = ({ first, next }: Range, reason: unknown) => {
    if (!ofTheData(reason)) throw reason;
    const middle = Math.ceil((first + next) / 2);
    if (next - first > 1 && trials < MAX_TRIALS) {
      ranges.push({ first: middle, next }, { first, next: middle });
    } else {
      const message = reason instanceof Error ? (reason.message.split('\n')[0] ?? '') : String(reason);
      for (let record = first; record < next; record++) culprits.set(record, message);
    }
  };
  failed(all, error);
  await trial({ first: 0, next: 0 });
  for (let range = ranges.pop(); range; range = ranges.pop(), trials++) {
    try {
      await trial(range);
    } catch (reason) {
      failed(range, reason);
    }
  }
  return culprits;
}

/**
 * Timestamps become Parquet's INT64 microseconds, which every reader, Athena among them, opens as a timestamp without
 * a shift; the INT96 that Firehose writes is deprecated, and DuckDB does not write it.
 */
function copyStatement(
  request: ConvertRequest,
  columns: readonly EngineColumn[],
  linesPaths: readonly string[],
  lines: Lines,
): string {
  const fields = request.columns.map((column, i) => ({
    ...readField(column, `c${i}`, lines.hasEscapes),
    column,
  }));
  // What is not to be written is not to fail either.
  const typed = fields.map(({ field, read, column }) => [field, columns.includes(column) ? read : 'VARCHAR']);
  const types = ["'_': 'VARCHAR'", ...typed.map(([field, type]) => `'${field}': '${type}'`)];
  const values = fields
    .filter(({ column }) => columns.includes(column))
    .map(({ value, column }) => `${value} AS ${quoteName(column.name.toLowerCase())}`);
  const lineLimit = Math.max(lines.longest + 64 * 1024, 2 << 20);
  // With its default of 16 longest lines, DuckDB takes more memory and no less time.
  const limits = `max_line_size=${lineLimit}, buffer_size=${Math.max(lineLimit, 8 << 20)}`;
  return `COPY (SELECT ${values.join(', ')}
    FROM read_csv([${linesPaths.map(quoteText).join(', ')}], columns={${types.join(', ')}}, ${limits}, ${CSV_OPTIONS}))
    TO ${quoteText(request.parquetPath)} (FORMAT parquet, COMPRESSION ${request.codec})`;
}

function readField(
  column: EngineColumn,
  field: string,
  hasEscapes: boolean,
): { field: string; read: string; value: string } {
  const type = parseHiveType(column.type);
  if (type.name === 'varchar')
    return { field, read: 'VARCHAR', value: hasEscapes ? unescaped(field) : field };
  if (type.name === 'array' || type.name === 'map' || type.name === 'row') {
    return { field, read: 'VARCHAR', value: nestedValue(field, type) };
  }
  return { field, read: duckType(type), value: field };
}
