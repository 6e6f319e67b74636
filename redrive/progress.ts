import { clearLine, cursorTo } from 'node:readline';
import { counted } from './in-words.js';

/** Shows on a terminal how many records are through; nothing where stderr is none. */
export class Progress {
  #records = 0;
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(private readonly total: number) {
    // At an interval, since a picture for each record would cost more than sending it.
    if (process.stderr.isTTY) this.#timer = setInterval(() => this.#draw(), INTERVAL);
  }

  advance(records: number): void {
    this.#records += records;
  }

  /** Writes a line of its own. */
  say(line: string): void {
    this.#erase();
    process.stderr.write(`${line}\n`);
  }

  /** Ends it; what it showed is gone. */
  stop(): void {
    clearInterval(this.#timer);
    this.#erase();
  }

  #draw(): void {
    this.#erase();
    process.stderr.write(`${this.#records.toLocaleString('en')} of ${counted(this.total, 'record')}`);
  }

  #erase(): void {
    if (!this.#timer) return;
    cursorTo(process.stderr, 0);
    clearLine(process.stderr, 0);
  }
}

/** Milliseconds between two pictures. */
const INTERVAL = 100;
