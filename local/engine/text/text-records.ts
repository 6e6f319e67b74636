import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type EngineColumn, type EngineFile, QueryFault } from '../engine.js';
import { rowReader } from './delimited-row.js';
import type { TextFormat } from './text-format.js';

/** Records as JSON, in a file one after another. */
export interface Records {
  /** Bytes of each. */
  readonly lengths: readonly number[];
}

/** Endings of objects' names that stand for a compression that is not read here. */
const OTHER_CODECS = /\.(bz2|snappy|zst|zstd|lz4|lzo|deflate)$/i;

/**
 * Writes the lines of a text file as JSON objects.
 * @param emptied lines that become an object without members.
 * @throws QueryFault for a file that cannot be read.
 */
export async function writeRecords(
  { path, uri }: EngineFile,
  format: TextFormat,
  columns: readonly EngineColumn[],
  recordsPath: string,
  emptied: ReadonlySet<number> = new Set(),
): Promise<Records> {
  const [, codec] = OTHER_CODECS.exec(uri) ?? [];
  if (codec !== undefined) {
    throw new QueryFault('NOT_SUPPORTED', `Local AWS does not read text compressed as ${codec}: ${uri}`);
  }
  const lengths: number[] = [];
  const toRecord = format.kind === 'json' ? (line: string) => line : rowReader(format, columns);
  async function* records(source: AsyncIterable<Buffer>) {
    let line = 0;
    let piece: string[] = [];
    for await (const text of linesOf(source)) {
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
  try {
    const file = createReadStream(path);
    const bytes = /\.gz$/i.test(uri) ? file.pipe(createGunzip()) : file;
    file.on('error', (error) => bytes.destroy(error));
    await pipeline(Readable.from(records(bytes)), createWriteStream(recordsPath));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))) throw error;
    throw new QueryFault('HIVE_CURSOR_ERROR', `Failed to read file at ${uri}: ${error.message}`);
  }
  return { lengths };
}

const LINES_AT_ONCE = 1_000;

/** The lines without what ends them; nothing behind the last newline is none. */
async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = data.indexOf(NEWLINE); end !== -1; end = data.indexOf(NEWLINE, start)) {
      yield lineText(data.subarray(start, end));
      start = end + 1;
    }
    rest = data.subarray(start);
  }
  if (rest.length > 0) yield lineText(rest);
}

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

const lineText = (bytes: Buffer) =>
  bytes.toString('utf8', 0, bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length);
