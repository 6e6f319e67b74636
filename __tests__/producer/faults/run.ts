import { VirtualTimers } from '../virtual-timers.js';
import { drive, type Run, type RunOptions } from './drive.js';
import { sendTo } from './virtual-send.js';

export interface VirtualRunOptions extends RunOptions {
  /** Milliseconds. @default 20 */
  readonly roundTrip?: number;
}

/** Sends a workload to a scripted stream with no sockets, by a clock of its own: a minute passes in a moment. */
export async function run({ roundTrip = 20, ...options }: VirtualRunOptions): Promise<Run> {
  const timers = new VirtualTimers();
  const delays = { roundTrip, ...(options.seed !== undefined && { seed: options.seed }) };
  return drive(options, timers, (kinesis) => sendTo(kinesis, timers, delays));
}
