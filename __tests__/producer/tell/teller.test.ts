import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { LiveFigures } from '../../../producer/tell/live-figures.js';
import { startTelling, type TellerOptions } from '../../../producer/tell/teller.js';
import { VirtualTimers } from '../virtual-timers.js';

describe('telling on a terminal', () => {
  it('shows a line that lives, and takes it away in the end', async () => {
    const { told, teller, timers } = tell({ format: 'text' }, { isTTY: true, columns: 120 });
    await timers.sleep(250);
    expect(linesOf(told())).toEqual([
      expect.stringContaining(
        '100 of 1,000 events | 1,000/s | 0 retried | 0 throttled | 0 KiB held | 1 s left',
      ),
      expect.stringContaining(
        '200 of 1,000 events | 1,000/s | 0 retried | 0 throttled | 0 KiB held | 1 s left',
      ),
    ]);
    teller.stop();
    expect(told()).toMatch(new RegExp(`${ERASED}$`));
    await timers.sleep(500);
    expect(linesOf(told())).toHaveLength(2);
  });

  it.each([
    [80, 79],
    // As wide as it can be, since its bar takes what is left.
    [100, 99],
    [undefined, 79],
    [33, 32],
  ])('with %s columns writes up to %d', async (columns, widest) => {
    const { told, teller, timers } = tell({ format: 'text' }, { isTTY: true, columns });
    await timers.sleep(110);
    teller.stop();
    const widths = linesOf(told()).map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(widest);
    expect(Math.max(...widths)).toBeGreaterThan(widest - 14);
  });

  it('says something in between on a line of its own', async () => {
    const { told, teller, timers } = tell({ format: 'text' }, { isTTY: true, columns: 120 });
    await timers.sleep(110);
    teller.say('Stopping.');
    expect(told()).toMatch(new RegExp(`${ERASED}Stopping\\.\n$`));
    teller.stop();
  });
});

describe('telling as JSON', () => {
  it('writes a line a second, and one with the last figures', async () => {
    const { told, teller, timers } = tell({ format: 'json' });
    await timers.sleep(2_500);
    teller.stop();
    await timers.sleep(2_500);
    expect(jsonOf(told())).toEqual([
      expect.objectContaining({
        time: '2026-01-01T00:00:01.000Z',
        acknowledged: 1_000,
        rate: 1_000,
        total: 1_000,
      }),
      expect.objectContaining({ time: '2026-01-01T00:00:02.000Z', acknowledged: 2_000, secondsLeft: 0 }),
      expect.objectContaining({ time: '2026-01-01T00:00:02.500Z', acknowledged: 2_500 }),
    ]);
  });

  it('ends once, and still says what is said afterwards', () => {
    const { told, teller } = tell({ format: 'json' });
    teller.stop();
    teller.stop();
    teller.say('Sent.');
    expect(jsonOf(told())).toEqual([
      expect.objectContaining({ acknowledged: 0 }),
      expect.objectContaining({ message: 'Sent.' }),
    ]);
  });

  it('says messages as JSON too', () => {
    const { told, teller } = tell({ format: 'json' });
    teller.say('Stopping "now".');
    expect(jsonOf(told())).toEqual([{ time: '2026-01-01T00:00:00.000Z', message: 'Stopping "now".' }]);
    teller.stop();
  });
});

describe('telling', () => {
  it.each([
    ['a text where nobody watches', { format: 'text' }, {}],
    ['a text quietly', { format: 'text', quiet: true }, { isTTY: true, columns: 80 }],
    ['JSON quietly', { format: 'json', quiet: true }, {}],
  ] as const)('as %s shows no figures', async (_, options, terminal) => {
    const { told, teller, timers } = tell(options, terminal);
    await timers.sleep(3_000);
    teller.stop();
    expect(told()).toBe('');
  });

  it('still says what is said in between', () => {
    const { told, teller } = tell({ format: 'text' });
    teller.say('Stopping.');
    expect(told()).toBe('Stopping.\n');
  });
});

/** Back to the first column, and the line cleared. */
const ERASED = '\x1b\\[1G\x1b\\[2K';

function tell(
  options: Pick<TellerOptions, 'format' | 'quiet'>,
  terminal: { isTTY?: boolean; columns?: number | undefined } = {},
) {
  const timers = new VirtualTimers();
  let written = '';
  const sink = new Writable({
    decodeStrings: false,
    write: (text: string, _, done) => {
      written += text;
      done();
    },
  });
  const teller = startTelling({
    ...options,
    stream: Object.assign(sink, terminal),
    // One event a millisecond.
    figures: (): LiveFigures => ({
      taken: timers.now(),
      acknowledged: timers.now(),
      retried: 0,
      throttled: 0,
      refused: 0,
      failed: 0,
      spilled: 0,
      bufferedBytes: 0,
      total: 1_000,
    }),
    timers,
    clock: () => new Date(Date.UTC(2026, 0) + timers.now()),
  });
  return { teller, timers, told: () => written };
}

/** The texts that stood on the line, one after another. */
const linesOf = (told: string) =>
  told
    .split('\x1b[1G')
    .map((line) => line.split('\x1b')[0] ?? '')
    .filter((line) => line !== '');

const jsonOf = (told: string) =>
  told
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
