import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDate, toValue } from '../../../athena/index.js';

describe('a value', () => {
  it.each([
    ['boolean', 'true', true],
    ['tinyint', '-128', -128],
    ['smallint', '7', 7],
    ['integer', '42', 42],
    ['bigint', '9223372036854775807', 9_223_372_036_854_775_807n],
    ['float', '1.5', 1.5],
    ['double', '1.0E10', 1e10],
    ['double', 'NaN', Number.NaN],
    ['double', '-Infinity', Number.NEGATIVE_INFINITY],
    ['decimal', '1.10', '1.10'],
    ['date', '2026-02-04', '2026-02-04'],
    ['timestamp', '2026-02-04 21:35:54.759', '2026-02-04 21:35:54.759'],
    [
      'timestamp with time zone',
      '2026-02-04 21:35:54.759 Europe/Paris',
      '2026-02-04 21:35:54.759 Europe/Paris',
    ],
    ['varchar', '', ''],
    ['varchar', '42', '42'],
    ['char', 'a  ', 'a  '],
    ['time', '10:11:12.345', '10:11:12.345'],
    ['varbinary', '61 62', new Uint8Array([0x61, 0x62])],
    ['varbinary', '', new Uint8Array()],
    ['json', '{"a":[1,null]}', { a: [1, null] }],
    ['json', 'null', null],
    ['array', '[1, 2]', '[1, 2]'],
    ['map', '{k=v}', '{k=v}'],
    ['row', '{a=1, b=x}', '{a=1, b=x}'],
  ])('of type %s, "%s", is read', (type, text, value) => {
    expect(toValue(text, type)).toEqual(value);
  });

  it.each([
    ['{"id":9007199254740993}', { id: 9_007_199_254_740_993n }],
    ['[-9007199254740992, 9007199254740991]', [-9_007_199_254_740_992n, 9_007_199_254_740_991]],
    ['12345678901234567890', 12_345_678_901_234_567_890n],
    ['[0.12345678901234567891,0.10000000000000001]', ['0.12345678901234567891', '0.10000000000000001']],
    ['[1E400,-1e-400,12345678901234567.5]', ['1E400', '-1e-400', '12345678901234567.5']],
    ['[4.9E-324,8.409999999999999E21,1.0E100]', [4.9e-324, 8.41e21, 1e100]],
    ['[0.30000000000000004,1.50000000000000000,0.0E200]', [0.1 + 0.2, 1.5, 0]],
    [
      String.raw`{"9007199254740993":"9007199254740993","a\\":"\\\"9007199254740993","b":9007199254740993}`,
      {
        '9007199254740993': '9007199254740993',
        'a\\': String.raw`\"9007199254740993`,
        b: 9_007_199_254_740_993n,
      },
    ],
    ['{"a":9007199254740993', '{"a":9007199254740993'],
  ])('of JSON loses no digit: %s', (text, value) => {
    expect(toValue(text, 'json')).toEqual(value);
  });

  it('of JSON is what JSON.parse gives beside a number that has to be kept apart', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.bigInt({ min: 2n ** 53n }), (value, large) => {
        const text = JSON.stringify(value);
        expect(toValue(`[${text},${large}]`, 'json')).toEqual([parsed(text), large]);
      }),
    );
  });

  it('is null for NULL, of every type', () => {
    for (const type of ['varchar', 'bigint', 'json', 'varbinary', 'unheard of'])
      expect(toValue(null, type)).toBeNull();
  });

  it.each([
    ['boolean', 'TRUE'],
    ['integer', ''],
    ['integer', '12a'],
    ['integer', '1.5'],
    ['bigint', ' 1'],
    ['bigint', '0x1f'],
    ['double', ''],
    ['double', 'constructor'],
    ['double', '1_000'],
    ['varbinary', '6'],
    ['varbinary', '6162'],
    ['json', '{a'],
    ['constructor', 'x'],
  ])('keeps a text that is not what its type promises: %s, "%s"', (type, text) => {
    expect(toValue(text, type)).toBe(text);
  });

  it.each([
    ['array(bigint)', '[1, null, -3]', [1n, null, -3n]],
    ['array<int>', '[]', []],
    ['array(array(double))', '[[1.0, NaN], []]', [[1, Number.NaN], []]],
    [
      'map(integer, boolean)',
      '{1=true, 2=null}',
      new Map([
        [1, true],
        [2, null],
      ]),
    ],
    ['row(a integer, b decimal(10,2))', '{a=1, b=1.10}', { a: 1, b: '1.10' }],
    [
      'struct<a:date,b:array<timestamp>>',
      '{a=2026-01-01, b=[2026-01-01 00:00:00.000]}',
      { a: '2026-01-01', b: ['2026-01-01 00:00:00.000'] },
    ],
  ])('of the whole type %s, "%s", is read', (type, text, value) => {
    expect(toValue(text, type)).toEqual(value);
  });

  it.each([
    ['array(varchar)', '[a, b]'],
    ['map(varchar, bigint)', '{a=1, b=2}'],
    ['row(a integer, b varchar)', '{a=1, b=x}'],
    ['array(bigint)', '[1, x]'],
    ['array(bigint)', '[1,2]'],
    ['row(a integer)', '{b=1}'],
    ['row(a integer, b integer)', '{a=1}'],
    ['array(bigint', '[1]'],
    ['array(unheard_of)', '[1]'],
  ])('keeps the text of %s where it is not certain: "%s"', (type, text) => {
    expect(toValue(text, type)).toBe(text);
  });

  it('comes back from its text: nested numbers', () => {
    const text = (value: unknown): string =>
      Array.isArray(value) ? `[${value.map(text).join(', ')}]` : String(value);
    fc.assert(
      fc.property(fc.array(fc.array(fc.option(fc.bigInt()))), (value) => {
        expect(toValue(text(value), 'array(array(bigint))')).toEqual(value);
      }),
    );
  });

  it.each([
    ['2026-02-04 21:35:54.759', '2026-02-04T21:35:54.759Z'],
    ['2026-02-04 21:35:54', '2026-02-04T21:35:54.000Z'],
    ['2026-02-04 21:35:54.759123 UTC', '2026-02-04T21:35:54.759Z'],
    ['2026-02-04', '2026-02-04T00:00:00.000Z'],
  ])('%s is a moment in UTC', (text, iso) => {
    expect(toDate(text)?.toISOString()).toBe(iso);
  });

  it.each(['2026-02-30', '2026-02-04 21:35:54 Europe/Paris', '', 'x', '2026-02-04T21:35:54Z'])(
    '%j is none',
    (text) => {
      expect(toDate(text)).toBeUndefined();
    },
  );

  it('comes back from its text: whole numbers', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        expect(toValue(String(value), 'bigint')).toBe(value);
      }),
    );
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(toValue(String(value), 'integer')).toBe(value);
      }),
    );
  });

  it('comes back from its text: floating point, JSON, bytes, any text', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(toValue(Object.is(value, -0) ? '-0.0' : String(value).replace('e', 'E'), 'double')).toBe(
          value,
        );
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(toValue(text, 'json')).toEqual(parsed(text));
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
        expect(toValue(text, 'varbinary')).toEqual(bytes);
      }),
    );
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('varchar', 'char', 'decimal', 'array', 'timestamp'),
        (text, type) => {
          expect(toValue(text, type)).toBe(text);
        },
      ),
    );
  });
});

/** What JSON.parse gives, but for whole numbers that are not safe, which are bigints. */
const parsed = (text: string): unknown =>
  JSON.parse(text, (_, value: unknown) => {
    const isUnsafe = Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(String(value));
    return isUnsafe ? BigInt(String(value)) : value;
  });
