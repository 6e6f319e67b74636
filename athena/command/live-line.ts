import { clearLine, cursorTo } from 'node:readline';
import type { Writable } from 'node:stream';
import { dollarText, queryDollars } from '../cost/query-dollars.js';
import { size } from '../footer.js';
import type { Progress } from '../session-options.js';

/** Where it is told; `columns` is the width of a terminal. */
export type LiveStream = Writable & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
};

/** Milliseconds between two pictures. */
const REDRAWN = 100;

/** A line on a terminal that says how a query stands; nothing elsewhere. */
export class LiveLine {
  readonly #since = performance.now();
  readonly #timer: NodeJS.Timeout | undefined;
  #progress: Progress | undefined;
  #isDrawn = false;

  constructor(
    private readonly stream: LiveStream,
    { hidden = false }: { readonly hidden?: boolean } = {},
  ) {
    if (stream.isTTY === true && !hidden) this.#timer = setInterval(() => this.#draw(), REDRAWN).unref();
  }

  /** Hears how the query stands. */
  show(progress: Progress): void {
    this.#progress = progress;
  }

  /** Ends it: the line is gone. */
  stop(): void {
    clearInterval(this.#timer);
    if (!this.#isDrawn) return;
    cursorTo(this.stream, 0);
    clearLine(this.stream, WHOLE);
    this.#isDrawn = false;
  }

  #draw(): void {
    this.#isDrawn = true;
    cursorTo(this.stream, 0);
    // The last column stays free: some terminals go to the next line when it is written.
    const columns = (this.stream.columns || 80) - 1;
    this.stream.write(liveText(this.#progress, performance.now() - this.#since).slice(0, columns));
    clearLine(this.stream, TO_THE_RIGHT);
  }
}

/** How a query stands: its state, the seconds since it was sent, what it has read, and what that costs. */
export function liveText(progress: Progress | undefined, milliseconds: number): string {
  const { state = 'STARTING', statistics } = progress ?? {};
  const parts = [state, `${(milliseconds / 1_000).toFixed(1)} s`];
  if (statistics && state !== 'QUEUED') {
    const { bytesScanned } = statistics;
    parts.push(`${size(bytesScanned)} scanned`, `about ${dollarText(queryDollars({ bytesScanned }))}`);
  }
  return `${parts.join(' | ')} | Ctrl-C cancels`;
}

const TO_THE_RIGHT = 1;
const WHOLE = 0;
