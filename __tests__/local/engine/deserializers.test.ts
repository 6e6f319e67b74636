import { afterAll, describe, expect, it } from 'vitest';
import type { Deserializer } from '../../../local/engine/conversion.js';
import type { EngineColumn } from '../../../local/engine/engine.js';
import { columns, OPENX, RunningEngine, readParquet } from './running-engine.js';

const running = new RunningEngine();
afterAll(() => running.close());

const HIVE: Deserializer = { kind: 'hive', timestampFormats: [] };

/** What a cell becomes that does not convert. */
const FAILS = 'DataFormatConversion.MalformedData';
const PARSE_ERROR = 'DataFormatConversion.ParseError';

/** The first column's value of the row made from a record, or why there is none. */
async function row(list: string, record: string, deserializer: Deserializer): Promise<unknown> {
  return rowOf(columns(list), record, deserializer);
}

async function rowOf(table: readonly EngineColumn[], record: string, deserializer: Deserializer) {
  const { failures, parquetPath } = await running.convert(table, [record], { deserializer });
  if (failures[0]) return failures[0].code;
  return (await readParquet(parquetPath)).rows[0]?.[0];
}

const SECOND = '2026-02-04 21:35:54';

// facts/firehose.md, "What a record must look like": each row of its table, and what goes with it.
const matrix: readonly [what: string, type: string, json: string, openX: unknown, hive: unknown][] = [
  ['a number', 'int', '20', 20, 20],
  ['"20" into int', 'int', '"20"', 20, FAILS],
  ['"20" into tinyint', 'tinyint', '"20"', 20, FAILS],
  ['"20" into smallint', 'smallint', '"20"', 20, FAILS],
  ['"20" into bigint', 'bigint', '"20"', '20', FAILS],
  ['"20" into float', 'float', '"20"', 20, FAILS],
  ['"20" into double', 'double', '"20"', 20, FAILS],
  ['"NaN" into double', 'double', '"NaN"', 'NaN', FAILS],
  ['"-Infinity" into float', 'float', '"-Infinity"', '-Infinity', FAILS],
  ['"oops" into int', 'int', '"oops"', FAILS, FAILS],
  ['"oops" into double', 'double', '"oops"', FAILS, FAILS],
  ['"oops" into decimal', 'decimal(5,2)', '"oops"', FAILS, FAILS],
  ['an empty string into int', 'int', '""', FAILS, FAILS],
  ['a number into string', 'string', '1.10', '1.10', '1.10'],
  ['a huge number into string', 'string', '1e99999', '1e99999', '1e99999'],
  ['a huge number into double', 'double', '1e99999', FAILS, FAILS],
  ['a huge number into decimal', 'decimal(38,0)', '9'.repeat(50_000), FAILS, FAILS],
  ['a huge number into bigint', 'bigint', '1e300', FAILS, FAILS],
  ['a boolean into string', 'string', 'true', 'true', 'true'],
  ['a boolean into int', 'int', 'true', FAILS, FAILS],
  ['a boolean in a string', 'boolean', '"TRUE"', true, true],
  ['a number into boolean', 'boolean', '1', FAILS, FAILS],
  ['an object into string', 'string', '{"A":{"Bc":"X"}}', '{"a":{"bc":"X"}}', FAILS],
  ['an array into string', 'string', '[{"A":1}, 2]', '[{"a":1},2]', FAILS],
  ['an object into int', 'int', '{}', FAILS, FAILS],
  ['a scalar into array', 'array<int>', '7', [7], FAILS],
  ['an object into array', 'array<struct<a:int>>', '{"a":1}', [{ a: 1 }], FAILS],
  ['an array into array', 'array<int>', '[1,null,3]', [1, null, 3], [1, null, 3]],
  ['an empty array', 'array<int>', '[]', [], []],
  ['an array with a misfit', 'array<int>', '[1,{}]', FAILS, FAILS],
  ['an array into struct', 'struct<a:int,b:string>', '[5,"x",9]', { a: 5, b: 'x' }, FAILS],
  ['a short array into struct', 'struct<a:int,b:string>', '[5]', { a: 5, b: null }, FAILS],
  ['a scalar into struct', 'struct<a:int>', '5', FAILS, FAILS],
  ['a string into struct', 'struct<a:int>', '"x"', FAILS, FAILS],
  ['{} into struct', 'struct<a:int,b:string>', '{}', { a: null, b: null }, { a: null, b: null }],
  ['names of fields in any case', 'struct<ab:int>', '{"AB":1,"other":2}', { ab: 1 }, { ab: 1 }],
  ['map keys', 'map<string,int>', '{"Ab":1}', [{ key: 'ab', value: 1 }], [{ key: 'Ab', value: 1 }]],
  ['numeric map keys', 'map<int,string>', '{"7":"x"}', [{ key: 7, value: 'x' }], [{ key: 7, value: 'x' }]],
  ['map keys that are no numbers', 'map<int,string>', '{"x":"x"}', FAILS, FAILS],
  ['an array into map', 'map<string,int>', '[1]', FAILS, FAILS],
  ['a scalar into map', 'map<string,int>', '1', FAILS, FAILS],
  ['a timestamp by ISO 8601', 'timestamp', '"2026-02-04T21:35:54Z"', SECOND, FAILS],
  ['a timestamp with a space', 'timestamp', '"2026-02-04 21:35:54.25"', `${SECOND}.25`, `${SECOND}.25`],
  ['a timestamp with an offset', 'timestamp', '"2026-02-04T21:35:54+00:00"', FAILS, FAILS],
  ['an epoch number', 'timestamp', '1770240954', SECOND, FAILS],
  ['an epoch number in a string', 'timestamp', '"1770240954"', SECOND, FAILS],
  ['an epoch number with a fraction', 'timestamp', '1770240954.25', `${SECOND}.25`, FAILS],
  ['a date', 'date', '"2026-02-04"', '2026-02-04', '2026-02-04'],
  ['a time where a date belongs', 'date', '"2026-02-04 00:00:00"', FAILS, FAILS],
  ['a decimal', 'decimal(5,2)', '-123.40', '-123.40', '-123.40'],
  ['a decimal in a string', 'decimal(5,2)', '"1.5"', '1.50', '1.50'],
  ['more digits than the scale', 'decimal(5,2)', '1.555', FAILS, FAILS],
  ['more zeros than the scale', 'decimal(5,2)', '1.5500', '1.55', '1.55'],
  ['more digits than the precision', 'decimal(5,2)', '1000', FAILS, FAILS],
  ['as many digits as the precision', 'decimal(5,2)', '999.99', '999.99', '999.99'],
  ['a fraction into int', 'int', '1.5', FAILS, FAILS],
  ['null', 'struct<a:int>', 'null', null, null],
];

const SERDES = [
  ['OpenX', OPENX, 3],
  ['Hive', HIVE, 4],
] as const;

describe.each(SERDES)('by the %s JSON SerDe', (_, deserializer, at) => {
  it.each(matrix)('%s', async (...cells) => {
    const [, type, json] = cells;
    const expected = cells[at];
    const isFailure = expected === FAILS;
    expect(await row(`x ${type}, y int`, `{"x":${json}}`, deserializer)).toEqual(expected);
    expect(await row(`x struct<v:${type}>`, `{"x":{"v":${json}}}`, deserializer), 'in a struct').toEqual(
      isFailure ? FAILS : { v: expected },
    );
    expect(
      await row(`x array<map<string,${type}>>`, `{"x":[{"k":${json}}]}`, deserializer),
      'in a map in an array',
    ).toEqual(isFailure ? FAILS : [[{ key: 'k', value: expected }]]);
  });

  it.each([
    ['tinyint', '-128', '127', -128, 127],
    ['smallint', '-32768', '32767', -32768, 32767],
    ['int', '-2147483648', '2147483647', -2147483648, 2147483647],
    ['bigint', '-9223372036854775808', '9223372036854775807', '-9223372036854775808', '9223372036854775807'],
  ])('%s has its range', async (type, least, most, first, last) => {
    const beyond = (text: string) => String(BigInt(text) + (text.startsWith('-') ? -1n : 1n));
    const [low, high, lower, higher] = await Promise.all(
      [least, most, beyond(least), beyond(most)].map((text) =>
        row(`x ${type}`, `{"x":${text}}`, deserializer),
      ),
    );
    expect([low, high, lower, higher]).toEqual([first, last, FAILS, FAILS]);
  });

  it('reads escapes, and replaces half of a surrogate pair', async () => {
    const record = '{"\\u0078":"\\u0041\\/\\t\\ud83d\\ude00\\ud83d"}';
    expect(await row('x string', record, deserializer)).toBe('A/\t😀\ufffd');
  });

  it('reads several objects in a record, and none in an empty one', async () => {
    const { failures, rows } = await running.convert(
      columns('x int'),
      ['{"x":1}{"x":2}\n{"X":3}', ' \r\n\t'],
      { deserializer },
    );
    const message = 'The record was empty or contained only whitespace.';
    expect({ failures, rows }).toEqual({ failures: [{ record: 1, code: FAILS, message }], rows: 3 });
  });

  it('takes arrays in arrays, but not without end', async () => {
    const depth = 12;
    const type = `${'array<'.repeat(depth)}int${'>'.repeat(depth)}`;
    const nested = (levels: number) => `{"x":${'['.repeat(levels)}1${']'.repeat(levels)}}`;
    const value = await rowOf([{ name: 'x', type }], nested(depth), deserializer);
    expect(JSON.stringify({ x: value })).toBe(nested(depth));
    expect(await row('x string', nested(5_000), deserializer)).toBe(PARSE_ERROR);
  });
});

describe('a name twice in an object', () => {
  it.each([
    ['int', '{"x":1,"X":2}', 2],
    ['struct<a:int>', '{"x":{"a":1,"a":2}}', { a: 2 }],
    ['map<string,int>', '{"x":{"a":1,"a":2}}', [{ key: 'a', value: 2 }]],
  ])('is no JSON to OpenX, and to Hive the last counts: %s', async (type, record, last) => {
    expect(await row(`x ${type}`, record, OPENX)).toBe(PARSE_ERROR);
    expect(await row(`x ${type}`, record, HIVE)).toEqual(last);
  });

  it('is no JSON to OpenX even within JSON that is kept as text', async () => {
    expect(await row('x string', '{"x":{"a":1,"A":2}}', OPENX)).toBe(PARSE_ERROR);
  });
});

describe('the options of the OpenX JSON SerDe', () => {
  const withCase: Deserializer = { ...OPENX, isCaseInsensitive: false };
  const dotted: Deserializer = { ...OPENX, dotsToUnderscores: true };
  const namesByColumn = { ts: 'TimeStamp', user_id: 'user.id' };
  const mapped: Deserializer = { ...OPENX, namesByColumn };
  const mappedWithCase: Deserializer = { ...mapped, isCaseInsensitive: false };

  it.each<[string, Deserializer, string, string, unknown]>([
    ['case counts', withCase, 'x int', '{"X":1}', null],
    ['case counts, and the name itself matches', withCase, 'x int', '{"X":1,"x":2}', 2],
    ['case counts in structs', withCase, 'x struct<a:int>', '{"x":{"A":1,"a":2}}', { a: 2 }],
    ['case stays in map keys', withCase, 'x map<string,int>', '{"x":{"A":1}}', [{ key: 'A', value: 1 }]],
    ['case stays in text', withCase, 'x string', '{"x":{"A":1}}', '{"A":1}'],
    ['a dot is a dot', OPENX, 'a_b int', '{"a.b":1}', null],
    ['dots are underscores', dotted, 'a_b int', '{"a.B":1}', 1],
    ['dots are underscores in structs', dotted, 'x struct<a_b:int>', '{"x":{"a.b":1}}', { a_b: 1 }],
    ['dots stay in map keys', dotted, 'x map<string,int>', '{"x":{"a.b":1}}', [{ key: 'a.b', value: 1 }]],
    ['a name stands for another', mapped, 'ts int', '{"timestamp":1}', 1],
    ["a column's own name does not count then", mapped, 'ts int', '{"ts":1}', null],
    ['a name with a dot stands for another', mapped, 'user_id int', '{"user.id":1}', 1],
    ['names with case', mappedWithCase, 'ts int', '{"TimeStamp":1}', 1],
    ['names in another case', mappedWithCase, 'ts int', '{"timestamp":1}', null],
  ])('%s', async (_, deserializer, list, record, expected) => {
    expect(await row(list, record, deserializer)).toEqual(expected);
  });

  it('one name can stand for several columns', async () => {
    const both: Deserializer = { ...OPENX, namesByColumn: { ts: 'at', other: 'at' } };
    const list = 'ts int, at int, other string';
    const { parquetPath } = await running.convert(columns(list), ['{"AT":7}'], { deserializer: both });
    expect((await readParquet(parquetPath)).rows).toEqual([[7, 7, '7']]);
  });

  it('dots that make two names one make it no JSON', async () => {
    expect(await row('a_b int', '{"a.b":1,"a_b":2}', dotted)).toBe(PARSE_ERROR);
  });
});

describe('the timestamp formats of the Hive JSON SerDe', () => {
  const formats: Deserializer = { kind: 'hive', timestampFormats: ["yyyy-MM-dd'T'HH:mm:ssZ", 'millis'] };

  it.each([
    ['"2026-02-04T22:35:54+0100"', SECOND],
    ['1770240954250', `${SECOND}.25`],
    ['"1770240954250"', `${SECOND}.25`],
    // Only what is configured.
    ['"2026-02-04 21:35:54"', FAILS],
    ['true', FAILS],
  ])('read %s', async (json, expected) => {
    expect(await row('x timestamp', `{"x":${json}}`, formats)).toBe(expected);
    const nested = expected === FAILS ? FAILS : [expected];
    expect(await row('x array<timestamp>', `{"x":[${json}]}`, formats)).toEqual(nested);
  });

  it('that are not supported are a fault that names them', async () => {
    const unknown: Deserializer = { kind: 'hive', timestampFormats: ['yy-DDD'] };
    await expect(row('x timestamp', '{}', unknown)).rejects.toThrow('"yy-DDD" is not supported');
  });
});
