import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { convert } from '../../../local/engine/convert.js';
import { withConnection } from '../../../local/engine/database.js';
import { conversionObstacle } from '../../../local/engine/hive-type.js';
import { columns, OPENX, RunningEngine, readParquet } from './running-engine.js';

const running = new RunningEngine();
afterAll(() => running.close());

const PARSE_ERROR = 'DataFormatConversion.ParseError';
const MALFORMED = 'DataFormatConversion.MalformedData';

/** The only value of a column made from one JSON value. */
async function converted(type: string, json: string) {
  const { failures, parquetPath } = await running.convert(columns(`x ${type}, y int`), [
    `{"x":${json},"y":1}`,
  ]);
  if (failures[0]) return failures[0].code;
  const { rows } = await readParquet(parquetPath, 'x');
  return rows[0]?.[0];
}

describe('a value into a column', () => {
  it.each([
    ['int', '"20"', 20],
    ['double', '"20"', 20],
    ['int', '"oops"', MALFORMED],
    ['double', '"oops"', MALFORMED],
    ['int', '1.7', MALFORMED],
    ['int', '1.0', 1],
    ['int', '2e3', 2000],
    ['int', 'true', MALFORMED],
    ['int', '{}', MALFORMED],
    ['int', '[1]', MALFORMED],
    ['int', '2147483648', MALFORMED],
    ['int', '-2147483648', -2147483648],
    ['tinyint', '128', MALFORMED],
    ['tinyint', '-128', -128],
    ['smallint', '32768', MALFORMED],
    ['bigint', '9223372036854775807', '9223372036854775807'],
    ['bigint', '9223372036854775808', MALFORMED],
    ['bigint', '"-9007199254740993"', '-9007199254740993'],
    ['float', '1.5', 1.5],
    ['float', '1e39', MALFORMED],
    ['double', '1e400', MALFORMED],
    ['double', '0.1', 0.1],
    ['boolean', 'true', true],
    ['boolean', '"false"', false],
    ['boolean', '1', MALFORMED],
    ['boolean', '"yes"', MALFORMED],
    ['string', '1.10', '1.10'],
    ['string', '12345678901234567890.12', '12345678901234567890.12'],
    ['string', '1e3', '1e3'],
    ['string', 'true', 'true'],
    ['string', '""', ''],
    ['string', '"a\\nb\\u0001\\u0000\\"\\\\é\\ud83d\\ude00"', 'a\nb\u0001\u0000"\\é😀'],
    ['string', '"\\u0002"', '\u0002'],
    ['string', '"\\u00033;"', '\u00033;'],
    ['string', '{ "A" : [ 1.50 , {"Bc": "X y"} ], "d":null }', '{"a":[1.50,{"bc":"X y"}],"d":null}'],
    ['string', '[1, "A"]', '[1,"A"]'],
    ['string', 'null', null],
    ['varchar(3)', '"abc"', 'abc'],
    ['varchar(3)', '"abcd"', MALFORMED],
    ['varchar(3)', '"😀😀😀"', '😀😀😀'],
    ['varchar(3)', '"😀😀😀😀"', MALFORMED],
    ['decimal(10,2)', '1.1', '1.10'],
    ['decimal(10,2)', '"-12.50"', '-12.50'],
    ['decimal(10,2)', '1.555', MALFORMED],
    ['decimal(10,2)', '123456789.1', MALFORMED],
    ['decimal(38,10)', '1234567890123456789012345678.0123456789', '1234567890123456789012345678.0123456789'],
    ['decimal(5,0)', '1.2e4', '12000'],
    ['date', '"2026-02-04"', '2026-02-04'],
    ['date', '"2026-2-4"', '2026-02-04'],
    ['date', '"2026-02-30"', MALFORMED],
    ['date', '20260204', MALFORMED],
    ['timestamp', '"2026-02-04T21:35:54.759Z"', '2026-02-04 21:35:54.759'],
    ['timestamp', '"2026-02-04T21:35:54Z"', '2026-02-04 21:35:54'],
    ['timestamp', '"2024-02-29T21:35:54.123456789Z"', '2024-02-29 21:35:54.123456'],
    ['timestamp', '"2026-02-04T21:35:54+01:00"', MALFORMED],
    ['timestamp', '"2026-02-04T21:35:54"', MALFORMED],
    ['timestamp', '"2026-02-30T21:35:54Z"', MALFORMED],
    ['timestamp', '"2026-02-04T24:00:00Z"', MALFORMED],
    ['timestamp', '"2026-02-04 21:35:54.5"', '2026-02-04 21:35:54.5'],
    ['timestamp', '"2026-2-4 1:2:3"', '2026-02-04 01:02:03'],
    ['timestamp', '1770240954', '2026-02-04 21:35:54'],
    ['timestamp', '1770240954.25', '2026-02-04 21:35:54.25'],
    ['timestamp', '1770240954759', '2026-02-04 21:35:54.759'],
    ['timestamp', '"1770240954759"', '2026-02-04 21:35:54.759'],
    ['timestamp', '999999999999', MALFORMED],
    ['timestamp', '1000000000000', '2001-09-09 01:46:40'],
    ['timestamp', '-1.5', '1969-12-31 23:59:58.5'],
    ['timestamp', 'true', MALFORMED],
    ['array<int>', '[1,"2",null]', [1, 2, null]],
    ['array<int>', '7', [7]],
    ['array<int>', '["x"]', MALFORMED],
    ['array<string>', '["a\\"b", {"K": 1}]', ['a"b', '{"k":1}']],
    ['array<decimal(5,2)>', '[1.5]', ['1.50']],
    ['string', '"\\ud800x"', '\ufffdx'],
    ['array<string>', '["\\ud800", "\\ud83d\\ude00"]', ['\ufffd', '😀']],
    ['map<string,string>', '{"\\ud800":"\\udc00"}', [{ key: '\ufffd', value: '\ufffd' }]],
    ['array<timestamp>', '["2026-02-04T21:35:54.759Z"]', ['2026-02-04 21:35:54.759']],
    ['struct<a:int,b:string>', '{"B":"x","A":1,"c":2}', { a: 1, b: 'x' }],
    ['struct<a:int,b:string>', '[5]', { a: 5, b: null }],
    ['struct<a:int,b:string>', '[5,"x",9]', { a: 5, b: 'x' }],
    ['struct<a:int,b:string>', '{}', { a: null, b: null }],
    ['struct<a:int,b:string>', '5', MALFORMED],
    ['map<string,int>', '{"K":1}', [{ key: 'k', value: 1 }]],
  ])('%s of %s', async (type, json, expected) => {
    expect(await converted(type, json)).toEqual(expected);
  });

  it('has the right Parquet type', async () => {
    const list =
      'a string, b timestamp, c int, d bigint, e decimal(10,2), f double, g boolean, h date, i tinyint';
    const row =
      '{"a":"x","b":"2026-02-04T21:35:54.759Z","c":1,"d":1,"e":1,"f":1,"g":true,"h":"2026-02-04","i":1}';
    const { parquetPath } = await running.convert(columns(`${list}, j array<string>, k float`), [row]);
    const { types } = await readParquet(parquetPath);
    expect(types.join(' ')).toBe(
      'VARCHAR TIMESTAMP INTEGER BIGINT DECIMAL(10,2) DOUBLE BOOLEAN DATE TINYINT VARCHAR[] FLOAT',
    );
  });
});

describe('a record', () => {
  const id = columns('id int, name string');

  it.each([
    ['two objects, one after the other', '{"id":1}{"id":2}', [1, 2]],
    ['objects on lines', '{"id":1}\n\n{"id":2}\n', [1, 2]],
    ['a pretty-printed object', '{\n  "id" : 1 ,\r\n\t"name": "x"\n}', [1]],
    ['names in any case', '{"ID":1}{"Id":2}{"\\u0049d":3}', [1, 2, 3]],
    ['unknown fields', '{"x":{"id":9},"id":1,"y":[{"id":8}]}', [1]],
    ['a missing field', '{}', [null]],
    ['braces and quotes in strings', '{"name":"}{\\"","id":1}', [1]],
  ])('of %s', async (_, record, ids) => {
    const { failures, parquetPath, rows } = await running.convert(id, [record]);
    expect({ failures, rows }).toEqual({ failures: [], rows: ids.length });
    expect((await readParquet(parquetPath, 'id')).rows.flat()).toEqual(ids);
  });

  it.each([
    ['an array', '[{"id":1}]'],
    ['a scalar', '5'],
    ['no JSON', 'oops'],
    ['an object cut short', '{"id":1'],
    ['a string that does not end', '{"name":"x'],
    ['a trailing comma', '{"id":1,}'],
    ['NaN', '{"id":NaN}'],
    ['a number with a leading zero', '{"id":01}'],
    ['a raw newline in a string', '{"name":"a\nb"}'],
    ['a comment', '{"id":1} // x'],
    ['a comma between objects', '{"id":1},{"id":2}'],
    ['a key twice', '{"id":1,"ID":2}'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['a bad object behind a good one', '{"id":1}{"id":'],
    ['depth without end', '{"x":'.repeat(10_000)],
  ])('of %s is malformed JSON', async (_, record) => {
    const { failures, rows, parquetPath } = await running.convert(id, [record]);
    expect(rows).toBe(0);
    expect(failures).toEqual([
      { record: 0, code: PARSE_ERROR, message: expect.stringMatching(/^Encountered malformed JSON\. /) },
    ]);
    expect(existsSync(parquetPath)).toBe(false);
  });

  it('with a raw control character is told by what is in the record, and not by what lies before it', async () => {
    const alone = await running.convert(id, ['{"a":"b\tc"}']);
    const behind = await running.convert(id, ['{"id":1}{"id":2}', '{"a":"b\tc"}']);
    expect(alone.failures[0]?.message).toBe(
      'Encountered malformed JSON. Unescaped control character U+0009 in a string.',
    );
    expect(behind.failures[0]?.message).toBe(alone.failures[0]?.message);
  });

  it.each([[''], [' \n\t\r\n']])('that is empty (%j) is malformed data', async (record) => {
    const message = 'The record was empty or contained only whitespace.';
    expect((await running.convert(id, [record])).failures).toEqual([{ record: 0, code: MALFORMED, message }]);
  });

  it('fails whole, and alone', async () => {
    const records = Array.from({ length: 500 }, (_, i) => `{"id":${i},"name":"n${i}"}\n`);
    records[250] = '{"id":1000}{"id":"oops"}\n';
    const { failures, parquetPath, rows } = await running.convert(id, records);
    expect(rows).toBe(499);
    expect(failures).toEqual([
      {
        record: 250,
        code: MALFORMED,
        message: 'Data does not match the schema. Column "id" of type int cannot hold "oops".',
      },
    ]);
    const expected = records.flatMap((_, i) => (i === 250 ? [] : [i]));
    expect((await readParquet(parquetPath, 'id')).rows.flat()).toEqual(expected);
  });

  it.each([
    ['int', '2147483648'],
    ['bigint', '9223372036854775808'],
    ['timestamp', '"2026-02-30T00:00:00Z"'],
    ['timestamp', '"2026-13-01T00:00:00Z"'],
  ])('whose value is not in the range of %s is told with it: %s', async (type, value) => {
    const { failures } = await running.convert(columns(`x ${type}`), [`{"x":${value}}`]);
    const message = `Data does not match the schema. Column "x" of type ${type} cannot hold ${value}.`;
    expect(failures).toEqual([{ record: 0, code: MALFORMED, message }]);
  });

  it('may be longer than the pieces that are read at a time', async () => {
    const name = 'x'.repeat(3_000_000);
    const { failures, parquetPath } = await running.convert(id, [`{"id":1,"name":"${name}"}`, '{"id":2}']);
    expect(failures).toEqual([]);
    expect((await readParquet(parquetPath, 'id, length(name)')).rows).toEqual([
      [1, '3000000'],
      [2, null],
    ]);
  });

  it('may become rows that are far longer than itself', async () => {
    const fields = Array.from({ length: 20 }, (_, i) => `field_number_${i}:string`).join(',');
    const wide = [{ name: 'items', type: `array<struct<${fields}>>` }];
    const record = `{"items":[${Array.from({ length: 12_000 }, () => '{}').join(',')}]}`;
    const { failures, parquetPath } = await running.convert(wide, [record]);
    expect(failures).toEqual([]);
    expect((await readParquet(parquetPath, 'len(items)')).rows).toEqual([['12000']]);
  });

  it('that DuckDB refuses, although it seemed to fit, fails by itself', async () => {
    const database = await DuckDBInstance.create(':memory:');
    await withConnection(database, (c) =>
      c.run(`CREATE MACRO from_json(x, y) AS
        CASE WHEN contains(x, 'poison') THEN error('too bad') ELSE CAST(CAST(x AS JSON) AS VARCHAR[]) END`),
    );
    const run = async (records: readonly string[], nullsMisfits = false) => {
      const recordsPath = path.join(running.stagingDir, 'poisoned');
      const parquetPath = path.join(running.stagingDir, 'poisoned.parquet');
      writeFileSync(recordsPath, records.join(''));
      const recordLengths = records.map((record) => Buffer.byteLength(record));
      const list = columns('id int, tags array<string>');
      const request = {
        recordsPath,
        recordLengths,
        columns: list,
        deserializer: OPENX,
        codec: 'SNAPPY',
        parquetPath,
        nullsMisfits,
      } as const;
      return { parquetPath, ...(await convert(database, request)) };
    };
    const records = Array.from({ length: 300 }, (_, id) => `{"id":${id},"tags":["é"]}\n`);
    records[7] = 'oops';
    for (const i of [0, 100, 299]) records[i] = `{"id":1000}{"id":${i},"tags":["poison"]}`;
    const { failures, parquetPath, rows } = await run(records);
    expect(rows).toBe(296);
    const message = expect.stringContaining('too bad');
    expect(failures).toEqual([
      { record: 0, code: MALFORMED, message },
      { record: 7, code: PARSE_ERROR, message: expect.any(String) },
      { record: 100, code: MALFORMED, message },
      { record: 299, code: MALFORMED, message },
    ]);
    const expected = records.flatMap((_, i) => ([0, 7, 100, 299].includes(i) ? [] : [i]));
    expect((await readParquet(parquetPath, 'id')).rows.flat()).toEqual(expected);

    const none = await run(Array.from({ length: 3 }, () => '{"tags":["poison"]}'));
    expect({ rows: none.rows, failures: none.failures.length }).toEqual({ rows: 0, failures: 3 });
    expect(existsSync(none.parquetPath)).toBe(false);

    // Or its value does, where values become nulls.
    const nulled = await run(records, true);
    expect({ failures: nulled.failures.length, misfits: nulled.misfits }).toEqual({
      failures: 1,
      misfits: [{ record: 0, column: 'tags', message }],
    });
    const read = await readParquet(nulled.parquetPath, 'count(*), count(id), count(tags)');
    expect(read.rows).toEqual([['302', '302', '296']]);
  });

  it('has nulls for what its columns cannot hold where that is asked for, and tells the first of each', async () => {
    const wide = columns('id int, n int, tags array<int>, text string');
    const text = 'x'.repeat(100);
    // As many as take several threads.
    const records = Array.from({ length: 100_000 }, (_, id) => JSON.stringify({ id, n: 1, tags: [1], text }));
    const spoil = (i: number, what: object) => {
      records[i] = JSON.stringify({ id: i, n: 1, tags: [1], text, ...what });
    };
    spoil(99_000, { n: 'late', tags: ['x'] });
    spoil(3_000, { n: 'early' });
    // What comes before the end of its JSON is not told of one that has no end.
    records[2_000] = '{"id":2,"n":"none"}{"tags":["y"]';
    const { rows, failures, misfits, parquetPath } = await running.convert(wide, records, {
      nullsMisfits: true,
    });
    expect(rows).toBe(99_999);
    expect(failures).toEqual([{ record: 2_000, code: PARSE_ERROR, message: expect.any(String) }]);
    const message = (column: string, value: string) =>
      `Data does not match the schema. Column ${column} cannot hold ${value}.`;
    expect(misfits).toEqual([
      { record: 3_000, column: 'n', message: message('"n" of type int', '"early"') },
      { record: 99_000, column: 'tags', message: message('"tags" of type array<int>', '["x"]') },
    ]);
    expect((await readParquet(parquetPath, 'count(id), count(n), count(tags)')).rows).toEqual([
      ['99999', '99997', '99998'],
    ]);

    const none = await running.convert(wide, [], { nullsMisfits: true });
    expect((await readParquet(none.parquetPath, 'count(*)')).rows).toEqual([['0']]);
  });

  it('is not to blame where the file cannot be written', async () => {
    const recordsPath = path.join(running.stagingDir, 'blameless');
    writeFileSync(recordsPath, '{"id":1}');
    const request = {
      recordsPath,
      recordLengths: [8],
      columns: id,
      deserializer: OPENX,
      codec: 'SNAPPY',
    } as const;
    const parquetPath = path.join(running.folder, 'outside');
    await expect(running.engine.convert({ ...request, parquetPath })).rejects.toMatchObject({
      name: 'EngineFault',
    });
  });

  it.each(['SNAPPY', 'GZIP', 'UNCOMPRESSED'] as const)('is written with %s', async (codec) => {
    const { parquetPath } = await running.convert(id, ['{"id":1}'], { codec });
    const { rows } = await readParquet(
      parquetPath,
      `(SELECT any_value(compression) FROM parquet_metadata('${parquetPath}'))`,
    );
    expect(rows).toEqual([[codec]]);
  });

  it('of a column type that cannot be converted is a fault that names it', async () => {
    await expect(running.convert(columns('x interval'), ['{}'])).rejects.toThrow(/"interval"/);
    await expect(running.convert(columns('x binary'), ['{}'])).rejects.toThrow(/binary/);
  });
});

it.each([
  ['char(10)'],
  ['binary'],
  ['array<binary>'],
  ['timestamp(3)'],
  ['decimal(39,2)'],
  ['decimal(5,7)'],
  ['varchar(0)'],
  ['struct<>'],
  ['struct<a:int,A:int>'],
  ['map<array<int>,int>'],
  [`${'array<'.repeat(20_000)}int`],
  ['interval'],
  [''],
])('a column of a type that is not to be had (%#) cannot be converted', async (type) => {
  expect(conversionObstacle(type)).toEqual(expect.any(String));
  const failing = running.convert([{ name: 'x', type }], ['{}']);
  await expect(failing).rejects.toMatchObject({ name: 'EngineFault' });
});

it.each([['decimal'], ['array<struct<a:decimal(38,38),b:map<int,varchar(3)>>>'], ['timestamp']])(
  'a column of type %s can be converted',
  (type) => {
    expect(conversionObstacle(type)).toBeUndefined();
  },
);

it('keeps every value, however documents are split over records and lines', async () => {
  const space = fc.constantFrom('', ' ', '\n', '\r\n', '\t ');
  const document = fc.record({
    id: fc.maxSafeInteger(),
    name: fc.option(fc.string({ unit: 'grapheme', maxLength: 20 })),
  });
  const record = fc.array(fc.tuple(document, space, fc.boolean()), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 20 }), async (records) => {
      const texts = records.map((documents) =>
        documents
          .map(([value, gap, pretty]) => `${gap}${JSON.stringify(value, null, pretty ? 2 : 0)}${gap}`)
          .join(''),
      );
      const { failures, parquetPath } = await running.convert(columns('id bigint, name string'), texts);
      expect(failures).toEqual([]);
      const { rows } = await readParquet(parquetPath);
      expect(rows).toEqual(records.flat().map(([{ id, name }]) => [String(id), name]));
    }),
    { numRuns: 60 },
  );
});
