import { afterAll, describe, expect, it } from 'vitest';
import { RunningEngine } from '../running-engine.js';
import { SAME_ROWS } from './same-rows.js';

const running = new RunningEngine();
afterAll(() => running.close());

/** The rows as CSV, in an order of their own. */
async function rowsOf(sql: string): Promise<readonly string[]> {
  const { text } = await running.query(sql);
  return text.split('\n').slice(1).sort();
}

describe('a query has the rows that a test of Trino says', () => {
  it.each(SAME_ROWS)('%s has those of %s (%s)', async (query, values) => {
    expect(await rowsOf(query)).toEqual(await rowsOf(values));
  });
});
