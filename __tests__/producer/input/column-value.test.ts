import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HiveType } from '../../../datasets/index.js';
import { parseHiveType } from '../../../local/engine/hive-type.js';
import { deserializerRules } from '../../../local/engine/json/deserializer-rules.js';
import { valueText } from '../../../local/engine/json/row-writer.js';
import { LineCheck } from '../../../producer/input/line-check.js';

/** Whether an event with a value, given as JSON, passes for a column of a type. */
function fits(type: HiveType, json: string): boolean {
  const check = new LineCheck({
    name: 'typed',
    comment: 'One column of a type.',
    columns: {
      id: { type: 'string', comment: 'Identity.' },
      value: { type, comment: 'Of the type.' },
    },
    identity: 'id',
    time: 'value',
    partitionKey: 'id',
  });
  const checked = check.check(Buffer.from(`{"id":"a","value":${json}}`));
  if (checked.kind === 'refusal') expect(['WrongType', 'TimeInvalid']).toContain(checked.code);
  return checked.kind === 'event';
}

const OPENX = deserializerRules({
  kind: 'openx',
  isCaseInsensitive: true,
  dotsToUnderscores: false,
  namesByColumn: {},
});

/** Whether the local Firehose converts it, which has the rules of the real one. */
function converts(type: HiveType, json: string): boolean {
  const bytes = Buffer.from(json);
  return json === 'null' || valueText(parseHiveType(type), bytes, 0, bytes.length, OPENX) !== undefined;
}

const scalar = fc.constantFrom<HiveType>(
  'string',
  'boolean',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'float',
  'double',
  'date',
  'timestamp',
  'decimal(5,2)',
  'decimal(38,10)',
  'decimal(3,3)',
);
const anyType = fc.oneof(
  scalar,
  scalar.map((type) => `array<${type}>` as HiveType),
);
const number = fc.oneof(
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
  fc.integer({ min: -200, max: 200 }).map(String),
  fc.constantFrom(
    '9223372036854775807',
    '9223372036854775808',
    '-9223372036854775808',
    '1e3',
    '1.0',
    '-0',
    '1e400',
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.tuple(fc.integer(), fc.nat(99_999)).map(([whole, fraction]) => `${whole}.${fraction}`),
);
const two = fc.integer({ min: 0, max: 70 }).map((value) => String(value).padStart(2, '0'));
const time = fc
  .tuple(fc.integer({ min: 1_000, max: 9_999 }), two, two, fc.constantFrom('T', ' '), two, two, two)
  .chain(([year, month, day, separator, hour, minute, second]) =>
    fc
      .constantFrom('', 'Z', '.123Z', '.123456789', '+01:00', '.1234567890Z')
      .map((end) => `${year}-${month}-${day}${separator}${hour}:${minute}:${second}${end}`),
  );
const likely = fc
  .date({ min: new Date('1600-01-01'), max: new Date('9999-01-01'), noInvalidDate: true })
  .chain((date) =>
    fc.constantFrom(
      date.toISOString(),
      date.toISOString().slice(0, 10),
      date.toISOString().replace(/[TZ]/g, ' ').trim(),
    ),
  );
const text = fc.oneof(
  fc.constantFrom(
    'true',
    'FALSE',
    'yes',
    '',
    ' ',
    'NaN',
    '-Infinity',
    '2026-2-3',
    '2026-02-30',
    '2024-2-29',
    '1.',
    '.5',
  ),
  number,
  time,
  likely,
  fc.string(),
);
const value = fc.oneof(
  number,
  text.map((each) => JSON.stringify(each)),
  fc.constantFrom('true', 'false', 'null'),
);
const anyJson = fc.oneof(
  value,
  fc.array(value).map((items) => `[${items.join(',')}]`),
  fc.constantFrom('{}', '{"a":1}', '[[]]', '[[1]]', '[{}]'),
);

describe('a value fits a column', () => {
  it('if Firehose converts it', () => {
    fc.assert(
      fc.property(anyType, anyJson, (type, json) => {
        expect([type, json, fits(type, json)]).toEqual([type, json, converts(type, json)]);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each<[HiveType, string, boolean]>([
    ['int', '"20"', true],
    ['int', '"oops"', false],
    ['int', '1.5', false],
    ['tinyint', '128', false],
    ['bigint', '9223372036854775807', true],
    ['bigint', '9223372036854775808', false],
    ['decimal(20,19)', '1.2345678901234567891', true],
    ['decimal(20,18)', '1.2345678901234567891', false],
    ['string', '{"A":1}', true],
    ['timestamp', '"2026-01-01T00:00:00Z"', true],
    ['timestamp', '"2026-01-01T00:00:00+01:00"', false],
    ['timestamp', '"2026-02-30T00:00:00Z"', false],
    ['timestamp', '1767225600.5', true],
    ['date', '"2026-1-1"', true],
    ['array<int>', '5', true],
    ['array<int>', '[5,"x"]', false],
    ['boolean', '1', false],
    ['double', 'true', false],
  ])('%s, %s: %s', (type, json, expected) => {
    expect(fits(type, json)).toBe(expected);
  });
});
