import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectionOf } from '../../../local/athena/projection.js';
import { type RunningAthena, runAthena } from './running-athena.js';

let athena: RunningAthena;
beforeAll(async () => {
  athena = await runAthena();
});
afterAll(() => athena.end());

/** A table of text with one partition column, and a file of as many bytes as each folder's number says. */
async function table(
  name: string,
  column: string,
  folders: readonly string[],
  properties: Readonly<Record<string, string>>,
) {
  for (const [i, folder] of folders.entries()) await athena.put(`${name}/${folder}/f`, `${'x'.repeat(i)}\n`);
  const list = Object.entries({ 'projection.enabled': 'true', ...properties }).map(
    ([key, value]) => `'${key}'='${value}'`,
  );
  await athena.run(`CREATE EXTERNAL TABLE ${name} (text string) PARTITIONED BY (${column})
    LOCATION 's3://lake/${name}/' TBLPROPERTIES (${list.join(', ')})`);
}

async function read(sql: string) {
  const { rows, execution } = await athena.run(sql);
  return { rows: rows.slice(1), scanned: execution.Statistics?.DataScannedInBytes };
}

// https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
it('dates are projected by range, format and interval', async () => {
  await table('dated', 'day string', ['day=2026-02-03', 'day=2026-02-04', 'day=2026-02-05', 'day=2026-2-4'], {
    'projection.day.type': 'date',
    'projection.day.format': 'yyyy-MM-dd',
    'projection.day.range': '2026-02-04,NOW+10YEARS',
  });
  expect((await read('SELECT day FROM dated ORDER BY 1')).rows).toEqual([['2026-02-04'], ['2026-02-05']]);
  expect(await read("SELECT day FROM dated WHERE day = '2026-02-04'")).toEqual({
    rows: [['2026-02-04']],
    scanned: 2,
  });
});

it('dates lie where a template says, by the hour', async () => {
  await table('hourly', 'moment string', ['2026/02/04/21', '2026/02/04/22', '2026/02/04/23'], {
    'projection.moment.type': 'date',
    'projection.moment.format': 'yyyy/MM/dd/HH',
    'projection.moment.range': '2026/02/04/21,2026/02/04/23',
    'projection.moment.interval': '2',
    'projection.moment.interval.unit': 'HOURS',
    'storage.location.template': 's3://lake/hourly/${moment}',
  });
  expect((await read('SELECT moment FROM hourly ORDER BY 1')).rows).toEqual([
    ['2026/02/04/21'],
    ['2026/02/04/23'],
  ]);
});

it('values of an enum, and numbers with digits and an interval, are projected', async () => {
  await table('chosen', 'kind string', ['kind=a', 'kind=b', 'kind=c'], {
    'projection.kind.type': 'enum',
    'projection.kind.values': 'a,c',
  });
  expect((await read('SELECT kind FROM chosen ORDER BY 1')).rows).toEqual([['a'], ['c']]);
  await table('counted', 'n int', ['n=010', 'n=011', 'n=012', 'n=12'], {
    'projection.n.type': 'integer',
    'projection.n.range': '10,20',
    'projection.n.digits': '3',
    'projection.n.interval': '2',
  });
  expect(await read('SELECT n FROM counted ORDER BY 1')).toEqual({ rows: [['10'], ['12']], scanned: 4 });
});

it('injected values have to be named', async () => {
  await table('injected', 'id string', ['id=x', 'id=y'], { 'projection.id.type': 'injected' });
  expect(await read("SELECT id FROM injected WHERE id = 'y' AND text <> ''")).toEqual({
    rows: [['y']],
    scanned: 2,
  });
  expect((await read("SELECT id FROM injected WHERE id IN ('x', 'y') ORDER BY 1")).rows).toEqual([
    ['x'],
    ['y'],
  ]);
  for (const where of ['', "WHERE id > 'a'", "WHERE id = 'x' OR text = 'y'", 'WHERE id = text']) {
    expect(await athena.reason(`SELECT id FROM injected ${where}`)).toContain(
      'CONSTRAINT_VIOLATION: For the injected projected partition column id, the WHERE clause must contain only static equality conditions',
    );
  }
});

it('a range can be told from now', () => {
  const now = Date.UTC(2026, 1, 28, 12);
  const within = (range: string, format: string, more = {}) => {
    const parameters = {
      'projection.enabled': 'true',
      'projection.c.type': 'date',
      'projection.c.range': range,
      'projection.c.format': format,
      ...more,
    };
    const [column] = projectionOf(parameters, ['c'], now) ?? [];
    return (...values: string[]) => values.map((value) => column?.(value));
  };
  expect(within('NOW-1DAYS,NOW', 'yyyyMMdd')('20260226', '20260227', '20260228', '20260301')).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(within('NOW-3YEARS,NOW', 'yyyy')('2022', '2023', '2026', '2027')).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(within('2025-12,NOW+1MONTH', 'yyyy-MM')('2025-11', '2025-12', '2026-03', '2026-04')).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(() => within('NOW-1DAYS,NOW', 'yyyy-MM-dd HH')).toThrow('interval.unit');
  expect(() => within('yesterday,NOW', 'yyyy')).toThrow('projection.c.range');
});

it('leaves no trouble', () => {
  expect(athena.running.troubles).toEqual([]);
});
