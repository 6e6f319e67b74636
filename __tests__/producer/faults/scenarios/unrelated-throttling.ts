import { expect, it } from 'vitest';
import type { PackerOptions } from '../../../../producer/pack/packer.js';
import { audit, NO_DISCREPANCIES } from '../accounting.js';
import { bytesPerSecond } from '../measures.js';
import { run } from '../run.js';
import { BYTES_PER_SECOND } from '../shard.js';

const EVENT_BYTES = 1_000;
const WAYS: readonly PackerOptions[] = [{}, { pack: 2_000 }, { pack: 'none' }, { order: 'none' }];

/** A shard that throttles one in five records however slowly they come: to go slowly would help nobody. */
export function unrelatedThrottling({ seeds }: { readonly seeds: readonly number[] }): void {
  const cases = WAYS.flatMap((way) => seeds.map((seed) => [way, seed] as const));

  it.each(cases)('keeps its pace with %j, seed %i', async (way, seed) => {
    const done = await run({
      workload: { events: (100 * BYTES_PER_SECOND) / EVENT_BYTES, keys: 5_000, bytes: EVENT_BYTES },
      ...{ shards: 1, seed, sourceEndsAt: 90_000 },
      faults: { records: { throttled: 0.2 } },
      producer: { maxBuffer: 8 * 1_024 * 1_024, lanes: 4, ...way },
    });
    expect(audit(done, { order: way.order !== 'none' })).toEqual(NO_DISCREPANCIES);
    // Once it knows that the pace is not the reason. As the pace of a shard that is too fast it would be a tenth.
    expect(bytesPerSecond(done.kinesis, { from: 30, until: 90 })).toBeGreaterThan(0.5 * BYTES_PER_SECOND);
  });
}
