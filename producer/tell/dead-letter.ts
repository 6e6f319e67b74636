import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import type { RefusalCode } from '../refusal.js';

/** An event that can never be sent, as its line in the dead-letter file has it. */
export interface DeadLetter {
  readonly code: RefusalCode;
  readonly message: string;
  /** Number of its line in the input, from 1; absent where the events have no lines. */
  readonly line?: number;
  /** Number of the event in its run, from 0. */
  readonly index: number;
  /** The event as it came; all of it, unless `cut` says otherwise. */
  readonly text: string;
  /** That only the beginning is kept in `text`: the event was too long to be held. */
  readonly cut?: true;
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
  #stream: WriteStream | undefined;
  #error: DeadLetterError | undefined;
  #count = 0;
  #draining: Promise<void> | undefined;

  constructor(private readonly file: string) {}

  /** How many have been added. */
  get count(): number {
    return this.#count;
  }

  /**
   * Adds one; resolves when there is room for more.
   * @throws DeadLetterError where the file cannot be written.
   */
  async add({ code, message, line, index, text, cut }: DeadLetter): Promise<void> {
    if (this.#error) throw this.#error;
    this.#stream ??= this.#open();
    this.#count++;
    const letter = { code, message, line, index, ...(cut && { cut }), text };
    if (this.#stream.write(`${JSON.stringify(letter)}\n`)) return;
    // All who wait do so together: each would listen for errors of its own.
    this.#draining ??= this.#wait('drain', this.#stream).finally(() => {
      this.#draining = undefined;
    });
    await this.#draining;
  }

  /**
   * Resolves when all of them are on the disk.
   * @throws DeadLetterError where they cannot be.
   */
  async close(): Promise<void> {
    if (this.#error) throw this.#error;
    if (!this.#stream || this.#stream.closed) return;
    this.#stream.end();
    await this.#wait('close', this.#stream);
  }

  #open(): WriteStream {
    // Flushed when it is closed: these are the only copies there may be.
    const stream = createWriteStream(this.file, { flags: 'a', flush: true });
    stream.on('error', (error) => {
      this.#error ??= new DeadLetterError(this.file, error);
    });
    return stream;
  }

  async #wait(event: 'drain' | 'close', stream: WriteStream): Promise<void> {
    await once(stream, event).catch((error: Error) => {
      throw this.#error ?? error;
    });
  }
}
