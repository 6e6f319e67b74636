import { describe, expect, expectTypeOf, it } from 'vitest';
import { type CustomerEvent, customers, defineDataset } from '../../../datasets/index.js';
import { BLOCK, generate } from '../../../producer/index.js';

const all = (amount: number, seed?: number) => [...generate(customers, { amount, seed })];

describe('generating', () => {
  it('makes as many events as are wanted', () => {
    expect(all(0)).toEqual([]);
    expect(all(2_500, 1)).toHaveLength(2_500);
  });

  it('makes the same events of the same seed, and others of another', () => {
    expect(all(2_500, 42)).toEqual(all(2_500, 42));
    expect(all(1, 42)).not.toEqual(all(1, 43));
    expect(all(1, 1)).not.toEqual(all(1, 1 + 2 ** 32));
  });

  it('makes the first events of a longer run in a shorter one', () => {
    expect(all(1_234, 7)).toEqual(all(2_000, 7).slice(0, 1_234));
  });

  it('makes a block that depends on nothing before it', () => {
    const draws = { calls: 0 };
    const greedy = defineDataset({
      name: 'greedy',
      comment: 'Draws more in the first block than in others.',
      columns: { id: { type: 'string', comment: 'A random identity.' } },
      identity: 'id',
      time: 'id',
      partitionKey: 'id',
      generate: ({ faker }) => {
        if (draws.calls++ < BLOCK) faker.number.int();
        return { id: faker.string.uuid() };
      },
    });
    const [first] = [[...generate(greedy, { amount: 2 * BLOCK, seed: 5 })]];
    const [second] = [[...generate(greedy, { amount: 2 * BLOCK, seed: 5 })]];
    expect(first?.[0]).not.toEqual(second?.[0]);
    expect(first?.slice(BLOCK)).toEqual(second?.slice(BLOCK));
  });

  it('lets two run at a time without disturbing one another', () => {
    const one = generate(customers, { amount: 5, seed: 1 });
    const other = generate(customers, { amount: 5, seed: 2 });
    const taken = [];
    for (let index = 0; index < 5; index++) {
      taken.push(one.next().value);
      other.next();
    }
    expect(taken).toEqual(all(5, 1));
  });

  it('takes a fixed date with a seed, and the clock without', () => {
    expect(all(2, 1).map(({ event_date }) => event_date)).toEqual([
      '2026-01-01T00:00:00.000Z',
      '2026-01-01T00:00:00.001Z',
    ]);
    const clock = () => new Date('2027-03-04T05:06:07.008Z');
    const [event] = generate(customers, { amount: 1, clock });
    expect(event?.event_date).toBe('2027-03-04T05:06:07.008Z');
    expect(all(1)).not.toEqual(all(1));
  });

  it("has the dataset's type", () => {
    expectTypeOf(all).returns.toEqualTypeOf<CustomerEvent[]>();
  });
});
