import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeParquet } from '../../../athena/format/parquet-file.js';
import type { Cell, ResultColumn } from '../../../athena/index.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'parquet-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(columns: readonly ResultColumn[], rows: readonly (readonly Cell[])[]) {
  const file = path.join(folder, "it's.parquet");
  async function* cells() {
    yield* rows;
  }
  await writeParquet(file, columns, cells());
  return parquetReadObjects({ file: await asyncBufferFromFile(file) });
}

it('Parquet has columns of their types, NULL apart from the empty string', async () => {
  const columns: ResultColumn[] = [
    { name: 'b', type: 'boolean' },
    { name: 'i', type: 'integer' },
    { name: 'l', type: 'bigint' },
    { name: 'd', type: 'double' },
    { name: 'dec', type: 'decimal', precision: 10, scale: 2 },
    { name: 'day', type: 'date' },
    { name: 't', type: 'timestamp' },
    { name: 'odd "name"', type: 'varchar' },
    { name: 'bytes', type: 'varbinary' },
    { name: 'list', type: 'array' },
  ];
  const row = [
    'true',
    '-7',
    '9223372036854775807',
    'NaN',
    '1.10',
    '2026-02-04',
    '2026-02-04 21:35:54.759',
    'a "quoted",\nline',
    '61 ff',
    '[1, 2]',
  ];
  const none = columns.map(({ type }) => (type === 'varchar' ? '' : null));
  const [first, second] = await written(columns, [row, none]);
  expect(first).toEqual({
    b: true,
    i: -7,
    l: 9_223_372_036_854_775_807n,
    d: Number.NaN,
    dec: 1.1,
    day: new Date('2026-02-04T00:00:00Z'),
    t: new Date('2026-02-04T21:35:54.759Z'),
    'odd "name"': 'a "quoted",\nline',
    bytes: expect.anything(),
    list: '[1, 2]',
  });
  expect(second).toMatchObject({ b: null, l: null, t: null, 'odd "name"': '', bytes: null });
});

it('Parquet holds values longer than DuckDB expects lines to be', async () => {
  const long = 'x"\n'.repeat(1_000_000);
  const [row] = await written([{ name: 'a', type: 'varchar' }], [[long]]);
  expect(row?.a).toBe(long);
});

it('Parquet without rows has its columns all the same', async () => {
  expect(await written([{ name: 'a', type: 'varchar' }], [])).toEqual([]);
});

it('Parquet refuses two columns of one name, which differ in case alone', async () => {
  const columns = ['a', 'A'].map((name) => ({ name, type: 'varchar' }));
  await expect(written(columns, [])).rejects.toThrow('called "A"');
});
