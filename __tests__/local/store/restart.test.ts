import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../local/clock.js';
import { startLocalAws } from '../../../local/local-aws.js';
import { deliveryForTest } from '../firehose/delivery.js';
import { clientsOf } from '../running-local-aws.js';
import { anyKey } from '../s3/any-key.js';
import { everyAnswer } from './every-answer.js';
import { makeSomeOfEverything } from './some-of-everything.js';

const word = fc.stringMatching(/^[a-z]{1,8}$/);

const chance = fc.record({
  objects: fc.array(fc.record({ key: anyKey, body: fc.string({ minLength: 1 }), isDeleted: fc.boolean() }), {
    maxLength: 8,
  }),
  records: fc.array(
    word.map((id) => JSON.stringify({ id })),
    { minLength: 1, maxLength: 20 },
  ),
  tags: fc.dictionary(word, word, { minKeys: 1, maxKeys: 3 }),
  retentionHours: fc.integer({ min: 25, max: 8_760 }),
});

/** A clock that stands still, as some answers tell the time, and yet wakes whoever asked for it. */
const standing: Clock = { ...systemClock, now: () => Date.UTC(2026, 1, 2, 3, 4, 5) };

it('answers everything after a restart as before it', async () => {
  await fc.assert(
    fc.asyncProperty(chance, async (state) => {
      const { clients, dataDir, local, keys } = await deliveryForTest({ clock: standing });
      const known = await makeSomeOfEverything(clients, state);
      const delivered = async () => (await keys()).some((key) => key.startsWith('data/'));
      await expect.poll(delivered, { timeout: 20_000 }).toBe(true);
      const before = await everyAnswer(clients, known);
      expect(Object.entries(before).filter(([, answer]) => isDefect(answer))).toEqual([]);
      expect(Object.keys(before).length).toBeGreaterThan(70);
      await local.close();
      const next = await startLocalAws({ dataDir, clock: standing });
      const after = clientsOf(next.endpoint);
      try {
        expect(await everyAnswer(after, known)).toEqual(before);
      } finally {
        for (const client of Object.values(after)) client.destroy();
        await next.close();
      }
    }),
    { numRuns: 3 },
  );
}, 120_000);

/** What says more of this test than of local AWS: it has nothing for a member that the operation needs. */
const isDefect = (answer: unknown) =>
  /InternalFailure|Validation|Serialization|Invalid/.test((answer as { error?: string }).error ?? '');
