import { describe, expect, expectTypeOf, it } from 'vitest';
import { AthenaSession, QueryCancelledError, QueryFailedError } from '../../athena/index.js';
import { FakeAthena, type FakeQuery } from './fake-athena.js';

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
    expect(result.statistics).toEqual({ queued: 11, run: 222, total: 250, bytesScanned: 3_333 });
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
      name: 'QueryFailedError',
      executionId: undefined,
      category: 'user',
      reason: "line 1:1: mismatched input 'SELEC'",
    });
  });

  it('passes on what is wrong with the way to Athena, the workgroup included', async () => {
    for (const error of [
      named('AccessDeniedException', 'no'),
      named('InvalidRequestException', 'WorkGroup w is not found.'),
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
