import {
  BatchGetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { turnedClock } from '../kinesis/turned-clock.js';
import { type RunningAthena, runAthena } from './running-athena.js';

const clock = turnedClock();
let athena: RunningAthena;
beforeAll(async () => {
  athena = await runAthena({ clock });
  await athena.run(
    "CREATE EXTERNAL TABLE t (id int) PARTITIONED BY (year string) STORED AS PARQUET LOCATION 's3://lake/t/'",
  );
  await athena.run('CREATE VIEW v AS SELECT 1 AS n');
});
afterAll(() => athena.end());

/** The fields of a Protocol Buffers message: numbers as they are, the rest as bytes. */
function decode(bytes: Buffer): [field: number, value: number | Buffer][] {
  const fields: [number, number | Buffer][] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    if ((tag & 7) === 0) fields.push([tag >> 3, varint()]);
    else {
      const length = varint();
      fields.push([tag >> 3, bytes.subarray(at, at + length)]);
      at += length;
    }
  }
  return fields;
}

// Columns, types, UpdateCount and files as measured of Athena (github.com/aoyagikouhei/athena-local, docs/dev/measurements).
describe('a result has the columns, the count and the object that Athena gives it', () => {
  it.each([
    ['SELECT 1 AS i', 'DML', 'SELECT', '.csv', ['i integer'], 0, true],
    ['VALUES 1', 'DML', 'SELECT', '.csv', ['_col0 integer'], 0, true],
    ['EXPLAIN SELECT 1', 'DML', 'EXPLAIN', '.txt', ['Query Plan varchar'], undefined, true],
    ['SHOW TABLES', 'UTILITY', 'SHOW_TABLES', '.txt', ['tab_name string'], 0, true],
    ['SHOW DATABASES', 'UTILITY', 'SHOW_DATABASES', '.txt', ['database_name string'], 0, true],
    ['SHOW VIEWS', 'UTILITY', 'SHOW_VIEWS', '.txt', ['views varchar'], 0, true],
    ['SHOW COLUMNS IN t', 'UTILITY', 'SHOW_COLUMNS', '.txt', ['field string'], 0, true],
    ['SHOW PARTITIONS t', 'UTILITY', 'SHOW_PARTITIONS', '.txt', ['partition string'], 0, true],
    [
      'SHOW TBLPROPERTIES t',
      'UTILITY',
      'SHOW_TABLE_PROPERTIES',
      '.txt',
      ['prpt_name string', 'prpt_value string'],
      0,
      true,
    ],
    [
      'SHOW CREATE TABLE t',
      'UTILITY',
      'SHOW_CREATE_TABLE',
      '.txt',
      ['createtab_stmt string'],
      undefined,
      true,
    ],
    ['SHOW CREATE VIEW v', 'UTILITY', 'SHOW_CREATE_VIEW', '.txt', ['create view varchar'], 0, true],
    [
      'DESCRIBE t',
      'UTILITY',
      'DESCRIBE_TABLE',
      '.txt',
      ['col_name string', 'data_type string', 'comment string'],
      undefined,
      true,
    ],
    ['DESC v', 'UTILITY', 'DESC_VIEW', '.txt', ['column varchar', 'type varchar'], 0, true],
    ['-- c\nCREATE DATABASE made', 'DDL', 'CREATE_DATABASE', '.txt', [], undefined, false],
    ['/* c */ DROP DATABASE made', 'DDL', 'DROP_DATABASE', '.txt', [], undefined, false],
    ['CREATE OR REPLACE VIEW v AS SELECT 1 AS n', 'DDL', 'CREATE_VIEW', '.txt', [], undefined, false],
    ['MSCK REPAIR TABLE t', 'DDL', 'MSCK_REPAIR', '.txt', [], undefined, true],
    ['ALTER TABLE t ADD COLUMNS (more int)', 'DDL', 'ALTER_TABLE_ADD_COLUMN', '.txt', [], undefined, true],
    [
      "ALTER TABLE t ADD PARTITION (year='1')",
      'DDL',
      'ALTER_TABLE_ADD_PARTITION',
      '.txt',
      [],
      undefined,
      false,
    ],
    [
      "ALTER TABLE t SET TBLPROPERTIES ('a'='b')",
      'DDL',
      'ALTER_TABLE_PROPERTIES',
      '.txt',
      [],
      undefined,
      false,
    ],
    ["INSERT INTO t VALUES (1, 2, '1')", 'DML', 'INSERT', '', ['rows bigint'], 1, true],
  ] as const)('%s', async (sql, type, kind, ending, told, count, hasMetadata) => {
    const { execution, columns, updateCount } = await athena.run(sql);
    const { OutputLocation = '' } = execution.ResultConfiguration ?? {};
    expect({
      type: execution.StatementType,
      kind: execution.SubstatementType,
      location: OutputLocation,
      columns: columns.map(({ Name, Type }) => `${Name} ${Type}`),
      updateCount,
    }).toEqual({
      type,
      kind,
      location: `s3://lake/results/${execution.QueryExecutionId}${ending}`,
      columns: told,
      updateCount: count,
    });
    const names = (await athena.keys(`results/${execution.QueryExecutionId}`)).map((key) => key.slice(44));
    const expected = [...(ending === '' ? [] : [ending]), ...(hasMetadata ? [`${ending}.metadata`] : [])];
    expect(names.filter((name) => name !== '-manifest.csv')).toEqual(expected);
  });
});

it('metadata can be decoded, with each column as ColumnInfo has it', async () => {
  const { execution } = await athena.run(
    "SELECT 1 AS i, DATE '2026-02-04' AS d, true AS b, ARRAY[1] AS a, DECIMAL '1.50' AS x",
  );
  const [id, ...columns] = decode(
    await athena.get(`${execution.ResultConfiguration?.OutputLocation}.metadata`),
  );
  expect([id?.[0], String(id?.[1])]).toEqual([1, expect.stringMatching(/^\d{8}_\d{6}_\d{5}_\w{5}$/)]);
  const shown = columns.map(([field, value]) => [
    field,
    ...decode(value as Buffer).map(
      ([number, part]) => `${number}=${Buffer.isBuffer(part) ? part.toString() : part}`,
    ),
  ]);
  expect(shown).toEqual([
    [4, '1=hive', '4=i', '5=i', '6=integer', '7=10', '8=0', '9=3', '10=0'],
    [4, '1=hive', '4=d', '5=d', '6=date', '8=0', '9=3', '10=0'],
    [4, '1=hive', '4=b', '5=b', '6=boolean', '9=3', '10=0'],
    [4, '1=hive', '4=a', '5=a', '6=array', '9=3'],
    [4, '1=hive', '4=x', '5=x', '6=decimal', '7=3', '8=2', '9=3', '10=0'],
  ]);
});

it('a text result has no header and no newline at its end, and the content type that Athena gives it', async () => {
  const { execution } = await athena.run('SHOW TABLES');
  const { OutputLocation = '' } = execution.ResultConfiguration ?? {};
  expect((await athena.get(OutputLocation)).toString()).toBe('t\nv');
  const head = (uri: string) =>
    athena.running.clients.s3.send(
      new HeadObjectCommand({ Bucket: 'lake', Key: uri.replace('s3://lake/', '') }),
    );
  expect((await head(OutputLocation)).ContentType).toBe('binary/octet-stream');
  expect((await head(`${OutputLocation}.metadata`)).ContentType).toBe('binary/octet-stream');
  const described = await athena.run('DESCRIBE t');
  expect((await head(described.execution.ResultConfiguration?.OutputLocation ?? '')).ContentType).toBe(
    'application/octet-stream',
  );
});

it('lines come in pages as rows do', async () => {
  const { execution } = await athena.run('SHOW TABLES');
  const { QueryExecutionId } = execution;
  const page = async (NextToken?: string) =>
    athena.running.clients.athena.send(
      new GetQueryResultsCommand({ QueryExecutionId, MaxResults: 1, ...(NextToken && { NextToken }) }),
    );
  const first = await page();
  const second = await page(first.NextToken);
  const values = [first, second].map(({ ResultSet }) =>
    ResultSet?.Rows?.map(({ Data }) => Data?.[0]?.VarCharValue),
  );
  expect(values).toEqual([['t'], ['v']]);
  const third = await page(second.NextToken);
  expect(third).toMatchObject({ ResultSet: { Rows: [] } });
  expect(third.NextToken).toBeUndefined();
});

describe('an earlier result', () => {
  const reuse = (MaxAgeInMinutes = 60) => ({
    ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes } },
  });
  const reused = async (sql: string, options = {}) => {
    const { execution, rows } = await athena.run(sql, options);
    const { ResultReuseInformation } = execution.Statistics ?? {};
    return {
      is: ResultReuseInformation?.ReusedPreviousResult,
      at: execution.ResultConfiguration?.OutputLocation,
      rows,
    };
  };

  it('is used again where that is asked for, while it is young', async () => {
    const first = await reused('SELECT 41 + 1 AS x');
    expect(first.is).toBe(false);
    expect(await reused('SELECT 41 + 1 AS x')).toMatchObject({ is: false });
    const second = await reused('SELECT 41 + 1 AS x', reuse());
    expect(second).toMatchObject({ is: true, rows: first.rows });
    expect(await reused('SELECT 41 +  1 AS x', reuse())).toMatchObject({ is: false });
    expect(
      await reused('SELECT 41 + 1 AS x', { ...reuse(), QueryExecutionContext: { Database: 'other' } }),
    ).toMatchObject({ is: false });
    clock.turn(61 * 60_000);
    expect(await reused('SELECT 41 + 1 AS x', reuse())).toMatchObject({ is: false });
    expect(await reused('SELECT 41 + 1 AS x', reuse())).toMatchObject({ is: true });
  });

  // The facts: not without ORDER BY if there is a LIMIT.
  it('is not used for a LIMIT without an ORDER BY, nor for what is no query', async () => {
    for (const sql of ['SELECT 7 AS y LIMIT 1', 'SHOW TABLES']) {
      await athena.run(sql);
      expect(await reused(sql, reuse())).toMatchObject({ is: false });
    }
    await athena.run('SELECT 7 AS y ORDER BY 1 LIMIT 1');
    expect(await reused('SELECT 7 AS y ORDER BY 1 LIMIT 1', reuse())).toMatchObject({ is: true });
  });

  it('is not older than seven days', async () => {
    await expect(athena.run('SELECT 1', reuse(10_081))).rejects.toThrow('MaxAgeInMinutes must be 0 to 10080');
  });
});

it('a failure says its kind, its number and who is at fault', async () => {
  const missing = await athena.execute('SELECT * FROM nothing_there');
  expect(missing.Status?.AthenaError).toMatchObject({ ErrorCategory: 2, ErrorType: 1301, Retryable: false });
  const dropped = await athena.execute('DROP TABLE nothing_there');
  expect(dropped).toMatchObject({ StatementType: 'DDL', SubstatementType: 'DROP_TABLE' });
  expect(dropped.Status?.AthenaError).toMatchObject({ ErrorCategory: 2, ErrorType: 1301 });
  expect((await athena.execute('SELECT 1/0')).Status?.AthenaError).toMatchObject({ ErrorType: 1001 });
});

// Measured of Athena: the reason stands where the result would, and there is no metadata.
it('a statement over the catalog that fails leaves its reason as text, and a query nothing', async () => {
  const { QueryExecutionId, ResultConfiguration, Status } = await athena.execute('DROP TABLE nothing_there');
  const reason = 'FAILED: SemanticException [Error 10001]: Table not found nothing_there';
  expect(Status?.StateChangeReason).toBe(reason);
  expect((await athena.get(ResultConfiguration?.OutputLocation ?? '')).toString()).toBe(reason);
  expect(await athena.keys(`results/${QueryExecutionId}`)).toHaveLength(1);
  const query = await athena.execute('SELECT 1/0');
  expect(await athena.keys(`results/${query.QueryExecutionId}`)).toEqual([]);
});

it('several executions are described at once', async () => {
  const { QueryExecutionId = '' } = await athena.execute('SELECT 1');
  const { QueryExecutions, UnprocessedQueryExecutionIds } = await athena.running.clients.athena.send(
    new BatchGetQueryExecutionCommand({ QueryExecutionIds: [QueryExecutionId, 'x'] }),
  );
  expect(QueryExecutions).toMatchObject([{ QueryExecutionId }]);
  expect(UnprocessedQueryExecutionIds).toMatchObject([{ QueryExecutionId: 'x' }]);
});

it('a workgroup that enforces its settings has its own place for results', async () => {
  const { CreateWorkGroupCommand } = await import('@aws-sdk/client-athena');
  const ResultConfiguration = { OutputLocation: 's3://lake/enforced/' };
  const Configuration = { EnforceWorkGroupConfiguration: true, ResultConfiguration };
  await athena.running.clients.athena.send(new CreateWorkGroupCommand({ Name: 'strict', Configuration }));
  const { execution } = await athena.run('SHOW TABLES', { WorkGroup: 'strict' });
  expect(execution.ResultConfiguration?.OutputLocation).toMatch(/^s3:\/\/lake\/enforced\/.*\.txt$/);
  const sql = "CREATE TABLE x WITH (external_location = 's3://lake/x/') AS SELECT 1 AS a";
  expect(await athena.reason(sql, { WorkGroup: 'strict' })).toContain(
    'enforces a centralized output location',
  );
});

it('a statement that cannot be is not taken', async () => {
  const start = (QueryString: string) =>
    athena.running.clients.athena.send(
      new StartQueryExecutionCommand({ QueryString, ResultConfiguration: { OutputLocation: 's3://lake/' } }),
    );
  await expect(start('SELECT FROM')).rejects.toMatchObject({ name: 'InvalidRequestException' });
  await expect(start('-- only')).rejects.toMatchObject({ name: 'InvalidRequestException' });
});

it('leaves no trouble', () => {
  expect(athena.running.troubles).toEqual([]);
});
