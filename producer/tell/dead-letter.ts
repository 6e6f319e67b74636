import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { RefusedEvent } from '../refusal.js';

/** An event that can never be sent, as its line in the dead-letter file has it. */
export interface DeadLetter extends Omit<RefusedEvent, 'offset'> {
  /** Number of the event in its run, from 0. */
  readonly index: number;
}

/** The dead-letter file cannot be written, for the reason in `cause`. What was written to it before is kept. */
export class DeadLetterError extends Error {
  override readonly name = 'DeadLetterError';
  constructor(
    readonly file: string,
    override readonly cause: Error,
  ) {
    super(`The dead-letter file ${file} cannot be written: ${cause.message}`, { cause });
  }
}

/** A file of JSON lines that what can never be sent is added to. It is not made before there is something to add. */
export class DeadLetterFile {
  #file: number | undefined;
  #error: DeadLetterError | undefined;
  #count = 0;

  constructor(private readonly file: string) {}

  /** How many have been added. */
  get count(): number {
    return this.#count;
  }

  /**
   * Adds one, which then outlives this process: it may be the only copy.
   * @throws DeadLetterError where the file cannot be written.
   */
  add({ code, message, line, index, cut, encoding, text }: DeadLetter): void {
    const letter = { code, message, line, index, cut, encoding, text };
    this.#writing(() => {
      this.#file ??= openSync(this.file, 'a');
      append(this.#file, Buffer.from(`${JSON.stringify(letter)}\n`));
      this.#count++;
    });
  }

  /**
   * Makes sure that all of them are on the disk.
   * @throws DeadLetterError where they cannot be.
   */
  close(): void {
    const file = this.#file;
    this.#file = undefined;
    this.#writing(() => {
      if (file === undefined) return;
      // A pipe cannot be flushed.
      if (fstatSync(file).isFile()) fsyncSync(file);
      closeSync(file);
    });
  }

  #writing(work: () => void): void {
    if (this.#error) throw this.#error;
    try {
      work();
    } catch (error) {
      this.#error = new DeadLetterError(this.file, error instanceof Error ? error : new Error(String(error)));
      throw this.#error;
    }
  }
}

/** Writes all or nothing: half a line would be the beginning of the next. */
function append(file: number, bytes: Uint8Array): void {
  let written = 0;
  try {
    while (written < bytes.byteLength) written += writeSync(file, bytes, written);
  } catch (error) {
    const found = fstatSync(file);
    if (found.isFile() && written > 0) ftruncateSync(file, found.size - written);
    throw error;
  }
}
