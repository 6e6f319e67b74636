import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningAthena, runAthena } from './running-athena.js';

let athena: RunningAthena;
beforeAll(async () => {
  athena = await runAthena();
});
afterAll(() => athena.end());

it('A time of day is a value of type time, with the digits that it was written with', async () => {
  const { rows, columns } = await athena.run(
    "SELECT TIME '10:11:12' AS a, TIME '10:11:12.345' AS b, localtime AS c",
  );
  expect(rows[1]?.slice(0, 2)).toEqual(['10:11:12', '10:11:12.345']);
  expect(rows[1]?.[2]).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/);
  expect(columns.map(({ Type, Precision }) => [Type, Precision])).toEqual([
    ['time', 0],
    ['time', 3],
    ['time', 3],
  ]);
});

// HiveTypeTranslator: a table of Hive has no such column.
it.each([
  "CREATE TABLE t AS SELECT TIME '10:11:12.345' AS a",
  "UNLOAD (SELECT TIME '10:11:12.345' AS a) TO 's3://lake/u/' WITH (format = 'PARQUET')",
])('A time of day cannot be written: %s', async (statement) => {
  expect(await athena.reason(statement)).toContain('NOT_SUPPORTED: Unsupported Hive type: time(3)');
});

it('A time of day is no column of a table', async () => {
  const statement = "CREATE EXTERNAL TABLE times (a time) LOCATION 's3://lake/times/'";
  expect(await athena.reason(statement)).toContain("'time' is not supported");
});
