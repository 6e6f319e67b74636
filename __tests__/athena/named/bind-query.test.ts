import { describe, expect, it } from 'vitest';
import { bindQuery, InvalidStatementError } from '../../../athena/index.js';
import { parseParameter } from '../../../athena/named/parameter-text.js';
import { type ParameterType, parseNamedQuery } from '../../../queries/index.js';

const query = parseNamedQuery(
  'q',
  `-- What it answers.
-- @param status varchar  A status.
-- @param since timestamp  A time.
-- @param least bigint  A number.
-- @param hours hours  When.
SELECT '/* status */', a /* of no parameter */ FROM t
WHERE status = /* status */ 'Active' AND at >= /*since*/ TIMESTAMP '2000-01-01 00:00:00'
  AND n > /* least */ -1 AND (/* hours */ true)`,
);

describe('a named query', () => {
  it('runs as it stands where nothing is given', () => {
    expect(bindQuery(query, {}).toStatement()).toEqual({ text: query.sql, parameters: [] });
  });

  it('has a value in the place of what stands behind the name of its parameter', () => {
    const hours = { from: new Date('2026-02-04T10:00Z'), to: new Date('2026-02-04T11:00Z') };
    const values = { status: "x' OR 'a", since: new Date('2026-01-01T00:00Z'), least: 5n, hours };
    expect(bindQuery(query, values).toStatement()).toEqual({
      text: `SELECT '/* status */', a /* of no parameter */ FROM t
WHERE status = /* status */ ? AND at >= /*since*/ ?
  AND n > /* least */ ? AND (/* hours */ (year = '2026' AND month = '02' AND day = '04' AND hour = '10'))`,
      parameters: ["'x'' OR ''a'", "TIMESTAMP '2026-01-01 00:00:00.000'", '5'],
    });
  });

  it('refuses a parameter that it does not have, and a range where a value belongs', () => {
    expect(() => bindQuery(query, { nix: 1 })).toThrow(
      'has no parameter "nix"; it has status, since, least, hours',
    );
    expect(() => bindQuery(query, { hours: 'x' })).toThrow('parameter "hours" is of type hours');
    const range = { from: new Date(0), to: new Date(1) };
    expect(() => bindQuery(query, { status: range })).toThrow('parameter "status" is of type varchar');
  });

  it('refuses a value where no literal stands that it could take the place of', () => {
    const odd = parseNamedQuery('odd', '-- Odd.\n-- @param n bigint  A number.\nSELECT a + /* n */ b FROM t');
    expect(() => bindQuery(odd, { n: 1n })).toThrow(InvalidStatementError);
  });
});

describe('a parameter as it is typed', () => {
  const now = Date.parse('2026-02-04T12:00:00Z');

  it.each<[ParameterType, string, unknown]>([
    ['varchar', "it's", "it's"],
    ['varchar', '', ''],
    ['bigint', '-42', -42n],
    ['double', '1.5e3', 1_500],
    ['boolean', 'false', false],
    ['timestamp', '2h', new Date('2026-02-04T10:00:00Z')],
    ['timestamp', '2026-02-04T10:15', new Date('2026-02-04T10:15:00Z')],
    ['hours', '2h..', { from: new Date('2026-02-04T10:00:00Z'), to: new Date(now) }],
    ['hours', '2026-02-01..2026-02-02', { from: new Date('2026-02-01'), to: new Date('2026-02-02') }],
    ['date', '2026-02-04', { type: 'DATE', text: '2026-02-04' }],
    ['decimal', '1.10', { type: 'DECIMAL', text: '1.10' }],
  ])('of type %s, "%s", is read', (type, text, value) => {
    expect(parseParameter(type, text, now)).toEqual(value);
  });

  it.each<[ParameterType, string]>([
    ['bigint', '1.5'],
    ['bigint', ''],
    ['double', 'many'],
    ['decimal', '1e5'],
    ['boolean', 'yes'],
    ['date', '4.2.2026'],
    ['timestamp', 'yesterday'],
    ['hours', 'now..2h'],
    ['hours', '3h..2h..1h'],
  ])('of type %s is not "%s", and says what is', (type, text) => {
    expect(() => parseParameter(type, text, now)).toThrow(`"${text}" is no ${type}: it must be`);
  });
});
