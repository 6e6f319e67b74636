import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrivedBetween, happenedBetween, sql } from '../../../athena/index.js';
import { customers } from '../../../datasets/index.js';

const HOUR = 3_600_000;
const at = (text: string) => new Date(`${text}Z`);

describe('the folders of a time range', () => {
  it.each([
    [
      '2026-02-04T21:10',
      '2026-02-04T21:20',
      "(year = '2026' AND month = '02' AND day = '04' AND hour = '21')",
    ],
    [
      '2026-02-04T21:00',
      '2026-02-04T23:00',
      "(year = '2026' AND month = '02' AND day = '04' AND hour BETWEEN '21' AND '22')",
    ],
    ['2026-02-04T00:00', '2026-02-05T00:00', "(year = '2026' AND month = '02' AND day = '04')"],
    ['2026-02-01T00:00', '2026-03-01T00:00', "(year = '2026' AND month = '02')"],
    ['2025-01-01T00:00', '2027-01-01T00:00', "(year BETWEEN '2025' AND '2026')"],
    [
      '2026-02-27T22:00',
      '2026-03-02T01:30',
      "(year = '2026' AND (month = '02' AND (day = '27' AND hour BETWEEN '22' AND '23' OR day = '28') " +
        "OR month = '03' AND (day = '01' OR day = '02' AND hour BETWEEN '00' AND '01')))",
    ],
    [
      '2025-12-31T23:00',
      '2026-01-01T01:00',
      "(year = '2025' AND month = '12' AND day = '31' AND hour = '23' " +
        "OR year = '2026' AND month = '01' AND day = '01' AND hour = '00')",
    ],
  ])('from %s to before %s are told shortly', (from, to, expected) => {
    expect(arrivedBetween(at(from), at(to)).toText()).toBe(expected);
  });

  it('are exactly those in which the range has a part: compared with every hour around it', () => {
    const moment = fc.integer({ min: Date.UTC(2023, 10, 1), max: Date.UTC(2028, 2, 1) });
    const long = fc.oneof(
      fc.integer({ min: 1, max: 72 * HOUR }),
      fc.integer({ min: 1, max: 70 * 24 * HOUR }),
      fc.integer({ min: 1, max: 800 * 24 * HOUR }),
    );
    // Whole hours, days and months are where it is easily wrong.
    const unit = fc.constantFrom(1, HOUR, 24 * HOUR);
    fc.assert(
      fc.property(moment, long, unit, (start, length, step) => {
        const from = Math.floor(start / step) * step;
        const to = from + Math.max(step, Math.floor(length / step) * step);
        const isNamed = predicate(arrivedBetween(new Date(from), new Date(to)).toText());
        const [firstHour, lastHour] = [Math.floor(from / HOUR), Math.ceil(to / HOUR) - 1];
        for (let hour = firstHour - 800; hour <= lastHour + 800; hour++) {
          const expected = hour >= firstHour && hour <= lastHour;
          if (isNamed(hour) !== expected)
            throw new Error(`${new Date(hour * HOUR).toISOString()} should be ${expected ? 'in' : 'out'}`);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('take few words, however long the range is', () => {
    const moment = fc.date({ min: at('2020-01-01T00:00'), max: at('2030-01-01T00:00'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, moment, (one, other) => {
        fc.pre(one.getTime() !== other.getTime());
        const [from, to] = one < other ? [one, other] : [other, one];
        expect(arrivedBetween(from, to).toText().length).toBeLessThan(420);
      }),
    );
  });

  it('are a condition in a statement, and no value of it', () => {
    const range = arrivedBetween(at('2026-02-04T21:00'), at('2026-02-04T22:00'));
    expect(sql`SELECT 1 FROM customers WHERE ${range}`.toStatement()).toEqual({
      text: "SELECT 1 FROM customers WHERE (year = '2026' AND month = '02' AND day = '04' AND hour = '21')",
      parameters: [],
    });
  });

  it.each([
    ['an empty range', at('2026-01-01T00:00'), at('2026-01-01T00:00')],
    ['a range that ends before it begins', at('2026-01-02T00:00'), at('2026-01-01T00:00')],
    ['no moment', new Date(Number.NaN), at('2026-01-01T00:00')],
    ['a year of five digits', at('2026-01-01T00:00'), new Date(Date.UTC(10_000, 5, 1))],
  ])('are refused for %s', (_, from, to) => {
    expect(() => arrivedBetween(from, to)).toThrow(RangeError);
  });
});

describe("a range of events' own time", () => {
  it('reads the folders with slack for what arrived late or with a fast clock, and filters by the time', () => {
    const range = happenedBetween(customers, at('2026-02-04T10:00'), at('2026-02-04T11:00'), {
      late: 2 * HOUR,
    });
    expect(range.toStatement()).toEqual({
      text: "((year = '2026' AND month = '02' AND day = '04' AND hour BETWEEN '09' AND '12') AND event_date >= ? AND event_date < ?)",
      parameters: ["TIMESTAMP '2026-02-04 10:00:00.000'", "TIMESTAMP '2026-02-04 11:00:00.000'"],
    });
  });

  it('refuses a dataset whose time is no time', () => {
    const dataset = { name: 'd', time: 'at', columns: { at: { type: 'string', comment: '' } } } as const;
    expect(() => happenedBetween(dataset, at('2026-01-01T00:00'), at('2026-01-02T00:00'))).toThrow('no time');
  });
});

/** The predicate as a function of the hour, by reading its SQL as JavaScript. */
function predicate(sql: string): (hour: number) => boolean {
  const script = sql
    .replaceAll(/(\w+) BETWEEN ('\d+') AND ('\d+')/g, '($1 >= $2 && $1 <= $3)')
    .replaceAll(/ = /g, ' === ')
    .replaceAll(' AND ', ' && ')
    .replaceAll(' OR ', ' || ');
  const test = new Function('year', 'month', 'day', 'hour', `return ${script};`);
  return (hour) => {
    const [year, month, day, time] = new Date(hour * HOUR).toISOString().split(/[-T:]/);
    return Boolean(test(year, month, day, time));
  };
}
