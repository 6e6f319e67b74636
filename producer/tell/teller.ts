import { clearLine, cursorTo } from 'node:readline';
import type { Writable } from 'node:stream';
import { realTimers, type Timers } from '../write/timers.js';
import type { LiveFigures, LivePicture } from './live-figures.js';
import { liveLine } from './live-line.js';
import { LiveView } from './live-view.js';
import { jsonLine, type Say, sayIn } from './say.js';

/** Tells how a run goes while it goes on. */
export interface Teller {
  /** Tells something else in between, without disturbing the line that lives. */
  readonly say: Say;
  /** Ends it, once; the line that lived is gone. What is said afterwards is still told. */
  stop(): void;
}

export interface TellerOptions {
  readonly figures: () => LiveFigures;
  /** `text` is a line on a terminal, and nothing elsewhere; `json` is a line of JSON a second. */
  readonly format: 'text' | 'json';
  /** Tells nothing of the figures. */
  readonly quiet?: boolean | undefined;
  /** @default process.stderr */
  readonly stream?: TellerStream;
  /** @default - the real clock. */
  readonly timers?: Timers;
  /** The time of day that lines of JSON carry. @default - the real clock. */
  readonly clock?: () => Date;
}

/** Where it is told; `columns` is the width of a terminal. */
export type TellerStream = Writable & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
};

/** Begins to tell. */
export function startTelling(options: TellerOptions): Teller {
  const { format, quiet = false, stream = process.stderr, timers = realTimers } = options;
  const clock = options.clock ?? (() => new Date());
  const say = sayIn(format, stream, clock);
  if (quiet || (format === 'text' && stream.isTTY !== true)) return { say, stop: () => {} };

  const view = new LiveView(options.figures, timers.now());
  const show = (picture: LivePicture) => {
    if (format === 'json') stream.write(jsonLine(clock(), rounded(picture)));
    else redraw(stream, picture);
  };
  const stopShowing = every(format === 'json' ? SECOND : REDRAWN, timers, () =>
    show(view.look(timers.now())),
  );
  let isOver = false;
  return {
    say: (message) => {
      if (format === 'text' && !isOver) erase(stream);
      say(message);
    },
    stop: () => {
      if (isOver) return;
      isOver = true;
      stopShowing();
      // The last line of JSON has the figures as they were in the end.
      if (format === 'json') show(view.look(timers.now()));
      else erase(stream);
    },
  };
}

/** Milliseconds. */
const SECOND = 1_000;
/** Milliseconds between two pictures on a terminal. */
const REDRAWN = 100;

function redraw(stream: TellerStream, picture: LivePicture): void {
  // The last column stays free: some terminals go to the next line when it is written.
  const line = liveLine(picture, (stream.columns || 80) - 1);
  cursorTo(stream, 0);
  stream.write(line);
  clearLine(stream, TO_THE_RIGHT);
}

/** Whoever writes next writes over the line. */
function erase(stream: TellerStream): void {
  cursorTo(stream, 0);
  clearLine(stream, WHOLE);
}

const TO_THE_RIGHT = 1;
const WHOLE = 0;

function rounded(picture: LivePicture): LivePicture {
  const { rate, secondsLeft } = picture;
  return {
    ...picture,
    rate: Math.round(rate),
    ...(secondsLeft !== undefined && { secondsLeft: Math.ceil(secondsLeft) }),
  };
}

/** Calls back again and again, each time at its time, however late the one before was. */
function every(interval: number, timers: Timers, callback: () => void): () => void {
  let due = timers.now() + interval;
  let cancel = timers.after(interval, tick);
  function tick(): void {
    callback();
    const now = timers.now();
    due = Math.max(due + interval, now);
    cancel = timers.after(due - now, tick);
  }
  return () => cancel();
}
