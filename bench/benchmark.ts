import type { Measurement } from './measure.js';
import type { Surroundings } from './surroundings.js';

/** Things measured against each other. */
export interface Benchmark {
  /** What it is called on the command line. */
  readonly name: string;
  /** One sentence: what is counted, and under what circumstances. */
  readonly about: string;
  /** What is counted, in the plural. @default - events */
  readonly unit?: string;
  /** In the order in which they take turns. */
  readonly contenders: readonly Contender[];
  readonly comparisons: readonly Comparison[];
  /** How often each contender has its turn, unless the command line says otherwise. */
  readonly rounds: number;
  /** What has to be running around a contender; set up anew for every turn. @default - nothing. */
  readonly surroundings?: () => Promise<Surroundings>;
}

/** One way of doing the work. Every turn of it is a process of its own. */
export interface Contender {
  readonly name: string;
  /** What has to be running around this one, where it is not the benchmark's. */
  readonly surroundings?: () => Promise<Surroundings>;
  /** Prepares, then does the work within `measure`. */
  run(task: Task): Promise<Measurement>;
}

/** What a contender is told, in its own process. */
export interface Task {
  /** How many events, or what else is counted, where the command line says so; else the contender's own number. */
  readonly events?: number | undefined;
  /** Where the surroundings answer; empty where there are none. */
  readonly endpoint: string;
}

/** What two contenders' figures are to each other. */
export interface Comparison {
  readonly subject: string;
  readonly peer: string;
  readonly figure: 'rate' | 'peakBytes' | 'amount';
  /** What the ratio is hoped to be, as people read it: printed beside it, and never more than that. */
  readonly wanted?: string;
  /** The time that the subject may take for one of what is counted: so many times the peer's, and so many milliseconds. */
  readonly allowed?: { readonly times: number; readonly milliseconds: number };
}
