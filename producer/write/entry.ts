/** A record that a writer has taken, and what has happened to it. */
export interface Entry<R> {
  readonly record: R;
  /** What it counts against the limits. */
  readonly bytes: number;
  /** When it was taken, in the clock's milliseconds. */
  readonly takenAt: number;
  /** Whether it is in a request that has not been answered. */
  underWay: boolean;
  /** How often it has failed. */
  failures: number;
  /** When it first failed, in the clock's milliseconds. */
  failingSince: number;
  /** Whether an answer about it was lost. */
  answerLost: boolean;
}
