import { CreateWorkGroupCommand } from '@aws-sdk/client-athena';
import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AthenaSession,
  createTableAs,
  insertInto,
  MovementFailedError,
  MovementRefusedError,
  QueryCancelledError,
  sql,
  unload,
} from '../../athena/index.js';
import { customers } from '../../datasets/index.js';
import { connectionFor, loadSettings } from '../../settings/index.js';
import { type Lakehouse, openLakehouse } from './lakehouse-on-local-aws.js';

const LAKE = 'lakehouse-local-data-us-east-1-000000000000';
const RESULTS = 'lakehouse-local-results-us-east-1-000000000000';
const EXPORTS = 's3://warehouse-exports/';

describe('moving data on local AWS', () => {
  let lakehouse: Lakehouse;
  beforeAll(async () => {
    lakehouse = await openLakehouse([customers]);
    await lakehouse.clients.s3.send(new CreateBucketCommand({ Bucket: 'warehouse-exports' }));
    await lakehouse.send(customers, 30);
    await lakehouse.waitForCount('SELECT count(*) FROM customers', 30);
  });
  afterAll(() => lakehouse.end());

  const keys = async (bucket: string, prefix: string) => {
    const { Contents = [] } = await lakehouse.clients.s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }),
    );
    return Contents.map(({ Key = '' }) => Key);
  };
  /** A failure in a row, so that others may have been written before it. */
  const failing = sql`SELECT CAST(1 / (n - 500) AS integer) AS n, n % 3 AS part FROM UNNEST(sequence(1, 1000)) AS t(n)`;

  it('unloads what the result names, with values apart, a folder for each partition', async () => {
    const { objects } = await unload(lakehouse.session, {
      query: sql`SELECT uuid, ${"it's"} AS note, status FROM customers WHERE year > ${'2000'} -- all`,
      to: `${EXPORTS}by-status/`,
      partitionedBy: ['status'],
    });
    expect(objects.length).toBeGreaterThan(0);
    expect(objects.map((uri) => uri.replace(EXPORTS, '')).sort()).toEqual(
      await keys('warehouse-exports', 'by-status/'),
    );
    for (const uri of objects) expect(uri).toMatch(/by-status\/status=\w+\//);
    await lakehouse.session.query(
      `CREATE EXTERNAL TABLE unloaded (uuid string, note string) PARTITIONED BY (status string) STORED AS PARQUET LOCATION '${EXPORTS}by-status/'`,
    );
    await lakehouse.session.query('MSCK REPAIR TABLE unloaded');
    expect(await lakehouse.column("SELECT count(*) FROM unloaded WHERE note = 'it''s'")).toEqual([30n]);
  });

  it('makes a table where the workgroup puts it, and adds to it', async () => {
    const { session } = lakehouse;
    const made = await createTableAs(session, {
      table: 'customers_by_status',
      query: 'SELECT uuid, name, status FROM customers',
      partitionedBy: ['status'],
    });
    expect(made.rows).toBe(30);
    expect(made.location).toMatch(/^s3:\/\/lakehouse-local-results-.*\/tables\/[\w-]+\/?$/);
    for (const uri of made.objects) expect(uri.startsWith(made.location ?? 'nowhere')).toBe(true);
    const added = await insertInto(session, {
      table: 'customers_by_status',
      query: sql`SELECT uuid, name, ${'Copied'} AS status FROM customers`,
      partitionedBy: ['status'],
    });
    expect(added).toMatchObject({ rows: 30 });
    expect(
      await lakehouse.column("SELECT count(*) FROM customers_by_status WHERE status = 'Copied'"),
    ).toEqual([30n]);
  });

  it('makes tables that stay in the workgroup of movements, which lie in the lake and are read by all', async () => {
    const { names, local, session: reading } = lakehouse;
    const session = new AthenaSession({
      connection: connectionFor(loadSettings({ LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: local.endpoint })),
      workgroup: names.movements,
      database: names.database,
    });
    const query = 'SELECT uuid, status FROM customers';
    const made = await createTableAs(session, { table: 'lasting', query, partitionedBy: ['status'] });
    expect(made.location).toBe(`s3://${LAKE}/movements/tables/${made.executionId}/`);
    expect(made.objects.map((uri) => uri.replace(`s3://${LAKE}/`, '')).sort()).toEqual(
      await keys(LAKE, `movements/tables/${made.executionId}/`),
    );
    await insertInto(session, { table: 'lasting', query, partitionedBy: ['status'] });
    expect(await lakehouse.column('SELECT count(*) FROM lasting')).toEqual([60n]);
    await expect(createTableAs(session, { table: 'lasting', query })).rejects.toThrow('lasting already');
    const { objects, location } = await unload(session, { query });
    expect(location).toMatch(new RegExp(`^s3://${LAKE}/movements/unloaded/[0-9a-f-]{36}/$`));
    for (const uri of objects) expect(uri.startsWith(location)).toBe(true);

    // What is neither lies beside them under a query's id, which is what the lifecycle's rules expire.
    const others = (await keys(LAKE, 'movements/')).filter((key) => !/\/(tables|unloaded)\//.test(key));
    expect(others.length).toBeGreaterThan(0);
    for (const key of others) expect(key).toMatch(/^movements\/[0-9a-f]{8}-[0-9a-f-]{27}[.-]/);

    await reading.query('DROP TABLE lasting');
    const again = await createTableAs(session, { table: 'lasting', query });
    expect(again.location).not.toBe(made.location);
    await session.close();
  });

  it('makes a table at a place of its own in a workgroup that leaves it the choice', async () => {
    await lakehouse.clients.athena.send(
      new CreateWorkGroupCommand({
        Name: 'movers',
        Configuration: {
          EnforceWorkGroupConfiguration: false,
          ResultConfiguration: { OutputLocation: `${EXPORTS}results/` },
        },
      }),
    );
    const session = new AthenaSession({
      connection: connectionFor(
        loadSettings({ LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: lakehouse.local.endpoint }),
      ),
      workgroup: 'movers',
      database: lakehouse.names.database,
    });
    const location = `${EXPORTS}kept/`;
    const made = await createTableAs(session, {
      table: 'kept',
      query: 'SELECT 1 AS one',
      location,
      format: 'JSON',
    });
    expect(made.location).toBe(location);
    expect(await session.rows('SELECT one FROM kept')).toEqual([{ one: 1 }]);
    await expect(
      createTableAs(session, { table: 'kept_again', query: 'SELECT 1 AS one', location }),
    ).rejects.toThrow('must be empty');
    await session.close();
  });

  it('leaves nothing of a movement that fails', async () => {
    const { session } = lakehouse;
    const to = `${EXPORTS}failing/`;
    const movements = [
      () => unload(session, { query: failing, to, partitionedBy: ['part'] }),
      () => createTableAs(session, { table: 'failing', query: failing, partitionedBy: ['part'] }),
    ];
    const before = await keys(RESULTS, 'tables/');
    for (const move of movements) {
      const error = await move().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(MovementFailedError);
      expect(error).toMatchObject({ left: [], cause: { errorName: 'DIVISION_BY_ZERO' } });
    }
    expect(await keys('warehouse-exports', 'failing/')).toEqual([]);
    expect(await keys(RESULTS, 'tables/')).toEqual(before);
    await expect(session.query('SELECT * FROM failing')).rejects.toThrow('TABLE_NOT_FOUND');
  });

  it('leaves nothing of a movement that is cancelled', async () => {
    const stop = new AbortController();
    const wide =
      'SELECT count(*) AS n FROM UNNEST(sequence(1, 10000)) AS a(x) CROSS JOIN UNNEST(sequence(1, 10000)) AS b(y) CROSS JOIN UNNEST(sequence(1, 10000)) AS c(z) WHERE x * y % 7 = z % 5';
    const moving = unload(lakehouse.session, {
      query: wide,
      to: `${EXPORTS}cancelled/`,
      signal: stop.signal,
    }).catch((thrown: unknown) => thrown);
    setTimeout(() => stop.abort(), 200);
    const error = await moving;
    expect(error).toBeInstanceOf(MovementFailedError);
    expect(error).toMatchObject({ left: [], cause: expect.any(QueryCancelledError) });
    expect(await keys('warehouse-exports', 'cancelled/')).toEqual([]);
  });

  it.each(['s3://nobody-has-this-bucket/there/', `${EXPORTS}by-status/`])(
    'is refused before it starts where %s cannot take it',
    async (to) => {
      const error = await unload(lakehouse.session, { query: 'SELECT 1 AS one', to }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(MovementRefusedError);
      expect(error).toMatchObject({ problem: expect.stringContaining(to) });
    },
  );
});
