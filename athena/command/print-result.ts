import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Output } from '../../cli/output.js';
import type { CellRows } from '../format/format.js';
import { FORMATS, type FormatName } from '../format/formats.js';
import { writeParquet } from '../format/parquet-file.js';
import type { QueryResult } from '../result/query-result.js';
import type { OutputFile } from './output-file.js';

/** How and where rows are printed. */
export interface Printing {
  readonly format: FormatName | 'parquet';
  /** A file instead of stdout. */
  readonly file?: OutputFile | undefined;
  /** How many rows at the most. @default - what a person reads on a terminal, and all of them elsewhere */
  readonly maxRows?: number | undefined;
}

/** Rows that a person is shown on a terminal. */
const ROWS_FOR_PEOPLE = 1_000;

/** Prints a result. @returns whether rows were left out. */
export async function printResult(
  result: QueryResult<object>,
  output: Output,
  { format, file, maxRows = Number.POSITIVE_INFINITY }: Printing,
): Promise<boolean> {
  let isCut = false;
  const rows = limited(result.cells(), maxRows, () => {
    isCut = true;
  });
  if (file) {
    await file.write(async (place) => {
      if (format === 'parquet') return writeParquet(place, result.columns, rows);
      const text = FORMATS[format](result.columns, rows, { terminal: false, color: false });
      await pipeline(Readable.from(text), createWriteStream(place));
    });
    return isCut;
  }
  if (format === 'parquet') throw new Error('Parquet goes to a file.');
  const terminal = output.isTerminal;
  const width = terminal ? process.stdout.columns : undefined;
  const options = { terminal, color: terminal && !process.env.NO_COLOR, width };
  for await (const piece of FORMATS[format](result.columns, rows, options)) {
    await output.write(piece);
    if (output.readerLeft.aborted) break;
  }
  await output.flush();
  return isCut;
}

/** How many rows are printed where nobody says: what a format for people has on a terminal. */
export function defaultMaxRows(format: Printing['format'], isTerminal: boolean): number {
  const isForPeople = format === 'table' || format === 'vertical' || format === 'markdown';
  return isTerminal && isForPeople ? ROWS_FOR_PEOPLE : Number.POSITIVE_INFINITY;
}

async function* limited(rows: CellRows, most: number, onCut: () => void): CellRows & AsyncGenerator {
  let count = 0;
  for await (const row of rows) {
    if (count++ >= most) {
      onCut();
      return;
    }
    yield row;
  }
}
