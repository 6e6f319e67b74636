import type { Clock } from '../../../local/clock.js';

/** A clock that goes as the system's does, and can be set forward or back. */
export interface TurnedClock extends Clock {
  /** Milliseconds that it is ahead of the system's. */
  turn(milliseconds: number): void;
}

export function turnedClock(): TurnedClock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    turn: (milliseconds) => {
      ahead += milliseconds;
    },
  };
}
