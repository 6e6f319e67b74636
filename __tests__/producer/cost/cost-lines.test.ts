import { describe, expect, it } from 'vitest';
import { costLines } from '../../../producer/cost/cost-lines.js';
import { estimateCost } from '../../../producer/cost/estimate.js';

const estimate = estimateCost({
  events: 1_000_000,
  bytesPerEvent: 500,
  pace: { eventsPerSecond: 10_000 },
  packBytes: 24_500,
});

describe('the lines of an estimate', () => {
  it('have the inputs of the formula and what comes out of it', () => {
    expect(costLines(estimate).join('\n')).toMatchInlineSnapshot(`
      "1,000,000 events of about 500 bytes at 10,000 a second take 100 s and cost about, in dollars:

                                              one a record            packed
      events a record                                    1                49
      records                                    1,000,000            20,409
      PUT units (25 KB steps)                    1,000,000            20,409
      GB written (1 KB steps)                       0.9537            0.4671
      GB into Firehose (5 KB steps)                  4.768            0.4866

      shards x 0.0278 h x 0.015          13 shards: 0.0054  7 shards: 0.0029
      PUT units x 0.014 a million                   0.0140            0.0003
      Firehose GB x 0.029                           0.1383            0.0141
      conversion, the same GB x 0.018               0.0858            0.0088
      provisioned, together                         0.2435            0.0261

      on demand, 0.0278 h x 0.04                    0.0011            0.0011
      GB written x 0.08                             0.0763            0.0374
      GB read by Firehose x 0.04                    0.0186            0.0186
      Firehose and conversion, as above             0.2241            0.0229
      on demand, together                           0.3201            0.0800

      Shards are used to 80% of 1 MB/s or 1,000 records/s. Hours are those of the sending: a stream costs as much
      by the hour when nothing goes through it. Queries, storage and the rest of the stack are not in it.
      Prices of us-east-1, checked 2026-11: settings/prices.ts."
    `);
  });

  it('say whose prices they are where the events go elsewhere', () => {
    expect(costLines(estimate, 'eu-central-1').at(-1)).toMatch(
      /^Prices of us-east-1, checked \S+: settings\/prices\.ts\. eu-central-1's may differ\.$/,
    );
  });

  it('tell long times in hours and days', () => {
    const first = (seconds: number) =>
      costLines(
        estimateCost({ events: 3_000_000, bytesPerEvent: 196.4, pace: { seconds }, packBytes: 25_088 }),
      )[0];
    expect(first(600)).toContain('take 10 min ');
    expect(first(36_000)).toContain('take 10 h ');
    expect(first(30 * 86_400)).toContain('at 1.2 a second take 30 days and cost about, in dollars:');
  });
});
