import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, describe, expect, it } from 'vitest';
import type { Deserializer } from '../../../local/engine/conversion.js';
import { OPENX, RunningEngine } from './running-engine.js';

const running = new RunningEngine();
afterAll(() => running.close());

const HIVE: Deserializer = { kind: 'hive', timestampFormats: ["yyyy-MM-dd'T'HH:mm:ss.SSSZ"] };

/** The rows of a Parquet file, as a reader that shares nothing with the engine finds them. */
async function rowsOf(path: string): Promise<Record<string, unknown>[]> {
  const bytes = readFileSync(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  const rows = await parquetReadObjects({ file, compressors: { GZIP: (input) => gunzipSync(input) } });
  // The reader has no value for a null of a nested type.
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? null])),
  );
}

function codecsOf(path: string): readonly string[] {
  const bytes = readFileSync(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  const groups = parquetMetadata(file).row_groups;
  return groups.flatMap(({ columns }) => columns.flatMap(({ meta_data }) => meta_data?.codec ?? []));
}

describe('a Parquet file', () => {
  it.each(['UNCOMPRESSED', 'SNAPPY', 'GZIP'] as const)('of codec %s is read by others', async (codec) => {
    const events = Array.from({ length: 1_000 }, (_, id) => ({
      id,
      name: `name ${id % 7}`,
      tags: ['a', null],
    }));
    const table = [
      { name: 'id', type: 'int' },
      { name: 'name', type: 'string' },
      { name: 'tags', type: 'array<string>' },
    ];
    const records = events.map((event) => JSON.stringify(event));
    const { parquetPath, failures } = await running.convert(table, records, { codec });
    expect(failures).toEqual([]);
    expect(new Set(codecsOf(parquetPath))).toEqual(new Set([codec]));
    expect(await rowsOf(parquetPath)).toEqual(events);
  });
});

const TABLE = [
  { name: 'id', type: 'bigint' },
  { name: 'name', type: 'string' },
  { name: 'ratio', type: 'double' },
  { name: 'is_new', type: 'boolean' },
  { name: 'at', type: 'timestamp' },
  { name: 'tags', type: 'array<string>' },
  { name: 'place', type: 'struct<x:int,note:string>' },
];

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const event = fc.record(
  {
    id: fc.option(fc.maxSafeInteger()),
    name: fc.option(text),
    ratio: fc.option(fc.double({ noDefaultInfinity: true, noNaN: true })),
    is_new: fc.option(fc.boolean()),
    at: fc.option(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })),
    tags: fc.option(fc.array(fc.option(text), { maxLength: 3 })),
    place: fc.option(fc.record({ x: fc.option(fc.integer()), note: fc.option(text) })),
  },
  { requiredKeys: [] },
);

/** What a reader finds of an event: what is missing is null, and a bigint is one. */
function expected(from: Partial<Record<string, unknown>>): Record<string, unknown> {
  const cells = TABLE.map(({ name }) => [name, from[name] ?? null] as const);
  return Object.fromEntries(
    cells.map(([name, value]) => [name, typeof value === 'number' && name === 'id' ? BigInt(value) : value]),
  );
}

it.each([
  ['OpenX', OPENX],
  ['Hive', HIVE],
] as const)('every event becomes the row that it was, by the %s JSON SerDe', async (_, deserializer) => {
  const records = fc.array(fc.array(event, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(records, async (packed) => {
      const texts = packed.map((events) => events.map((one) => `${JSON.stringify(one)}\n`).join(''));
      const { failures, parquetPath } = await running.convert(TABLE, texts, { deserializer });
      expect(failures).toEqual([]);
      const events = packed.flat().map((one) => JSON.parse(JSON.stringify(one), revived));
      expect(await rowsOf(parquetPath)).toEqual(events.map(expected));
    }),
    { numRuns: 40 },
  );
});

const revived = (key: string, value: unknown) =>
  key === 'at' && typeof value === 'string' ? new Date(value) : value;

it('many records, which are read by several threads, keep their order and the places of what failed', async () => {
  const filler = 'x'.repeat(2_000);
  const records = Array.from({ length: 12_000 }, (_, id) =>
    id % 1_000 === 999 ? `{"id":"oops ${id}"}` : `{"id":${id},"name":"${filler}\\u0001"}`,
  );
  const { failures, rows, parquetPath } = await running.convert(TABLE.slice(0, 2), records);
  expect(failures.map(({ record }) => record)).toEqual(Array.from({ length: 12 }, (_, i) => i * 1_000 + 999));
  expect(rows).toBe(11_988);
  const ids = (await rowsOf(parquetPath)).map(({ id, name }) => [Number(id), name === `${filler}\u0001`]);
  expect(ids).toEqual(records.flatMap((_, id) => (id % 1_000 === 999 ? [] : [[id, true]])));
});
