import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isAlive, thisProcess } from './folder-owner.js';
import { type SpillError, spilling } from './spill-error.js';
import { readRun, type SpillRun, writeRun } from './spill-run.js';

/** Runs in a spill folder. */
export interface ClaimedRuns {
  /** Those that are this process's now, the oldest first. */
  readonly claimed: readonly RunFolder[];
  /** How many others work on. */
  readonly busy: number;
  /** Those that nobody works on, but that cannot be used; they are left as they are. */
  readonly unusable: readonly UnusableRun[];
}

export interface UnusableRun {
  /** The folder's name in the spill folder. */
  readonly name: string;
  /** What is wrong with it. */
  readonly problem: string;
}

/**
 * The folder of one run of a producer, in the folder that `--spill-dir` names. Its name says when the run began, with
 * eight digits that no other run has, whether its files were ended, and which process works on it; taking it over is
 * renaming it, which only one can do. It has another name while it is made, and while it is removed.
 */
export class RunFolder {
  private constructor(
    public path: string,
    readonly run: SpillRun,
    /** Whether all of its files were ended: one that is not was cut. */
    readonly isEnded: boolean,
  ) {}

  /** Begins a run. @throws SpillError */
  static create(spillDir: string, run: SpillRun, now: Date): RunFolder {
    return spilling(spillDir, 'making it', () => {
      const began = now.toISOString().replace(/[^0-9]/g, '');
      const name = `${began}-${randomBytes(4).toString('hex')}_${thisProcess()}`;
      const made = path.join(spillDir, `${MAKING}${name}`);
      mkdirSync(made, { recursive: true });
      writeRun(made, run);
      const folder = path.join(spillDir, `${RUN}${name}`);
      renameSync(made, folder);
      return new RunFolder(folder, run, false);
    });
  }

  /**
   * Takes over the runs that nobody works on, and clears away what runs left that were killed while they began or ended.
   * @throws SpillError where the spill folder cannot be read.
   */
  static claimAll(spillDir: string): ClaimedRuns {
    const names = spilling(spillDir, 'reading it', () => readdirSync(spillDir).sort());
    const claimed: RunFolder[] = [];
    const unusable: UnusableRun[] = [];
    let busy = 0;
    for (const name of names) {
      const [, kind, began = '', owner = ''] = NAME.exec(name) ?? [];
      if (kind === undefined) continue;
      if (isAlive(owner)) {
        if (kind === RUN) busy++;
      } else if (kind !== RUN) clear(path.join(spillDir, name));
      else {
        const folder = RunFolder.#claim(spillDir, name, `${kind}${began}_${thisProcess()}`);
        if (folder instanceof RunFolder) claimed.push(folder);
        else if (folder) unusable.push({ name, problem: folder.message });
      }
    }
    return { claimed, busy, unusable };
  }

  /** Undefined where there is nothing to be had: another was faster, or it is empty. */
  static #claim(spillDir: string, name: string, to: string): RunFolder | SpillError | undefined {
    const from = path.join(spillDir, name);
    const folder = path.join(spillDir, to);
    try {
      const run = readRun(from);
      spilling(from, 'taking it over', () => renameSync(from, folder));
      return new RunFolder(folder, run, to.includes(ENDED));
    } catch (error) {
      return !existsSync(from) || isCleared(from) ? undefined : (error as SpillError);
    }
  }

  file(name: string): string {
    return path.join(this.path, name);
  }

  /** Where files are put that are damaged: beside the runs, so that a replay finds them no more. */
  get aside(): string {
    return path.join(
      path.dirname(this.path),
      path
        .basename(this.path)
        .replace(RUN, ASIDE)
        .replace(/_[^_]*$/, ''),
    );
  }

  /** Puts files aside; those that are not there do not matter. @returns whether they are. */
  setAside(names: readonly string[]): boolean {
    try {
      mkdirSync(this.aside, { recursive: true });
      for (const name of names)
        if (existsSync(this.file(name))) renameSync(this.file(name), path.join(this.aside, name));
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Ends this process's work on it: it is removed, or whoever comes may have it. Where the disk does not let it go, it
   * is to be had when this process is gone.
   *
   * @param isDone whether nothing in it is of use any more.
   * @param isEnded whether its files have been ended.
   * @returns whether it is gone.
   */
  close(isDone: boolean, isEnded = this.isEnded): boolean {
    if (isDone && this.#remove()) return true;
    const free = path.join(path.dirname(this.path), `${this.#name}${isEnded ? ENDED : ''}_free`);
    if (isRenamed(this.path, free)) this.path = free;
    return false;
  }

  /** Its name, but for what changes. */
  get #name(): string {
    return path
      .basename(this.path)
      .replace(/_[^_]*$/, '')
      .replace(ENDED, '');
  }

  #remove(): boolean {
    // At once, so that no part of it is ever seen without the rest.
    const removed = path.join(path.dirname(this.path), path.basename(this.path).replace(RUN, REMOVING));
    if (!isRenamed(this.path, removed)) return false;
    clear(removed);
    return true;
  }
}

/** What folders' names begin with. */
const RUN = 'run-';
const MAKING = 'new-';
const REMOVING = 'old-';
const ASIDE = 'damaged-';
const NAME = /^(run-|new-|old-)([^_]+)_(.*)$/;
/** What follows in the name where the run's files were ended. */
const ENDED = '.ended';

function isRenamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false;
  }
}

/** Whether it was an empty folder, which is gone now. */
function isCleared(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** No event is in it: where it stays, the next one may clear it away. */
function clear(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Nothing is lost.
  }
}
