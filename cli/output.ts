import { once } from 'node:events';
import type { Writable } from 'node:stream';

/**
 * Where a command's data goes: stdout, written in larger pieces, at the reader's pace. A reader that leaves (`| head`)
 * is no error: `readerLeft` tells, and what is written after that goes nowhere.
 */
export class Output {
  readonly #readerLeft = new AbortController();
  #waiting = '';

  constructor(private readonly stream: Writable & { readonly isTTY?: boolean | undefined } = process.stdout) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      this.#readerLeft.abort();
    });
  }

  /** Aborts when nobody reads any more. */
  get readerLeft(): AbortSignal {
    return this.#readerLeft.signal;
  }

  /** Whether a person is reading. */
  get isTerminal(): boolean {
    return this.stream.isTTY === true;
  }

  /** Adds text; resolves when there is room for more. */
  async write(text: string): Promise<void> {
    this.#waiting += text;
    if (this.#waiting.length >= PIECE) await this.flush();
  }

  /** Passes on what is waiting. */
  async flush(): Promise<void> {
    const text = this.#waiting;
    this.#waiting = '';
    if (text === '' || this.readerLeft.aborted || this.stream.write(text)) return;
    await once(this.stream, 'drain', { signal: this.readerLeft }).catch((error: unknown) => {
      if (!this.readerLeft.aborted) throw error;
    });
  }
}

/** Characters that are written together: one system call for many rows. */
const PIECE = 16_384;
