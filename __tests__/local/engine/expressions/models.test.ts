import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { RunningEngine } from '../running-engine.js';
import { dateText, divided, joda, type Scaled, scaledText } from './trino-models.js';

const running = new RunningEngine();
afterAll(() => running.close());

/** What each expression answers as text; null for NULL and for an error. */
async function answers(expressions: readonly string[]): Promise<(string | null)[]> {
  const { text } = await running.query(
    `SELECT * FROM (VALUES ${expressions.map((sql, i) => `(${i}, CAST(TRY(${sql}) AS varchar))`).join(', ')}) AS t(i, a) ORDER BY i`,
  );
  const found = [...text.matchAll(/^"\d+",("(?:[^"]|"")*")?$/gm)];
  return found.map(([, value]) => value?.slice(1, -1).replaceAll('""', '"') ?? null);
}

type Case = readonly [sql: string, answer: string | null];

/** Many cases a query, as a query takes longer than an expression. */
async function hold<T>(values: fc.Arbitrary<T>, cases: (value: T) => readonly Case[]): Promise<void> {
  const lists = fc.array(values, { minLength: 1, maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(lists, async (list) => {
      const all = list.flatMap(cases);
      const found = await answers(all.map(([sql]) => sql));
      expect(all.map(([sql], i) => [sql, found[i]])).toEqual(all.map(([sql, answer]) => [sql, answer]));
    }),
    { numRuns: 12 },
  );
}

const literal = (c: string) => (/[.%_#]/.test(c) ? `[${c}]` : c);
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

describe('answers are those of a model of Trino', () => {
  it('for arithmetic of decimals', async () => {
    const decimal: fc.Arbitrary<Scaled> = fc.record({
      digits: fc.bigInt({ min: -999_999_999n, max: 999_999_999n }),
      scale: fc.integer({ min: 0, max: 6 }),
    });
    await hold(fc.tuple(decimal, decimal), ([a, b]) => {
      const [x, y] = [a, b].map((value) => `DECIMAL '${scaledText(value)}'`);
      const scale = Math.max(a.scale, b.scale);
      const [p, q] = [a, b].map((value) => value.digits * 10n ** BigInt(scale - value.scale));
      if (p === undefined || q === undefined) return [];
      return [
        [`${x} + ${y}`, scaledText({ digits: p + q, scale })],
        [`${x} - ${y}`, scaledText({ digits: p - q, scale })],
        [`${x} * ${y}`, scaledText({ digits: a.digits * b.digits, scale: a.scale + b.scale })],
        [`${x} / ${y}`, q === 0n ? null : scaledText(divided(a, b))],
        [`${x} % ${y}`, q === 0n ? null : scaledText({ digits: p % q, scale })],
        [`${x} < ${y}`, String(p < q)],
      ];
    });
  });

  it('for whole numbers, of which none is out of its range', async () => {
    const number = (bits: number) => {
      const max = 2n ** BigInt(bits - 1);
      return fc.oneof(
        fc.bigInt({ min: -max, max: max - 1n }),
        fc.bigInt({ min: -9n, max: 9n }),
        fc.constantFrom(-max, max - 1n),
      );
    };
    const pair = fc
      .constantFrom(['TINYINT', 8], ['SMALLINT', 16], ['INTEGER', 32], ['BIGINT', 64] as const)
      .chain(([type, bits]) =>
        fc.tuple(
          fc.constant(String(type)),
          fc.constant(Number(bits)),
          number(Number(bits)),
          number(Number(bits)),
        ),
      );
    await hold(pair, ([type, bits, a, b]) => {
      const within = (value: bigint) => (BigInt.asIntN(bits, value) === value ? String(value) : null);
      const [x, y] = [`${type} '${a}'`, `${type} '${b}'`];
      return [
        [`${x} + ${y}`, within(a + b)],
        [`${x} - ${y}`, within(a - b)],
        [`${x} * ${y}`, within(a * b)],
        [`${x} / ${y}`, b === 0n ? null : within(a / b)],
        [`${x} % ${y}`, b === 0n ? null : within(a % b)],
        [`- ${x}`, within(-a)],
      ];
    });
  });

  it('for days, weeks, months, quarters and years between dates', async () => {
    const day = fc.oneof(
      fc.integer({ min: -40_000, max: 40_000 }),
      // Around the ends of months.
      fc
        .tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: -2, max: 1 }))
        .map(([m, d]) => Date.UTC(1970, m, 1) / 86_400_000 + d),
    );
    await hold(fc.tuple(day, day, fc.integer({ min: -500, max: 500 })), ([a, b, n]) => {
      const [x, y] = [`DATE '${dateText(a)}'`, `DATE '${dateText(b)}'`];
      const months = joda.months(a, b);
      const whole = (value: number) => String(Math.trunc(value) + 0);
      const years = joda.years(a, b);
      return [
        [`date_diff('year', ${x}, ${y})`, whole(years)],
        [`date_diff('day', ${x}, ${y})`, whole(b - a)],
        [`date_diff('week', ${x}, ${y})`, whole((b - a) / 7)],
        [`date_diff('month', ${x}, ${y})`, whole(months)],
        [`date_diff('quarter', ${x}, ${y})`, whole(months / 3)],
        [`date_add('day', ${n}, ${x})`, dateText(a + n)],
        [`date_add('month', ${n}, ${x})`, dateText(joda.addMonths(a, n))],
        [`${x} + INTERVAL '${Math.abs(n)}' MONTH`, dateText(joda.addMonths(a, Math.abs(n)))],
        [`day_of_week(${x})`, whole(((((a + 3) % 7) + 7) % 7) + 1)],
      ];
    });
  });

  it('for parts of texts, counted from either end', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ',', 'é', '😀', "'"), maxLength: 8 });
    const place = fc.integer({ min: -10, max: 10 });
    await hold(fc.tuple(text, place, fc.integer({ min: -2, max: 10 })), ([value, start, length]) => {
      const points = [...value];
      const begin = start > 0 ? start - 1 : start < 0 ? points.length + start : -1;
      const cut = begin < 0 ? [] : points.slice(begin);
      const parts = value.split(',');
      const found = [...value].flatMap((c, i) => (c === 'a' ? [i + 1] : []));
      const instance = start > 0 ? found[start - 1] : found.at(start);
      return [
        [`substr(${quoted(value)}, ${start})`, cut.join('')],
        [`substr(${quoted(value)}, ${start}, ${length})`, cut.slice(0, Math.max(0, length)).join('')],
        [`split_part(${quoted(value)}, ',', ${start})`, start < 1 ? null : (parts[start - 1] ?? null)],
        [`strpos(${quoted(value)}, 'a', ${start})`, start === 0 ? null : String(instance ?? 0)],
        [`length(${quoted(value)})`, String(points.length)],
        [`reverse(${quoted(value)})`, points.toReversed().join('')],
      ];
    });
  });

  it('for LIKE with an escape character', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', '%', '_', '#', '\n', '.'), maxLength: 5 });
    await hold(fc.tuple(text, text), ([value, pattern]) => {
      const valid = /^(?:[^#]|#[%_#])*$/.test(pattern);
      const source = pattern.replace(/#(.)|[\s\S]/g, (c, escaped?: string) =>
        escaped !== undefined ? literal(escaped) : c === '%' ? '[^]*' : c === '_' ? '[^]' : literal(c),
      );
      const matches = String(valid && new RegExp(`^${source}$`, 'u').test(value));
      return [[`${quoted(value)} LIKE ${quoted(pattern)} ESCAPE '#'`, valid ? matches : null]];
    });
  });

  it('for parts of arrays, counted from either end', async () => {
    const list = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 });
    const place = fc.integer({ min: -8, max: 8 });
    await hold(fc.tuple(list, place, fc.integer({ min: -1, max: 8 })), ([items, start, size]) => {
      const array = `ARRAY[${items.join(', ')}]`;
      const begin = start > 0 ? start - 1 : items.length + start;
      const cut = begin < 0 ? [] : items.slice(begin, begin + size);
      const text = (values: readonly number[]) => values.join(',');
      return [
        [`array_join(slice(${array}, ${start}, ${size}), ',')`, start === 0 || size < 0 ? null : text(cut)],
        [
          `element_at(${array}, ${start})`,
          start === 0 ? null : (items.at(start > 0 ? start - 1 : start)?.toString() ?? null),
        ],
        [`${array}[${start}]`, start < 1 ? null : (items[start - 1]?.toString() ?? null)],
        [`array_position(${array}, ${size})`, String(items.indexOf(size) + 1)],
        [`array_join(array_distinct(${array}), ',')`, text([...new Set(items)])],
      ];
    });
  });

  it('for JSON that is read and written, its names in order', async () => {
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(null, true, false),
        fc.integer(),
        fc.string({ unit: 'grapheme-ascii', maxLength: 5 }),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.string({ unit: fc.constantFrom('b', 'a', 'é'), maxLength: 3 }), tie('tree'), {
          maxKeys: 3,
          noNullPrototype: true,
        }),
      ),
    }));
    await hold(tree, (value) => [
      [`json_format(json_parse(${quoted(JSON.stringify(value, null, 1))}))`, JSON.stringify(sorted(value))],
    ]);
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, item]) => [name, sorted(item)]));
}
