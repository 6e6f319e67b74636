import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { processStart } from '../../cli/process-start.js';
import { SpillError, spilling } from './spill-error.js';

/** What is known of the events in a run's folder. */
export interface SpillRun {
  /** The dataset's name. */
  readonly dataset: string;
  /** The column that the partition key is in. */
  readonly partitionKey: string;
  readonly streamName: string;
}

const SPILL_RUN = z.object({ dataset: z.string(), partitionKey: z.string(), streamName: z.string() });

/**
 * The folder of one run of a producer, in the folder that `--spill-dir` names. Its name says when the run began and
 * which process works on it; taking it over is renaming it, which only one can do.
 */
export class RunFolder {
  private constructor(
    public path: string,
    readonly run: SpillRun,
  ) {}

  /** Begins a run. @throws SpillError */
  static create(spillDir: string, run: SpillRun, now: Date): RunFolder {
    return spilling(spillDir, 'making it', () => {
      mkdirSync(spillDir, { recursive: true });
      const began = now.toISOString().replace(/[^0-9]/g, '');
      for (let attempt = 0; ; attempt++) {
        const folder = path.join(spillDir, `run-${began}${attempt || ''}_${self()}`);
        try {
          mkdirSync(folder);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
          throw error;
        }
        writeFileSync(path.join(folder, RUN_FILE), `${JSON.stringify(run)}\n`);
        return new RunFolder(folder, run);
      }
    });
  }

  /**
   * Takes over the runs that nobody works on, the oldest first.
   * @throws SpillError where the folder cannot be read.
   */
  static claimAll(spillDir: string): { readonly claimed: readonly RunFolder[]; readonly busy: number } {
    const names = spilling(spillDir, 'reading it', () => readdirSync(spillDir).sort());
    const runs = names.flatMap((name) => {
      const match = /^(run-\d+)_(.*)$/.exec(name);
      return match ? [{ name, began: match[1] ?? '', owner: match[2] ?? '' }] : [];
    });
    const free = runs.filter(({ owner }) => !isAlive(owner));
    // Where a process died while it made the folder, there is nothing in it yet.
    const begun = free.filter(({ name }) => existsSync(path.join(spillDir, name, RUN_FILE)));
    const claimed = begun.flatMap(({ name, began }) => {
      const folder = path.join(spillDir, `${began}_${self()}`);
      try {
        renameSync(path.join(spillDir, name), folder);
      } catch (error) {
        // Another was faster, or two runs began in the same moment: it will be this one's turn next time.
        if (['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? ''))
          return [];
        throw new SpillError(spillDir, `taking over ${name} failed`, error);
      }
      return [new RunFolder(folder, readRun(folder))];
    });
    return { claimed, busy: runs.length - free.length };
  }

  file(name: string): string {
    return path.join(this.path, name);
  }

  /** Whoever comes may have it. */
  release(): void {
    const free = this.path.replace(/_[^_]*$/, '_free');
    if (free === this.path) return;
    spilling(this.path, 'giving it back', () => renameSync(this.path, free));
    this.path = free;
  }

  remove(): void {
    spilling(this.path, 'removing it', () => rmSync(this.path, { recursive: true, force: true }));
  }
}

const RUN_FILE = 'run.json';

function readRun(folder: string): SpillRun {
  const text = spilling(folder, `reading ${RUN_FILE}`, () =>
    readFileSync(path.join(folder, RUN_FILE), 'utf8'),
  );
  try {
    return SPILL_RUN.parse(JSON.parse(text));
  } catch (error) {
    throw new SpillError(folder, `${RUN_FILE} is not what a producer wrote`, error);
  }
}

/** This process, as folders name it. */
function self(): string {
  return ownerName(process.pid) ?? String(process.pid);
}

function ownerName(pid: number): string | undefined {
  return processStart(pid) && `${pid}-${processStart(pid)?.replace(/[^A-Za-z0-9]/g, '')}`;
}

function isAlive(owner: string): boolean {
  const pid = Number.parseInt(owner, 10);
  return Number.isInteger(pid) && ownerName(pid) === owner;
}
