import { rm } from 'node:fs/promises';
import type { ConvertRequest, Misfit } from './conversion.js';
import { LINES_THREADS, writeLinesInThread } from './lines-threads.js';
import { type Lines, type Part, writeLines } from './write-lines.js';

/** Some of a request's records: from `first` to before `next`. */
export interface Range {
  readonly first: number;
  readonly next: number;
}

/** Bytes of records for which another thread is worth its while. */
const THREAD_BYTES = 4 * 1024 * 1024;

/** The rows of a request's records, in files that DuckDB reads one after another. */
export class LinesFiles {
  /** The files that were last written, in the order of their rows. */
  paths: readonly string[] = [];
  private readonly made = new Set<string>();

  constructor(private readonly request: ConvertRequest) {}

  /**
   * Writes the rows of a range of records, but for some records that are left out, and some of their columns that become
   * nulls; many records in several threads.
   */
  async write(
    range: Range,
    { leftOut = new Set(), nulled = new Map() }: Partial<Pick<Part, 'leftOut' | 'nulled'>> = {},
  ): Promise<Lines> {
    const parts = this.partsOf(range, { leftOut, nulled });
    const paths = parts.map((_, i) => `${this.request.parquetPath}.rows-${i}`);
    for (const path of paths) this.made.add(path);
    this.paths = paths;
    const lines = await allSettled(
      parts.map((part, i) =>
        parts.length > 1 ? writeLinesInThread(i, part, paths[i] ?? '') : writeLines(part, paths[i] ?? ''),
      ),
    );
    return {
      rows: lines.reduce((sum, { rows }) => sum + rows, 0),
      longest: Math.max(...lines.map(({ longest }) => longest)),
      hasEscapes: lines.some(({ hasEscapes }) => hasEscapes),
      failures: lines.flatMap(({ failures }) => failures),
      misfits: firstOfEach(lines.flatMap(({ misfits }) => misfits)),
    };
  }

  async remove(): Promise<void> {
    await Promise.all([...this.made].map((path) => rm(path, { force: true })));
  }

  /** The records of a range, in about equal parts. */
  private partsOf({ first, next }: Range, without: Pick<Part, 'leftOut' | 'nulled'>): Part[] {
    const { recordLengths, ...request } = this.request;
    const sum = (lengths: readonly number[]) => lengths.reduce((total, length) => total + length, 0);
    const bytes = sum(recordLengths.slice(first, next));
    const most = bytes / Math.min(LINES_THREADS, Math.max(1, Math.floor(bytes / THREAD_BYTES)));
    const parts: Part[] = [];
    let position = sum(recordLengths.slice(0, first));
    for (let at = first; at < next || parts.length === 0; ) {
      const lengths: number[] = [];
      let size = 0;
      while (at + lengths.length < next && (size === 0 || size < most)) {
        const length = recordLengths[at + lengths.length] ?? 0;
        lengths.push(length);
        size += length;
      }
      parts.push({ ...request, ...without, first: at, position, recordLengths: lengths });
      at += lengths.length;
      position += size;
    }
    return parts;
  }
}

/** The first misfit of each column. */
export function firstOfEach(misfits: readonly Misfit[]): Misfit[] {
  const firsts = new Map<string, Misfit>();
  for (const misfit of misfits) {
    const first = firsts.get(misfit.column);
    if (!first || misfit.record < first.record) firsts.set(misfit.column, misfit);
  }
  return [...firsts.values()];
}

/** Waits for all, whatever becomes of one: a file must not be removed while it is still written. */
async function allSettled<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
