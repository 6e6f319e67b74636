import { constants } from 'node:os';

/** SIGINT (Ctrl-C) and SIGTERM, caught. */
export interface StopSignals {
  /** Aborts at the first signal: stop taking, finish what was begun. */
  readonly stop: AbortSignal;
  /** Aborts at the second: end at once. */
  readonly endNow: AbortSignal;
  /** The exit code of a command that was stopped: 130 after SIGINT, 143 after SIGTERM; undefined if it was not. */
  exitCode(): number | undefined;
  /** Gives the signals back to Node. */
  release(): void;
}

/** Catches SIGINT and SIGTERM until released. */
export function catchStopSignals(): StopSignals {
  const stop = new AbortController();
  const endNow = new AbortController();
  let first: NodeJS.Signals | undefined;
  const listener = (signal: NodeJS.Signals) => {
    if (first) endNow.abort();
    first ??= signal;
    stop.abort();
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return {
    stop: stop.signal,
    endNow: endNow.signal,
    // As a shell counts them: 128 and the signal's number.
    exitCode: () => first && 128 + constants.signals[first],
    release: () => {
      for (const signal of SIGNALS) process.off(signal, listener);
    },
  };
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
