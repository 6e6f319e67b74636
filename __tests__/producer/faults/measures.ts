import type { ScriptedKinesis, Second } from './scripted-kinesis.js';

/** A time in whole seconds of a stream's clock: the first that counts, and the first that does not. */
export interface Seconds {
  readonly from: number;
  readonly until: number;
}

/**
 * Bytes a second that a stream took, on average.
 * @param shards numbers of those that count. @default - all of them.
 */
export function bytesPerSecond(
  { shards }: Pick<ScriptedKinesis, 'shards'>,
  { from, until }: Seconds,
  numbers: readonly number[] = shards.all.map(({ number }) => number),
): number {
  let bytes = 0;
  for (const number of numbers) {
    for (let second = from; second < until; second++) bytes += shards.all[number]?.bytesBySecond[second] ?? 0;
  }
  return bytes / (until - from);
}

/** What a stream saw in a time, in all. */
export function seen({ seconds }: Pick<ScriptedKinesis, 'seconds'>, { from, until }: Seconds): Second {
  const sum: Second = { requests: 0, records: 0, throttled: 0 };
  for (let second = from; second < until; second++) {
    sum.requests += seconds[second]?.requests ?? 0;
    sum.records += seconds[second]?.records ?? 0;
    sum.throttled += seconds[second]?.throttled ?? 0;
  }
  return sum;
}
