import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { diskFull, isDiskFull } from '../disk-full.js';
import { Turns } from '../turns.js';
import type { TextFault } from './text-fault.js';

/** Bytes of copies beyond which those that were used the longest ago are dropped. */
const MOST_BYTES = 2 * 1024 ** 3;
/** Copies that are made at once: all of them take the time of this process's one thread. */
const MADE_AT_ONCE = 4;

/** What is copied, and how. */
export interface CopyOrder {
  readonly sourcePath: string;
  /** Another for whatever else the copy depends on. */
  readonly copyPath: string;
  /** Writes a copy to a path; tells what is wrong with what it copies. */
  readonly make: (path: string, signal: AbortSignal) => Promise<readonly TextFault[]>;
}

/** What a statement gets copies by. */
export interface HeldCopies {
  /** Has a copy at its path, which is made if there is none; tells what was said when it was. */
  get(order: CopyOrder): Promise<readonly TextFault[]>;
}

interface Copy {
  readonly sourcePath: string;
  readonly copyPath: string;
  readonly stop: AbortController;
  readonly made: Promise<readonly TextFault[]>;
  /** Those who want it; it is not dropped while there is one. */
  holders: number;
  /** Undefined until it is made. */
  bytes: number | undefined;
}

/**
 * Files that were made of others, kept for the next who want them while what they were made of is there, and as many as
 * there is room for.
 */
export class TextCopies {
  /** By their paths, in the order of their last use. */
  private readonly copies = new Map<string, Copy>();
  private readonly turns = new Turns(MADE_AT_ONCE);
  private lastId = 0;

  constructor(private readonly mostBytes = MOST_BYTES) {}

  /** Gives `use` a way to get copies, which stay until it has ended. */
  async holding<T>(signal: AbortSignal, use: (held: HeldCopies) => Promise<T>): Promise<T> {
    const held = new Set<Copy>();
    let leave = () => {};
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal.reason);
    });
    left.catch(() => {});
    signal.addEventListener('abort', leave);
    const get = async (order: CopyOrder) => {
      signal.throwIfAborted();
      const copy = this.copies.get(order.copyPath) ?? this.start(order);
      if (!held.has(copy)) copy.holders++;
      held.add(copy);
      this.copies.delete(copy.copyPath);
      this.copies.set(copy.copyPath, copy);
      // It may go on for others.
      return Promise.race([copy.made, left]);
    };
    try {
      return await use({ get });
    } finally {
      signal.removeEventListener('abort', leave);
      this.release(held);
    }
  }

  private start({ sourcePath, copyPath, make }: CopyOrder): Copy {
    const stop = new AbortController();
    // One that was given up may still be at its own.
    const newPath = `${copyPath}-${++this.lastId}`;
    const attempt = async () => {
      await mkdir(path.dirname(copyPath), { recursive: true });
      return make(newPath, stop.signal);
    };
    const made = this.turns.take(stop.signal, async () => {
      const faults = await attempt()
        .catch((error: unknown) => {
          if (!isDiskFull(error) || !this.dropUnused()) throw error;
          return attempt();
        })
        .catch((error: unknown) => {
          throw isDiskFull(error) ? diskFull() : error;
        });
      stop.signal.throwIfAborted();
      renameSync(newPath, copyPath);
      copy.bytes = statSync(copyPath).size;
      return faults;
    });
    const copy: Copy = { sourcePath, copyPath, stop, made, holders: 0, bytes: undefined };
    made.catch(() => {
      rmSync(newPath, { force: true });
      // Whoever wants it next tries again.
      if (this.copies.get(copyPath) === copy) this.copies.delete(copyPath);
    });
    return copy;
  }

  private release(held: ReadonlySet<Copy>): void {
    for (const copy of held) {
      copy.holders--;
      if (copy.holders > 0 || copy.bytes !== undefined) continue;
      // Nobody waits for it any more.
      copy.stop.abort();
      if (this.copies.get(copy.copyPath) === copy) this.copies.delete(copy.copyPath);
    }
    let bytes = 0;
    for (const copy of this.copies.values()) bytes += copy.bytes ?? 0;
    for (const copy of this.copies.values()) {
      if (copy.holders > 0 || (bytes <= this.mostBytes && existsSync(copy.sourcePath))) continue;
      bytes -= copy.bytes ?? 0;
      this.drop(copy);
    }
  }

  /** Makes room on a disk that is full; tells whether there was anything to drop. */
  private dropUnused(): boolean {
    const unused = [...this.copies.values()].filter(({ holders, bytes = 0 }) => holders === 0 && bytes > 0);
    for (const copy of unused) this.drop(copy);
    return unused.length > 0;
  }

  private drop({ copyPath }: Copy): void {
    this.copies.delete(copyPath);
    rmSync(copyPath, { force: true });
  }
}
