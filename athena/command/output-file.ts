import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../../cli/usage-error.js';

/**
 * A file that rows are written to. It is whole or not there: what is begun has another name. What is no file but can be
 * written to, a pipe or a device, is written to as it is, and nothing ever takes its place.
 */
export class OutputFile {
  private constructor(
    private readonly name: string,
    /** The file itself, behind any links to it. */
    private readonly place: string,
    /** Whether it is a file, or will be. */
    readonly isFile: boolean,
  ) {}

  /**
   * Looks whether it can be written, so that no query is run for nothing.
   * @throws UsageError
   */
  static async at(name: string): Promise<OutputFile> {
    const refused = (why: string) => new UsageError(`--output is "${name}", ${why}.`);
    if (name === '') throw refused('but must be the name of a file');
    try {
      const found = await stat(name);
      if (found.isDirectory()) throw refused('which is a folder: name a file in it');
      const place = found.isFile() ? await realpath(name) : name;
      await access(place, constants.W_OK);
      if (found.isFile()) await access(path.dirname(place), constants.W_OK);
      return new OutputFile(name, place, found.isFile());
    } catch (error) {
      if (error instanceof UsageError) throw error;
      if (codeOf(error) !== 'ENOENT') throw refused(`which cannot be written (${codeOf(error)})`);
    }
    await access(path.dirname(name), constants.W_OK).catch((error: unknown) => {
      throw refused(`which cannot be written (${codeOf(error)} for ${path.dirname(name)})`);
    });
    return new OutputFile(name, name, true);
  }

  /** @throws UsageError where the disk does not take it, and what `write` throws. */
  async write(write: (place: string) => Promise<void>): Promise<void> {
    const partial = this.isFile ? `${this.place}.${randomUUID().slice(0, 8)}.partial` : this.place;
    try {
      await write(partial);
      if (this.isFile) await rename(partial, this.place);
    } catch (error) {
      if (this.isFile) await rm(partial, { force: true }).catch(() => {});
      const { syscall } = error as NodeJS.ErrnoException;
      if (codeOf(error) === undefined || syscall === undefined || OF_A_CONNECTION.has(syscall)) throw error;
      throw new UsageError(`--output is "${this.name}", which cannot be written (${codeOf(error)}).`);
    }
  }
}

const OF_A_CONNECTION: ReadonlySet<string> = new Set(['connect', 'read']);

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
