import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type EngineColumn, type EngineFile, QueryFault } from '../engine.js';
import { rowReader } from './delimited-row.js';
import type { TextFault } from './text-fault.js';
import type { TextFormat } from './text-format.js';

/** Records as JSON, in a file one after another. */
export interface Records {
  /** Bytes of each. */
  readonly lengths: readonly number[];
  /** Of each column the first value that is no such value, and became a null. */
  readonly faults: readonly TextFault[];
}

/** Endings of objects' names that stand for a compression that is not read here. */
const OTHER_CODECS = /\.(bz2|snappy|zst|zstd|lz4|lzo|deflate)$/i;

export interface RecordsOptions {
  readonly format: TextFormat;
  readonly columns: readonly EngineColumn[];
  readonly recordsPath: string;
  readonly signal: AbortSignal;
  /** Lines that become an object without members. @default - none */
  readonly emptied?: ReadonlySet<number>;
}

/**
 * Writes the lines of a text file as JSON objects.
 * @throws QueryFault for a file that cannot be read.
 */
export async function writeRecords(
  { path, uri, size = 0 }: EngineFile,
  { format, columns, recordsPath, signal, emptied = new Set() }: RecordsOptions,
): Promise<Records> {
  const [, codec] = OTHER_CODECS.exec(uri) ?? [];
  if (codec !== undefined) {
    throw new QueryFault('NOT_SUPPORTED', `Local AWS does not read text compressed as ${codec}: ${uri}`);
  }
  const lengths: number[] = [];
  const faults = new Map<string, TextFault>();
  const note = (column: string, fault: QueryFault) => {
    if (!faults.has(column)) faults.set(column, { record: lengths.length, column, fault });
  };
  const toRecord = format.kind === 'json' ? (line: string) => line : rowReader(format, columns, note);
  async function* records(source: AsyncIterable<Buffer>) {
    let line = 0;
    let piece: string[] = [];
    for await (const text of linesOf(source, uri)) {
      if (line++ < format.skipLines) continue;
      const record = emptied.has(lengths.length) ? '{}' : toRecord(text);
      lengths.push(Buffer.byteLength(record));
      piece.push(record);
      if (piece.length < LINES_AT_ONCE) continue;
      yield piece.join('');
      piece = [];
    }
    yield piece.join('');
  }
  const file = createReadStream(path);
  let unreadable: Error | undefined;
  file.once('error', (error) => {
    unreadable = error;
  });
  const target = createWriteStream(recordsPath);
  try {
    if (/\.gz$/i.test(uri)) await pipeline(file, createGunzip(), records, target, { signal });
    else await pipeline(file, records, target, { signal });
  } catch (error) {
    if (unreadable && !signal.aborted) {
      const why = 'code' in unreadable ? String(unreadable.code) : unreadable.message;
      throw new QueryFault(
        'HIVE_CANNOT_OPEN_SPLIT',
        `Error opening Hive split ${uri} (offset=0, length=${size}): it cannot be read (${why})`,
      );
    }
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))) throw error;
    throw new QueryFault('HIVE_CURSOR_ERROR', `Failed to read file at ${uri}: ${error.message}`);
  }
  return { lengths, faults: [...faults.values()] };
}

const LINES_AT_ONCE = 1_000;

/** The lines without what ends them; nothing behind the last newline is none. */
async function* linesOf(source: AsyncIterable<Buffer>, uri: string): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const line = chunk.subarray(start, end);
      yield lineText(rest.length === 0 ? line : Buffer.concat([...rest, line]));
      rest = [];
      length = 0;
      start = end + 1;
    }
    if (start === chunk.length) continue;
    rest.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > LONGEST_LINE) throw new QueryFault('HIVE_BAD_DATA', `Line too long in text file: ${uri}`);
  }
  if (rest.length > 0) yield lineText(Buffer.concat(rest));
}

/** Bytes, by default of Trino's `hive.text.max-line-length`. */
const LONGEST_LINE = 100_000_000;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

const lineText = (bytes: Buffer) =>
  bytes.toString('utf8', 0, bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length);
