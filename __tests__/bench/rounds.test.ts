import { describe, expect, it } from 'vitest';
import { median, runRounds } from '../../bench/rounds.js';
import { race, turn } from './a-benchmark.js';

describe('the rounds of a benchmark', () => {
  it('give each contender its turn in each round, one after another', async () => {
    const turns: string[] = [];
    await runRounds(race, {
      ...going,
      rounds: 2,
      takeTurn: async ({ name }, round) => {
        turns.push(`${name} ${round}`);
        return turn(1_000);
      },
    });
    expect(turns).toEqual(['tortoise 0', 'hare 0', 'tortoise 1', 'hare 1']);
  });

  it('count by the median of the turns', async () => {
    const amounts = { tortoise: [1_000, 9_000, 2_000], hare: [20_000, 22_000, 1_000] } as const;
    const standings = await runRounds(race, {
      ...going,
      rounds: 3,
      takeTurn: async ({ name }, round) =>
        turn(amounts[name as 'hare'][round] ?? 0, {
          cpuSeconds: round + 1,
          surroundings: { cpuSeconds: 0.5, peakBytes: round * 10 },
          note: `round ${round}`,
        }),
    });
    expect(standings).toEqual([
      {
        contender: 'tortoise',
        rate: 1_000,
        slowest: 500,
        fastest: 4_500,
        amount: 2_000,
        cpuSeconds: 2,
        cpuSecondsPerMillion: 1_000,
        peakBytes: 100 * 2 ** 20,
        surroundingsCpuSecondsPerMillion: 250,
        surroundingsPeakBytes: 10,
        note: 'round 2',
      },
      expect.objectContaining({ contender: 'hare', rate: 10_000, slowest: 500, fastest: 11_000 }),
    ]);
  });

  it('go on without a contender that cannot run', async () => {
    const turns: string[] = [];
    const failures: string[] = [];
    const standings = await runRounds(race, {
      ...going,
      rounds: 2,
      takeTurn: async ({ name }, round) => {
        turns.push(`${name} ${round}`);
        if (name === 'hare') throw new Error('asleep');
        return turn(1_000);
      },
      onFailure: ({ name }, error) => failures.push(`${name}: ${(error as Error).message}`),
    });
    expect(turns).toEqual(['tortoise 0', 'hare 0', 'tortoise 1']);
    expect(failures).toEqual(['hare: asleep']);
    expect(standings.map(({ contender }) => contender)).toEqual(['tortoise']);
  });

  it('end when they are stopped, with what was measured, and blame nobody', async () => {
    const stop = new AbortController();
    const turns: string[] = [];
    const standings = await runRounds(race, {
      ...going,
      rounds: 2,
      stop: stop.signal,
      takeTurn: async ({ name }, round) => {
        turns.push(`${name} ${round}`);
        if (name === 'tortoise') return turn(1_000);
        stop.abort();
        throw new Error('broken off');
      },
    });
    expect(turns).toEqual(['tortoise 0', 'hare 0']);
    expect(standings.map(({ contender }) => contender)).toEqual(['tortoise']);
  });
});

const going = {
  stop: new AbortController().signal,
  onFailure: (_: unknown, error: unknown) => {
    throw error;
  },
};

describe('the median', () => {
  it.each([
    [[3], 3],
    [[5, 1, 3], 3],
    [[4, 1, 3, 2], 2.5],
  ])('of %j is %d', (values, middle) => {
    expect(median(values)).toBe(middle);
  });
});
