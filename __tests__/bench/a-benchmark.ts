import type { Benchmark } from '../../bench/benchmark.js';
import type { Turn } from '../../bench/turn.js';

/** Two contenders that cannot really run. */
export const race: Benchmark = {
  name: 'race',
  about: 'tortoises and hares.',
  rounds: 3,
  contenders: ['tortoise', 'hare'].map((name) => ({
    name,
    run: () => Promise.reject(new Error('Not in a test.')),
  })),
  comparisons: [
    { subject: 'hare', peer: 'tortoise', figure: 'rate', wanted: '>= 5' },
    { subject: 'hare', peer: 'tortoise', figure: 'peakBytes' },
  ],
};

/** A turn that sent so many events in two seconds. */
export function turn(amount: number, more: Partial<Turn> = {}): Turn {
  return { amount, seconds: 2, cpuSeconds: 1, peakBytes: 100 * 2 ** 20, ...more };
}
