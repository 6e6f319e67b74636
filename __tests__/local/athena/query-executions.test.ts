import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { StartQueryExecutionCommandInput } from '@aws-sdk/client-athena';
import { expect, it, onTestFinished } from 'vitest';
import { expire } from '../../../local/athena/expiry.js';
import {
  getQueryExecution,
  listQueryExecutions,
  stopQueryExecution,
} from '../../../local/athena/query-executions.js';
import { QueryRunner } from '../../../local/athena/query-runner.js';
import { startQueryExecution } from '../../../local/athena/start-query-execution.js';
import type { Engine, NamedTable } from '../../../local/engine/engine.js';
import { createDatabase } from '../../../local/glue/databases.js';
import { createTable } from '../../../local/glue/tables.js';
import { createBucket, deleteBucket } from '../../../local/s3/buckets.js';
import { ObjectTable } from '../../../local/s3/object-table.js';
import { ContentFiles } from '../../../local/store/content.js';
import { openStore } from '../../../local/store/store.js';
import { turnedClock } from '../kinesis/turned-clock.js';
import { temporaryFolder } from '../running-local-aws.js';

const context = { account: '000000000000', region: 'us-east-1', requestId: 'r', endpoint: '' };
const token = (letter: string) => letter.repeat(32);

/** Athena on an engine that answers with nothing, or never. */
async function athenaForTest({ answers = true, tables = [] as NamedTable[] } = {}) {
  const { folder, remove } = await temporaryFolder();
  const store = await openStore(folder);
  const content = new ContentFiles(folder);
  await content.open();
  const objects = new ObjectTable(store, content);
  const clock = turnedClock();
  let end = (_: Error): void => undefined;
  const never = new Promise<never>((_, reject) => {
    end = reject;
  });
  never.catch(() => undefined);
  const engine: Engine = {
    convert: () => never,
    prepare: async () => ({ statementType: 'DML', kind: 'SELECT', tables }),
    execute: async ({ resultPath }) => {
      if (!answers) return never;
      await writeFile(resultPath, '"a"\n');
      return { columns: [], rows: 0, bytesScanned: 0, filesOpened: [] };
    },
    cancel: () => (answers ? Promise.resolve() : never),
    close: async () => undefined,
  };
  const athena = { store, objects, content, engine, clock };
  const defects: unknown[] = [];
  const runner = new QueryRunner(athena, (error) => defects.push(error));
  onTestFinished(async () => {
    await runner.stopAll();
    end(new Error('The engine has ended.'));
    await runner.settled();
    await store.close();
    await remove();
  });
  await createBucket(athena)({ Bucket: 'results' }, context);
  const get = async (QueryExecutionId: string | undefined) =>
    (await getQueryExecution(athena, runner)({ QueryExecutionId: QueryExecutionId ?? '' }, context))
      .QueryExecution;
  return {
    athena,
    runner,
    defects,
    get,
    state: async (id: string | undefined) => (await get(id))?.Status?.State,
    start: async (rest: Partial<StartQueryExecutionCommandInput> = {}) => {
      const request = {
        QueryString: 'SELECT 1',
        ClientRequestToken: randomUUID(),
        ResultConfiguration: { OutputLocation: 's3://results/' },
        ...rest,
      };
      return (await startQueryExecution(athena, runner)(request as never, context)).QueryExecutionId;
    },
    stop: (QueryExecutionId = '') => stopQueryExecution(athena, runner)({ QueryExecutionId }, context),
    list: async () => (await listQueryExecutions(athena)({}, context)).QueryExecutionIds,
  };
}

it('a query is cancelled at once, whatever the engine is at', async () => {
  const { start, stop, state, get, defects } = await athenaForTest({ answers: false });
  const id = await start();
  await expect.poll(() => state(id)).toBe('RUNNING');
  await stop(id);
  expect(await state(id)).toBe('CANCELLED');
  const before = await get(id);
  await stop(id);
  expect(await get(id)).toEqual(before);
  expect(defects).toEqual([]);
});

it('what is running or comes in is cancelled when local AWS stops', async () => {
  const { start, state, runner } = await athenaForTest({ answers: false });
  const id = await start();
  await runner.stopAll();
  expect(await state(id)).toBe('CANCELLED');
  const late = await start();
  await expect.poll(() => state(late)).toBe('CANCELLED');
});

it('a query that has ended stays as it is', async () => {
  const { start, stop, state } = await athenaForTest();
  const id = await start();
  await expect.poll(() => state(id)).toBe('SUCCEEDED');
  await stop(id);
  expect(await state(id)).toBe('SUCCEEDED');
});

it('a look waits a moment for the end, so few are needed', async () => {
  const { start, state } = await athenaForTest();
  const id = await start();
  let looks = 1;
  for (; (await state(id)) !== 'SUCCEEDED'; looks++) await setImmediate();
  expect(looks).toBeLessThan(10);
});

it('a request that is sent again with its token starts nothing, and another with it is refused', async () => {
  const { start, list } = await athenaForTest();
  const both = await Promise.all([1, 2].map(() => start({ ClientRequestToken: token('a') })));
  expect(both[0]).toBe(both[1]);
  expect(await start({ ClientRequestToken: token('a') })).toBe(both[0]);
  expect(await list()).toEqual([both[0]]);
  await expect(start({ ClientRequestToken: token('a'), QueryString: 'SELECT 2' })).rejects.toMatchObject({
    code: 'InvalidRequestException',
    message: 'Idempotent parameters do not match',
  });
  await expect(start({ ClientRequestToken: 'x'.repeat(5_000) })).rejects.toMatchObject({
    code: 'InvalidRequestException',
  });
});

it('tokens and executions are forgotten when they are old', async () => {
  const { athena, start, list } = await athenaForTest();
  const id = await start({ ClientRequestToken: token('a') });
  athena.clock.turn(25 * 3_600_000);
  await expire(athena);
  expect(await list()).toEqual([id]);
  const later = await start({ ClientRequestToken: token('a'), QueryString: 'SELECT 2' });
  athena.clock.turn(44.5 * 24 * 3_600_000);
  await expire(athena);
  expect(await list()).toEqual([later]);
});

it('what an earlier process left unfinished has failed', async () => {
  const { athena, start, state } = await athenaForTest({ answers: false });
  const id = await start();
  await new QueryRunner(athena, () => undefined).failAbandoned();
  expect(await state(id)).toBe('FAILED');
});

it('a table whose bucket is gone is named, with its bucket', async () => {
  const { athena, start, state, get, defects } = await athenaForTest({
    tables: [{ database: 'd', name: 't' }],
  });
  await createDatabase(athena)({ DatabaseInput: { Name: 'd' } }, context);
  const StorageDescriptor = {
    Location: 's3://gone/',
    InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  };
  await createTable(athena)({ DatabaseName: 'd', TableInput: { Name: 't', StorageDescriptor } }, context);
  const id = await start();
  await expect.poll(() => state(id)).toBe('FAILED');
  const reason = (await get(id))?.Status?.StateChangeReason;
  expect(reason).toMatch(/^HIVE_UNKNOWN_ERROR: The bucket gone of table d\.t .*NoSuchBucket/);
  expect(defects).toEqual([]);
});

it('a result whose bucket is gone meanwhile leaves no file', async () => {
  const { athena, start, state, get, defects } = await athenaForTest();
  const keep = athena.content.keep.bind(athena.content);
  athena.content.keep = async (path, key) => {
    const file = await keep(path, key);
    await deleteBucket(athena)({ Bucket: 'results' }, context);
    return file;
  };
  const removed: string[] = [];
  const remove = athena.content.remove.bind(athena.content);
  athena.content.remove = async (file) => {
    removed.push(file);
    await remove(file);
  };
  const id = await start();
  await expect.poll(() => state(id)).toBe('FAILED');
  expect((await get(id))?.Status?.StateChangeReason).toContain('NoSuchBucket');
  expect(removed).toHaveLength(1);
  expect(defects).toEqual([]);
});

it('an id that none can have is not found', async () => {
  const { get } = await athenaForTest();
  for (const id of [randomUUID(), 'x'.repeat(5_000)]) {
    await expect(get(id)).rejects.toMatchObject({ code: 'InvalidRequestException' });
  }
});
