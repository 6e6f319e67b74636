import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import type { ConvertFailure, ConvertRequest, Misfit } from './conversion.js';
import { EngineFault } from './engine.js';
import { JsonFault } from './json/json-bytes.js';
import { LineBuffer } from './json/line-buffer.js';
import { RowWriter } from './json/row-writer.js';

/** Some of a request's records, one after another. */
export interface Part
  extends Pick<ConvertRequest, 'recordsPath' | 'columns' | 'deserializer' | 'nullsMisfits'> {
  /** Position of the part's first record among all, and of its first byte in the file. */
  readonly first: number;
  readonly position: number;
  readonly recordLengths: readonly number[];
  /** Records of which no rows are written, by their positions among all. */
  readonly leftOut: ReadonlySet<number>;
  /** Columns that become nulls in some records, by their positions. */
  readonly nulled: ReadonlyMap<number, ReadonlySet<number>>;
}

/** What became of a part. */
export interface Lines {
  readonly rows: number;
  /** Bytes of the longest row. */
  readonly longest: number;
  /** Whether there is anything in the rows that has to be unescaped. */
  readonly hasEscapes: boolean;
  readonly failures: ConvertFailure[];
  readonly misfits: Misfit[];
}

/**
 * Writes the rows of a part of a request to a file for DuckDB (json/line-buffer.ts). Reading and writing go on while
 * rows are made.
 */
export async function writeLines(part: Part, linesPath: string): Promise<Lines> {
  const lines = new LineBuffer();
  const misfits = new Map<string, Misfit>();
  /** Of the record in hand, which may turn out to be no JSON. */
  const found = new Map<string, string>();
  const writer = new RowWriter(part.columns, part.deserializer, lines, (column, say) => {
    if (!part.nullsMisfits) throw new MisfitFault(say());
    if (!misfits.has(column) && !found.has(column)) found.set(column, say());
  });
  const failures: ConvertFailure[] = [];
  let rows = 0;
  let writing = Promise.resolve();
  const source = await open(part.recordsPath);
  const target = await open(linesPath, 'w');
  try {
    for await (const piece of pieces(source, part)) {
      const valid = isUtf8(piece.bytes);
      let start = 0;
      for (let i = piece.from; i < piece.to; i++) {
        const record = part.first + i;
        const end = start + (part.recordLengths[i] ?? 0);
        try {
          if (part.leftOut.has(record)) continue;
          if (!valid && !isUtf8(piece.bytes.subarray(start, end)))
            throw new JsonFault('The record is not UTF-8');
          const written = writer.write(piece.bytes, start, end, part.nulled.get(record));
          if (written === 0) throw new EmptyRecord();
          rows += written;
          for (const [column, what] of found) misfits.set(column, misfit(record, column, what));
        } catch (error) {
          failures.push(failureOf(record, error));
        } finally {
          start = end;
          if (found.size > 0) found.clear();
        }
      }
      await writing;
      writing = target.appendFile(lines.take());
      // Its failure is told by the next wait for it.
      writing.catch(() => undefined);
    }
    await writing;
  } finally {
    await source.close();
    await target.close();
  }
  return {
    rows,
    longest: writer.longest,
    hasEscapes: lines.hasEscapes,
    failures,
    misfits: [...misfits.values()],
  };
}

export const misfit = (record: number, column: string, what: string): Misfit => ({
  record,
  column,
  message: mismatch(what),
});

/** What Firehose says of a record that does not fit its table. */
export function malformed(record: number, what: string): ConvertFailure {
  return { record, code: 'DataFormatConversion.MalformedData', message: mismatch(what) };
}

const mismatch = (what: string) => `Data does not match the schema. ${what}.`;

class EmptyRecord extends Error {}

/** A value that its column cannot hold. */
class MisfitFault extends Error {}

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

/** Records are read, and rows written, in pieces of about this many bytes, so that memory stays flat. */
const PIECE = 1 << 20;

/** Records as they lie in the file, whole: of the part's records those with the places `from` to before `to`. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly bytes: Buffer;
}

/** The records piece by piece, each valid until the next but one is asked for: one is read ahead. */
async function* pieces(source: FileHandle, part: Part): AsyncGenerator<Piece> {
  const { recordLengths: lengths } = part;
  let [buffer, spare] = [Buffer.allocUnsafe(PIECE), Buffer.allocUnsafe(PIECE)];
  let { position } = part;
  const read = async (from: number): Promise<Piece | undefined> => {
    if (from >= lengths.length) return undefined;
    let size = lengths[from] ?? 0;
    let to = from + 1;
    while (to < lengths.length && size + (lengths[to] ?? 0) <= PIECE) size += lengths[to++] ?? 0;
    [buffer, spare] = [spare.length < size ? Buffer.allocUnsafe(size) : spare, buffer];
    const bytes = buffer.subarray(0, size);
    for (let filled = 0; filled < size; ) {
      const { bytesRead } = await source.read(bytes, filled, size - filled, position);
      if (bytesRead === 0)
        throw new EngineFault('The file of records is shorter than the lengths of its records');
      filled += bytesRead;
      position += bytesRead;
    }
    return { from, to, bytes };
  };
  let ahead = read(0);
  for (let piece = await ahead; piece; piece = await ahead) {
    ahead = read(piece.to);
    // Whoever asks for it is told.
    ahead.catch(() => undefined);
    yield piece;
  }
}
