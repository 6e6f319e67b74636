import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { readPattern, refusal } from '../../../../local/engine/sql/natives/joni-pattern.js';
import { RunningEngine } from '../running-engine.js';

const running = new RunningEngine();
afterAll(() => running.close());

/** Patterns of which JavaScript and Joni think alike: what repeats a group that may match nothing is not among them. */
const { pattern } = fc.letrec<{ pattern: string; branch: string; item: string }>((tie) => ({
  pattern: fc.oneof(
    { weight: 3, arbitrary: tie('branch') },
    joined(fc.tuple(tie('branch'), tie('branch')), '|'),
  ),
  branch: joined(fc.array(tie('item'), { minLength: 1, maxLength: 3 }), ''),
  item: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('', '^', '$', '\\b'),
    joined(
      fc.tuple(fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '\\s', '-', '💰'), quantifier()),
      '',
    ),
    tie('pattern').map((inner) => `(${inner})`),
    fc.tuple(tie('pattern'), quantifier()).map(([inner, q]) => {
      const plain = inner.replace(/\((?!\?)/g, '(?:');
      return `(?:${plain})${readPattern(plain).empty ? '' : q}`;
    }),
  ),
}));

function quantifier(): fc.Arbitrary<string> {
  return fc.constantFrom('', '', '?', '*', '+', '??', '*?', '+?', '{0,2}', '{2}', '{1,}');
}

function joined(parts: fc.Arbitrary<readonly string[]>, by: string): fc.Arbitrary<string> {
  return parts.map((list) => list.join(by));
}

const text = joined(fc.array(fc.constantFrom('a', 'b', ' ', '-', '💰'), { maxLength: 6 }), '');

type Case = readonly [sql: string, answer: string | null];

/** What is not refused, with the answers that JavaScript's matches give. */
function cases(written: string, subject: string): Case[] {
  const known = readPattern(written);
  const matches = [...subject.matchAll(new RegExp(written, 'gu'))];
  const ends = [0, ...matches.map((match) => match.index + match[0].length)];
  const starts = [...matches.map((match) => match.index), subject.length];
  const parts = starts.map((start, i) => subject.slice(ends[i], start));
  const group = known.groups.length - 1;
  const call = (name: string, ...rest: string[]) =>
    `${name}(${[quoted(subject), quoted(written), ...rest].join(', ')})`;
  const shown = (list: string) => `array_join(transform(${list}, v -> '<' || v || '>'), ',', 'none')`;
  const list = (values: readonly (string | undefined)[]) =>
    values.map((value) => (value === undefined ? 'none' : `<${value}>`)).join(',');
  const replaced = (by: (match: RegExpExecArray) => string) =>
    parts.map((part, i) => part + (matches[i] ? by(matches[i]) : '')).join('');
  const all = [
    ['any', call('regexp_like'), String(matches.length > 0)],
    ['first', call('regexp_extract', String(group)), matches[0]?.[group] ?? null],
    ['first', call('regexp_replace'), replaced(() => '')],
    ['matches', call('regexp_count'), String(matches.length)],
    ['matches', shown(call('regexp_extract_all', String(group))), list(matches.map((match) => match[group]))],
    ['parts', shown(call('regexp_split')), list(parts)],
    ['parts', call('regexp_replace', `x -> 'Y'`), replaced(() => 'Y')],
    [
      'replace',
      call('regexp_replace', quoted(`<$${group}>`)),
      replaced((match) => `<${match[group] ?? ''}>`),
    ],
  ] as const;
  return all.flatMap(([search, sql, answer]) =>
    refusal(known, search, true) ? [] : [[sql, answer] as const],
  );
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

it('finds, splits and replaces as an engine that tracks back does', async () => {
  const lists = fc.array(fc.tuple(pattern, text), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(lists, async (list) => {
      const all = list.flatMap(([written, subject]) => cases(written, subject));
      const rows = all.map(([sql], i) => `(${i}, CAST(${sql} AS varchar))`);
      const { text: csv } = await running.query(
        `SELECT * FROM (VALUES ${rows.join(', ')}) AS t(i, a) ORDER BY i`,
      );
      const found = [...csv.matchAll(/^"\d+",("(?:[^"]|"")*")?$/gm)].map(
        ([, value]) => value?.slice(1, -1) ?? null,
      );
      expect(all.map(([sql], i) => [sql, found[i]])).toEqual(all);
    }),
    { numRuns: 20 },
  );
});
