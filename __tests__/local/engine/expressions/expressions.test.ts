import { afterAll, describe, expect, it } from 'vitest';
import { RunningEngine } from '../running-engine.js';
import { AGGREGATES } from './aggregates.js';
import { ARRAY_FUNCTIONS } from './array-functions.js';
import { ARRAY_OPERATORS } from './array-operators.js';
import { ARRAYS } from './arrays.js';
import { BINARY } from './binary.js';
import { CASTS } from './casts.js';
import { CHARS } from './chars.js';
import { CONDITIONALS } from './conditionals.js';
import { DATE_PATTERNS } from './date-patterns.js';
import { DATES } from './dates.js';
import { DECIMALS } from './decimals.js';
import { DIFFERENCES } from './differences.js';
import { FORMATS } from './formats.js';
import { INTERVALS } from './intervals.js';
import { JSON_ROWS } from './json.js';
import { MAP_OPERATORS } from './map-operators.js';
import { MAPS } from './maps.js';
import { MATH } from './math.js';
import { MOMENTS } from './moments.js';
import { QUERIES } from './queries.js';
import { REFUSED } from './refused.js';
import { REGEXPS } from './regexps.js';
import type { Row } from './table.js';
import { TEXTS } from './texts.js';
import { TIMES } from './times.js';
import { URLS } from './urls.js';
import { WINDOWS } from './windows.js';

const TABLES: Readonly<Record<string, readonly Row[]>> = {
  'differences from DuckDB': DIFFERENCES,
  conditionals: CONDITIONALS,
  casts: CASTS,
  mathematics: MATH,
  decimals: DECIMALS,
  texts: TEXTS,
  'texts of a fixed length': CHARS,
  formats: FORMATS,
  'regular expressions': REGEXPS,
  URLs: URLS,
  binaries: BINARY,
  JSON: JSON_ROWS,
  'dates and times': DATES,
  'patterns of dates': DATE_PATTERNS,
  'dates, timestamps and zones': MOMENTS,
  'times of day': TIMES,
  intervals: INTERVALS,
  arrays: ARRAYS,
  'operators of arrays': ARRAY_OPERATORS,
  'functions of arrays': ARRAY_FUNCTIONS,
  maps: MAPS,
  'operators of maps and rows': MAP_OPERATORS,
  aggregates: AGGREGATES,
  windows: WINDOWS,
  queries: QUERIES,
  'what is refused': REFUSED,
};

const running = new RunningEngine();
afterAll(() => running.close());

for (const [name, rows] of Object.entries(TABLES)) {
  describe(name, () => {
    it.each(rows)('%s is %s (%s)', async (sql, answer) => {
      expect(await answerTo(/^(?:SELECT|WITH|VALUES)\b/.test(sql) ? sql : `SELECT ${sql}`)).toBe(answer);
    });
  });
}

it('are more than four hundred', () => {
  expect(Object.values(TABLES).flat().length).toBeGreaterThan(400);
});

/** The rows of a result; lines and values in them apart as they stand, but for one value, which is unquoted. */
async function answerTo(sql: string): Promise<string | null> {
  try {
    const { text } = await running.query(sql);
    const rows = text.replace(/^.*\n/, '').replace(/\n$/, '');
    if (rows === '') return null;
    const [, only] = /^"((?:[^"]|"")*)"$/s.exec(rows) ?? [];
    return only === undefined ? rows.replaceAll('\n', ' | ') : only.replaceAll('""', '"');
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return code === undefined ? message : `! ${code}`;
  }
}
