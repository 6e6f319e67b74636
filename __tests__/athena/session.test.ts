import { once } from 'node:events';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  AthenaSession,
  QueryCancelledError,
  QueryFailedError,
  queryDollars,
  RetryableQueryError,
  ScanLimitError,
  SessionClosedError,
  SystemQueryError,
  sql,
  UserQueryError,
} from '../../athena/index.js';
import { connectionFor, loadSettings } from '../../settings/index.js';
import { FakeAthena, type FakeQuery } from './fake-athena.js';
import { FakeObjects } from './fake-objects.js';

describe('a session', () => {
  it('runs a statement in its workgroup and database', async () => {
    const { session, athena } = sessionOn({});
    const result = await session.query('SELECT 1');
    expect(athena.started).toEqual([
      {
        QueryString: 'SELECT 1',
        WorkGroup: 'w',
        QueryExecutionContext: { Database: 'd' },
        ClientRequestToken: expect.any(String),
      },
    ]);
    expect(result.executionId).toBe('query-1');
    expect(result.statistics).toEqual({
      queued: 11,
      run: 222,
      total: 250,
      bytesScanned: 3_333,
      reused: false,
    });
  });

  it('sends parameters as literals', async () => {
    const { session, athena } = sessionOn({});
    await session.query('SELECT ?, ?', { parameters: ["O'Hara", 7n] });
    expect(athena.started[0]?.ExecutionParameters).toEqual(["'O''Hara'", '7']);
  });

  it('looks again after a growing delay until the query has ended', async () => {
    const states = [...Array(14).fill('QUEUED'), ...Array(2).fill('RUNNING'), 'SUCCEEDED'];
    const { session, athena, waits } = sessionOn({ states });
    await session.query('SELECT 1');
    expect(athena.looks).toBe(17);
    expect(waits.slice(0, 4)).toEqual([50, 75, 112.5, 168.75]);
    expect(Math.max(...waits)).toBe(2_000);
    expect(waits.at(-1)).toBe(2_000);
  });

  it('fails with what Athena says of a failed query', async () => {
    const { session } = sessionOn({
      states: ['RUNNING', 'FAILED'],
      execution: {
        Status: {
          StateChangeReason: "COLUMN_NOT_FOUND: line 1:8: Column 'x' cannot be resolved",
          AthenaError: { ErrorCategory: 2, ErrorType: 1_006, Retryable: false },
        },
      },
    });
    const error = await session.query('SELECT x').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(QueryFailedError);
    expect(error).toMatchObject({
      executionId: 'query-1',
      reason: "COLUMN_NOT_FOUND: line 1:8: Column 'x' cannot be resolved",
      category: 'user',
      errorType: 1_006,
      retryable: false,
      statistics: { bytesScanned: 3_333 },
    });
  });

  it.each([
    [1, 'system'],
    [3, 'other'],
    [9, 'other'],
  ])('tells category %i apart as %s', async (ErrorCategory, category) => {
    const { session } = sessionOn({
      states: ['FAILED'],
      execution: { Status: { AthenaError: { ErrorCategory, Retryable: true, ErrorMessage: 'm' } } },
    });
    await expect(session.query('SELECT 1')).rejects.toMatchObject({ category, retryable: true, reason: 'm' });
  });

  it('fails in the same way where Athena takes the statement not even to its queue', async () => {
    const { session } = sessionOn({
      startError: named('InvalidRequestException', "line 1:1: mismatched input 'SELEC'"),
    });
    await expect(session.query('SELEC 1')).rejects.toMatchObject({
      name: 'UserQueryError',
      executionId: undefined,
      category: 'user',
      reason: "line 1:1: mismatched input 'SELEC'",
    });
  });

  it('passes on what is wrong with the way to Athena, the workgroup included', async () => {
    for (const error of [
      named('AccessDeniedException', 'no'),
      named('InvalidRequestException', 'WorkGroup is not found.'),
    ]) {
      await expect(sessionOn({ startError: error }).session.query('SELECT 1')).rejects.toBe(error);
    }
  });

  it('stops the query on the server when its signal aborts, and says what it took', async () => {
    const abort = new AbortController();
    const { session, athena } = sessionOn({ states: ['RUNNING'] }, (waited) => {
      if (waited === 3) abort.abort('enough');
    });
    const error = await session
      .query('SELECT 1', { signal: abort.signal })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(QueryCancelledError);
    expect(error).toMatchObject({
      executionId: 'query-1',
      cause: 'enough',
      stopError: undefined,
      statistics: { bytesScanned: 3_333 },
    });
    expect(athena.stopped).toEqual(['query-1']);
  });

  it('waits for no timer once its signal has aborted', async () => {
    const athena = new FakeAthena({ states: ['RUNNING'] });
    const session = new AthenaSession({
      client: athena,
      workgroup: 'w',
      database: 'd',
      polling: { first: 60_000, longest: 60_000 },
    });
    const query = session.query('SELECT 1', { signal: AbortSignal.timeout(10) });
    await expect(query).rejects.toBeInstanceOf(QueryCancelledError);
    expect(athena.stopped).toEqual(['query-1']);
  });

  it('starts nothing where its signal has aborted before', async () => {
    const { session, athena } = sessionOn({});
    const query = session.query('SELECT 1', { signal: AbortSignal.abort() });
    await expect(query).rejects.toMatchObject({ name: 'QueryCancelledError', executionId: undefined });
    expect(athena.started).toEqual([]);
  });

  it('says so where the query could not be stopped', async () => {
    const abort = new AbortController();
    const stopError = new Error('no line');
    const { session } = sessionOn({ states: ['RUNNING'], stopError }, () => abort.abort());
    await expect(session.query('SELECT 1', { signal: abort.signal })).rejects.toMatchObject({ stopError });
  });

  it('tells a query that somebody else has cancelled', async () => {
    const { session, athena } = sessionOn({ states: ['RUNNING', 'CANCELLED'] });
    await expect(session.query('SELECT 1')).rejects.toBeInstanceOf(QueryCancelledError);
    expect(athena.stopped).toEqual([]);
  });

  it.each([
    [{ ErrorCategory: 2, Retryable: false }, UserQueryError],
    [{ ErrorCategory: 1, Retryable: false }, SystemQueryError],
    [{ ErrorCategory: 1, Retryable: true }, RetryableQueryError],
    [{ ErrorCategory: 3, Retryable: false }, QueryFailedError],
  ])('throws for a failure of the kind %o the class %o', async (AthenaError, kind) => {
    const StateChangeReason = "TABLE_NOT_FOUND: line 3:15: Table 'nix' does not exist";
    const { session } = sessionOn({
      states: ['FAILED'],
      execution: { Status: { StateChangeReason, AthenaError } },
    });
    const error = await session.query('SELECT 1').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({
      executionId: 'query-1',
      errorName: 'TABLE_NOT_FOUND',
      position: { line: 3, column: 15 },
      statistics: { bytesScanned: 3_333 },
    });
  });

  it('looks again at a failure that may pass, since Athena may run the query again', async () => {
    const passing = { Status: { AthenaError: { ErrorCategory: 1, Retryable: true } } };
    const { session, athena } = sessionOn({
      states: ['RUNNING', 'FAILED', 'RUNNING', 'SUCCEEDED'],
      execution: passing,
    });
    await session.query('SELECT 1');
    expect(athena.looks).toBe(4);
  });

  it('stops a query that has read more than it may, and says what it took', async () => {
    const { session, athena } = sessionOn({ states: ['QUEUED', 'RUNNING'] });
    const error = await session.query('SELECT 1', { maxScan: 3_332 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ScanLimitError);
    expect(error).toMatchObject({
      limit: 3_332,
      statistics: { bytesScanned: 3_333 },
      executionId: 'query-1',
    });
    expect(athena.stopped).toEqual(['query-1']);
  });

  it('lets a query read what it may, and gives a result that was there before it was seen', async () => {
    const { session, athena } = sessionOn({ states: ['RUNNING', 'SUCCEEDED'] });
    await session.query('SELECT 1', { maxScan: 3_333 });
    const quick = sessionOn({});
    await quick.session.query('SELECT 1', { maxScan: 1 });
    expect([...athena.stopped, ...quick.athena.stopped]).toEqual([]);
  });

  it('asks for an earlier result that is young enough, and tells where it was one', async () => {
    const reused = { Statistics: { ResultReuseInformation: { ReusedPreviousResult: true } } };
    const { session, athena } = sessionOn({ execution: reused });
    const { statistics, dollars } = await session.query('SELECT 1', { reuse: 60 });
    expect(athena.started[0]?.ResultReuseConfiguration).toEqual({
      ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: 60 },
    });
    expect(statistics.reused).toBe(true);
    expect(dollars).toBe(0);
  });

  it.each([
    { maxScan: Number.NaN },
    { maxScan: -1 },
    { reuse: Number.NaN },
    { reuse: -1 },
    { reuse: 10_081 },
  ])('refuses %o, which is no limit, before anything is sent', async (limits) => {
    const { session, athena } = sessionOn({});
    await expect(session.query('SELECT 1', limits)).rejects.toBeInstanceOf(RangeError);
    expect(athena.started).toEqual([]);
    const settings = { client: athena, workgroup: 'w', database: 'd' };
    expect(() => new AthenaSession({ ...settings, ...limits })).toThrow(RangeError);
  });

  it('leaves clients open that it was given, and refuses work once it is closed', async () => {
    const closed: string[] = [];
    const athena = new FakeAthena({ columns: [['n', 'integer']], rows: [['1'], ['2']], pageSize: 2 });
    athena.close = () => closed.push('athena');
    const objects = new FakeObjects();
    objects.close = () => closed.push('objects');
    const wait = async () => {};
    const session = new AthenaSession({ client: athena, objects, workgroup: 'w', database: 'd', wait });
    const result = await session.query('SELECT 1');
    await session.objects();
    await session[Symbol.asyncDispose]();
    await session.close();
    expect(closed).toEqual([]);
    await expect(session.query('SELECT 1')).rejects.toBeInstanceOf(SessionClosedError);
    await expect(session.api()).rejects.toBeInstanceOf(SessionClosedError);
    await expect(session.objects()).rejects.toBeInstanceOf(SessionClosedError);
    await expect(result.all()).rejects.toBeInstanceOf(SessionClosedError);
    expect(athena.started).toHaveLength(1);
  });

  it('closes the connections that it has opened', async () => {
    const connection = connectionFor(
      loadSettings({ LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }),
    );
    const session = new AthenaSession({ connection, workgroup: 'w', database: 'd' });
    const opened = [await session.api(), await session.objects()];
    let closed = 0;
    for (const client of opened) client.close = () => closed++;
    await session.close();
    expect(closed).toBe(2);
  });

  it('adds up what its queries took, whatever became of them', async () => {
    const { session } = sessionOn({ states: ['SUCCEEDED', 'FAILED', 'CANCELLED'] });
    await session.query('SELECT 1');
    await expect(session.query('SELECT 2')).rejects.toBeInstanceOf(QueryFailedError);
    await expect(session.query('SELECT 3')).rejects.toBeInstanceOf(QueryCancelledError);
    const once = queryDollars({ bytesScanned: 3_333 });
    expect(session.spent).toEqual({ queries: 3, bytesScanned: 9_999, dollars: 2 * once });
  });

  it('hears how its query stands at each look', async () => {
    const { session } = sessionOn({ states: ['QUEUED', 'RUNNING', 'SUCCEEDED'] });
    const states: string[] = [];
    await session.query('SELECT 1', { onProgress: ({ state }) => states.push(state) });
    expect(states).toEqual(['QUEUED', 'RUNNING', 'SUCCEEDED']);
  });

  it('stops a query that it cannot look at any more', async () => {
    const { session, athena } = sessionOn({ states: ['RUNNING'] });
    athena.execution = async () => {
      throw named('AccessDeniedException', 'no more');
    };
    await expect(session.query('SELECT 1')).rejects.toThrow('no more');
    expect(athena.stopped).toEqual(['query-1']);
  });

  it('ends with its signal even while a request is on its way', async () => {
    const abort = new AbortController();
    const { session, athena } = sessionOn({ states: ['RUNNING'] });
    athena.execution = () => {
      abort.abort();
      return new Promise(() => {});
    };
    const stop = athena.stop.bind(athena);
    athena.stop = async (input) => {
      athena.execution = async () => ({ QueryExecution: { Status: { State: 'CANCELLED' } } }) as never;
      return stop(input);
    };
    await expect(session.query('SELECT 1', { signal: abort.signal })).rejects.toBeInstanceOf(
      QueryCancelledError,
    );
    expect(athena.stopped).toEqual(['query-1']);
  });

  it('ends with its signal even while it is started, and is stopped once it has an id', async () => {
    const abort = new AbortController();
    const { session, athena } = sessionOn({ states: ['RUNNING'] });
    const closing = new AbortController();
    athena.start = async () => {
      setImmediate(() => abort.abort());
      await once(closing.signal, 'abort');
      return { QueryExecutionId: 'late' };
    };
    await expect(session.query('SELECT 1', { signal: abort.signal })).rejects.toBeInstanceOf(
      QueryCancelledError,
    );
    expect(athena.stopped).toEqual([]);
    const closed = session.close();
    closing.abort();
    await closed;
    expect(athena.stopped).toEqual(['late']);
  });

  it('ends with its signal even while its result is asked for', async () => {
    const abort = new AbortController();
    const { session, athena } = sessionOn({});
    athena.results = () => {
      abort.abort();
      return new Promise(() => {});
    };
    await expect(session.query('SELECT 1', { signal: abort.signal })).rejects.toBeInstanceOf(
      QueryCancelledError,
    );
  });

  it('runs many queries at once, each with its own end', async () => {
    const athena = new FakeAthena({ columns: [['n', 'integer']], rows: [['1']] });
    const session = new AthenaSession({
      client: athena,
      workgroup: 'w',
      database: 'd',
      wait: async () => {},
    });
    const results = await Promise.all(Array.from({ length: 50 }, (_, n) => session.query(`SELECT ${n}`)));
    expect(new Set(results.map(({ executionId }) => executionId)).size).toBe(50);
    expect(new Set(athena.started.map((input) => input.ClientRequestToken)).size).toBe(50);
    expect(session.spent.queries).toBe(50);
  });

  it('sends a value in a text as it was told, and refuses one that Athena has no room for', async () => {
    const { session, athena } = sessionOn({});
    await expect(session.query('SELECT ?', { parameters: ['x'.repeat(1_100)] })).rejects.toThrow('1,024');
    await expect(session.query('DROP TABLE ?', { parameters: ['x'] })).rejects.toThrow('DDL takes no');
    await expect(session.query(sql`SELECT 1`, { parameters: [1] })).rejects.toThrow('takes no others');
    expect(athena.started).toEqual([]);
    await session.query(sql`SELECT ${'x'}`);
    expect(athena.started[0]).toMatchObject({ QueryString: 'SELECT ?', ExecutionParameters: ["'x'"] });
  });

  it('gives rows the type that its caller knows them to have', async () => {
    const { session } = sessionOn({ columns: [['n', 'bigint']], rows: [['1']] });
    const result = await session.query<{ n: bigint }>('SELECT 1 AS n');
    for await (const row of result) {
      expectTypeOf(row).toEqualTypeOf<{ n: bigint }>();
      expect(row).toEqual({ n: 1n });
    }
  });
});

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

function sessionOn(query: FakeQuery, onWait: (waited: number) => void = () => {}) {
  const athena = new FakeAthena(query);
  const waits: number[] = [];
  const wait = async (milliseconds: number, signal: AbortSignal | undefined) => {
    waits.push(milliseconds);
    onWait(waits.length);
    signal?.throwIfAborted();
  };
  return {
    athena,
    waits,
    session: new AthenaSession({ client: athena, workgroup: 'w', database: 'd', wait }),
  };
}
