import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { StartQueryExecutionCommand, StopQueryExecutionCommand } from '@aws-sdk/client-athena';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningAthena, runAthena } from './running-athena.js';

let athena: RunningAthena;
beforeAll(async () => {
  athena = await runAthena();
});
afterAll(() => athena.end());

const OPENX = "ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'";

/** The Parquet files that were made of text and are kept. */
function copies(): string[] {
  const folder = path.join(athena.running.dataDir, 'staging', '.engine', 'partitions');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.map(({ parentPath, name }) => path.join(parentPath, name));
}

/** A table of a partition a day, of which one is malformed, one is no GZIP, and one cannot be opened. */
async function damaged(name: string, how: string, locationOf: (day: number) => string) {
  await athena.put(`${locationOf(1)}a.json`, '{"id":1}\n');
  await athena.put(`${locationOf(2)}a.json`, '{"id":2}\nno json\n');
  await athena.put(`${locationOf(3)}a.json.gz`, '{"id":3}\n');
  await athena.put(`${locationOf(4)}a.json.gz`, gzipSync('{"id":4}\n{"id":40}\n').subarray(0, -12));
  await athena.put(`${locationOf(5)}a.json`, '{"id":"five"}\n');
  await athena.put(`${locationOf(6)}a.json.bz2`, 'BZ');
  await athena.put(`${locationOf(7)}a.json`, '{"id":7}\n{"id":70}\n');
  await athena.run(
    `CREATE EXTERNAL TABLE ${name} (id int) PARTITIONED BY (day int) ${OPENX} LOCATION 's3://lake/${name}/' ${how}`,
  );
}

describe.each([
  ['registered', ''],
  [
    'projected',
    "TBLPROPERTIES ('projection.enabled'='true','projection.day.type'='integer','projection.day.range'='1,9')",
  ],
  [
    'templated',
    `TBLPROPERTIES ('projection.enabled'='true','projection.day.type'='integer','projection.day.range'='1,9',
      'storage.location.template'='s3://lake/templated/of-\${day}/')`,
  ],
])('of text whose partitions are %s', (name, how) => {
  beforeAll(async () => {
    await damaged(name, how, (day) => (name === 'templated' ? `${name}/of-${day}/` : `${name}/day=${day}/`));
    if (name === 'registered') await athena.run(`MSCK REPAIR TABLE ${name}`);
  });

  it.each([
    ['day = 1', [['1']], 9],
    ['day IN (1, 7) AND id > 1', [['7'], ['70']], 28],
    ["CAST(day AS varchar) || '' = '7'", [['7'], ['70']], 19],
    ['day BETWEEN 7 AND 9', [['7'], ['70']], 19],
    ['day = 8', [], 0],
    ['day = 1 AND day = 7', [], 0],
  ])('a query WHERE %s reads no file of another partition', async (where, rows, bytes) => {
    const result = await athena.run(`SELECT id FROM ${name} WHERE ${where} ORDER BY id`);
    expect(result.rows.slice(1)).toEqual(rows);
    expect(result.execution.Statistics?.DataScannedInBytes).toBe(bytes);
  });

  it.each([
    [2, /^FAILED HIVE_CURSOR_ERROR: Row is not a valid JSON Object.*\(row 2 of s3:.*a\.json\)/],
    [3, /^FAILED HIVE_CURSOR_ERROR: Failed to read file at s3:.*a\.json\.gz/],
    [4, /^FAILED HIVE_CURSOR_ERROR: Failed to read file at s3:.*a\.json\.gz/],
    [5, /^FAILED HIVE_BAD_DATA: .*\(row 1 of s3:.*a\.json\)/],
    [6, /^FAILED NOT_SUPPORTED: .*bz2/],
  ])('says what is wrong with partition %s to a query that reads it', async (day, reason) => {
    expect(await athena.reason(`SELECT * FROM ${name} WHERE day >= ${day} AND day < ${day + 1}`)).toMatch(
      reason,
    );
  });

  it('counts, joins, inserts and views read what they want alone', async () => {
    expect(await athena.rows(`SELECT count(*), min(id), max(day) FROM ${name} WHERE day = 7`)).toEqual([
      ['2', '7', '7'],
    ]);
    expect(
      await athena.rows(
        `SELECT a.id, b.id FROM ${name} a CROSS JOIN ${name} b WHERE a.day = 1 AND b.day = 7 ORDER BY b.id`,
      ),
    ).toEqual([
      ['1', '7'],
      ['1', '70'],
    ]);
    await athena.run(`CREATE VIEW ${name}_view AS SELECT * FROM ${name}`);
    expect(await athena.rows(`SELECT 10 / count(*) FROM ${name}_view WHERE day = 7`)).toEqual([['5']]);
    await athena.run(`CREATE TABLE ${name}_copy AS SELECT * FROM ${name} WHERE day = 1`);
    await athena.run(`INSERT INTO ${name}_copy SELECT * FROM ${name} WHERE day = 7`);
    expect(await athena.rows(`SELECT id, day FROM ${name}_copy ORDER BY id`)).toEqual([
      ['1', '1'],
      ['7', '7'],
      ['70', '7'],
    ]);
    expect(await athena.rows(`EXPLAIN SELECT * FROM ${name}`)).not.toEqual([]);
  });

  it('a partition that is chosen by what the rows of another table say is read', async () => {
    await athena.put(`chosen-${name}/a.json`, '{"d":7}\n');
    await athena.run(
      `CREATE EXTERNAL TABLE chosen_${name} (d int) ${OPENX} LOCATION 's3://lake/chosen-${name}/'`,
    );
    const sql = `SELECT t.id FROM chosen_${name} c JOIN ${name} t ON t.day = c.d WHERE t.day IN (1, 7) ORDER BY t.id`;
    expect(await athena.rows(sql)).toEqual([['7'], ['70']]);
  });
});

it('an object that cannot be read is named by a query of its partition, and is nothing to another', async () => {
  await athena.put('lost/part=1/a.csv', '1\n');
  await athena.put('lost/part=2/a.csv', '2\n');
  await athena.run(
    "CREATE EXTERNAL TABLE lost (id int) PARTITIONED BY (part int) LOCATION 's3://lake/lost/'",
  );
  await athena.run('MSCK REPAIR TABLE lost');
  rmSync(path.join(athena.running.dataDir, 'objects', 'part=1'), { recursive: true });
  expect(await athena.rows('SELECT id FROM lost WHERE part = 2')).toEqual([['2']]);
  expect(await athena.reason('SELECT id FROM lost WHERE part = 1')).toMatch(
    /^FAILED HIVE_CANNOT_OPEN_SPLIT: Error opening Hive split s3:\/\/lake\/lost\/part=1\/a\.csv \(offset=0, length=2\)/,
  );
});

describe('what was made of text', () => {
  it('is as the object is now, and goes with the object', async () => {
    await athena.put('replaced/a.json', '{"id":1}\n');
    await athena.run(`CREATE EXTERNAL TABLE replaced (id int) ${OPENX} LOCATION 's3://lake/replaced/'`);
    const before = copies().length;
    expect(await athena.rows('SELECT id FROM replaced')).toEqual([['1']]);
    expect(await athena.rows('SELECT id FROM replaced')).toEqual([['1']]);
    expect(copies()).toHaveLength(before + 1);
    await athena.put('replaced/a.json', '{"id":2}\n{"id":3}\n');
    const { rows, execution } = await athena.run('SELECT id FROM replaced ORDER BY id');
    expect(rows.slice(1)).toEqual([['2'], ['3']]);
    expect(execution.Statistics?.DataScannedInBytes).toBe(18);
    expect(copies()).toHaveLength(before + 1);
    await athena.running.clients.s3.send(new DeleteObjectCommand({ Bucket: 'lake', Key: 'replaced/a.json' }));
    expect(await athena.rows('SELECT id FROM replaced')).toEqual([]);
    expect(copies()).toHaveLength(before);
  });

  it('serves queries at once, each with what it asked for', async () => {
    const days = Array.from({ length: 20 }, (_, day) => day);
    const lines = (day: number) =>
      Array.from({ length: 2_000 }, (_, i) => `${JSON.stringify({ id: day * 10_000 + i })}\n`).join('');
    for (const day of days) await athena.put(`many/day=${day}/a.json.gz`, gzipSync(lines(day)));
    await athena.run(
      `CREATE EXTERNAL TABLE many (id int) PARTITIONED BY (day int) ${OPENX} LOCATION 's3://lake/many/'`,
    );
    await athena.run('MSCK REPAIR TABLE many');
    const asked = [3, 3, 4, 5].map((day) =>
      athena.rows(`SELECT day, count(*) FROM many WHERE day <= ${day} GROUP BY 1 ORDER BY 1`),
    );
    const answers = await Promise.all(asked);
    expect(answers.map((rows) => rows.length)).toEqual([4, 4, 5, 6]);
    expect(new Set(answers.flat().map(([, count]) => count))).toEqual(new Set(['2000']));
  });

  it('is given up when its query is cancelled, and nobody else waits for it', async () => {
    const lines = Array.from(
      { length: 400_000 },
      (_, id) => `${JSON.stringify({ id, text: 'x'.repeat(50) })}\n`,
    );
    await athena.put('large/a.json', lines.join(''));
    await athena.run(
      `CREATE EXTERNAL TABLE large (id int, text string) ${OPENX} LOCATION 's3://lake/large/'`,
    );
    const before = copies();
    const { QueryExecutionId } = await athena.running.clients.athena.send(
      new StartQueryExecutionCommand({
        QueryString: 'SELECT count(*) FROM large',
        QueryExecutionContext: { Database: 'd' },
        ResultConfiguration: { OutputLocation: 's3://lake/results/' },
      }),
    );
    // In the making.
    await vi.waitFor(() => expect(copies().length).toBeGreaterThan(before.length), { interval: 1 });
    await athena.running.clients.athena.send(new StopQueryExecutionCommand({ QueryExecutionId }));
    await vi.waitFor(() => expect(copies()).toEqual(before), { timeout: 10_000 });
    expect(await athena.rows('SELECT count(*) FROM large')).toEqual([['400000']]);
    const made = copies().filter((file) => !before.includes(file));
    expect(made).toHaveLength(1);
    expect(statSync(made[0] ?? '').size).toBeGreaterThan(0);
  });
});

it('leaves no trouble', () => {
  expect(athena.running.troubles).toEqual([]);
});
