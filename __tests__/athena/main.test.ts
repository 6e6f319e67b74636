import { EventEmitter } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, withoutNotice } from '../cli/expect-refusal.js';
import { type Answer, startFakeAws } from '../cli/fake-aws.js';
import { runCli } from '../cli/run-cli.js';

const stopped: string[] = [];
const looks = new EventEmitter();
let aws: Awaited<ReturnType<typeof startFakeAws>>;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'query-'));
  aws = await startFakeAws({ StartQueryExecution, GetQueryExecution, GetQueryResults, StopQueryExecution });
});
afterAll(async () => {
  aws.close();
  await rm(folder, { recursive: true });
});

/** The statement is the execution's id, so that it says what to do. */
function StartQueryExecution({ QueryString, WorkGroup }: { QueryString: string; WorkGroup: string }): Answer {
  if (WorkGroup !== 'lakehouse-local')
    return { error: 'InvalidRequestException', message: `WorkGroup ${WorkGroup} is not found.` };
  if (QueryString === 'SELEC')
    return { error: 'InvalidRequestException', message: "line 1:1: mismatched input 'SELEC'" };
  return { output: { QueryExecutionId: QueryString } };
}

function GetQueryExecution({ QueryExecutionId: id }: { QueryExecutionId: string }): Answer {
  looks.emit(id);
  const StateChangeReason = REASONS[id];
  const State = StateChangeReason ? 'FAILED' : id === 'SELECT forever' ? 'RUNNING' : 'SUCCEEDED';
  const Statistics = { QueryQueueTimeInMillis: 5, EngineExecutionTimeInMillis: 60, DataScannedInBytes: 700 };
  return {
    output: {
      QueryExecution: {
        StatementType: 'DML',
        Statistics,
        Status: { State: stopped.includes(id) ? 'CANCELLED' : State, StateChangeReason },
      },
    },
  };
}

const REASONS: Readonly<Record<string, string>> = {
  'SELECT * FROM nix': "TABLE_NOT_FOUND: line 1:15:\nTable 'nix' does not exist",
  'SELECT 1 FROM no.database': "SCHEMA_NOT_FOUND: line 1:15: Schema 'no' does not exist",
};

function GetQueryResults(input: { QueryExecutionId: string; NextToken?: string }): Answer {
  const { QueryExecutionId: id, NextToken } = input;
  // Pages without end begin with the first over and over.
  const from = id === 'SELECT endless' ? 0 : Number(NextToken ?? 0);
  const all = [['n', 'text'], ...Array.from({ length: 2_500 }, (_, index) => [String(index), 'x'])];
  const Rows = all
    .slice(from, from + 1_000)
    .map((cells) => ({ Data: cells.map((VarCharValue) => ({ VarCharValue })) }));
  const ColumnInfo = [
    { Name: 'n', Type: 'integer' },
    { Name: 'text', Type: 'varchar' },
  ];
  const next = from + 1_000;
  return {
    output: {
      ResultSet: { Rows, ResultSetMetadata: { ColumnInfo } },
      ...(next < all.length && { NextToken: String(next) }),
    },
  };
}

function StopQueryExecution({ QueryExecutionId }: { QueryExecutionId: string }): Answer {
  stopped.push(QueryExecutionId);
  return { output: {} };
}

const local = () => ({ LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: aws.endpoint });
const query = (...args: string[]) => runCli('athena/main.ts', args, local());

describe.concurrent('npm run query', () => {
  it('prints rows on stdout and what they took on stderr', async () => {
    const { code, stdout, stderr } = await query('SELECT 1;');
    const lines = stdout.split('\n');
    expect(lines.slice(0, 3)).toEqual(['   n | text', '-----+------', '   0 | x']);
    expect(lines).toHaveLength(2 + 2_500 + 1);
    expect(stderr).toBe(
      `Local AWS at ${aws.endpoint}, with dummy credentials (LAKEHOUSE_ENV=local).\n` +
        'Time in queue: 5 ms   Run time: 60 ms   Data scanned: 700 B   Rows: 2,500\n',
    );
    expect(code).toBe(0);
  });

  it('prints CSV, JSON and lines of JSON', async () => {
    const [csv, json, lines] = await Promise.all(
      ['csv', 'json', 'jsonl'].map((format) => query('SELECT 1', '--format', format)),
    );
    expect(csv?.stdout.split('\n')[2_500]).toBe('2499,x');
    expect(JSON.parse(json?.stdout ?? '')).toHaveLength(2_500);
    expect(lines?.stdout.split('\n')[0]).toBe('{"n":0,"text":"x"}');
  });

  it('reads the statement from a file', async () => {
    const file = join(folder, 'query.sql');
    await writeFile(file, '-- A comment\nSELECT 1\n');
    expect((await query('-f', file)).code).toBe(0);
  });

  it('ends quietly when the reader of its rows leaves', async () => {
    const { code, stderr } = await runCli('athena/main.ts', ['SELECT endless'], local(), (child) =>
      child.stdout?.destroy(),
    );
    expect(stderr).not.toMatch(/EPIPE|Error/);
    expect(code).toBe(0);
  });

  it.each([
    ['no statement', []],
    ['an empty statement', [' ; ']],
    ['two statements', ['SELECT 1', 'SELECT 2']],
    ['a statement and a file', ['SELECT 1', '-f', 'x.sql']],
    ['a file that there is not', ['-f', 'no-such.sql']],
    ['an unknown format', ['SELECT 1', '--format', 'xml']],
    ['an unknown flag', ['SELECT 1', '--what']],
  ])('refuses %s', async (_, args) => {
    expectRefusal(await query(...args), 2);
  });

  it.each([
    ['SELECT * FROM nix', "TABLE_NOT_FOUND: line 1:15: Table 'nix' does not exist", 1],
    ['SELECT 1 FROM no.database', 'SCHEMA_NOT_FOUND', 2],
    ['SELEC', "line 1:1: mismatched input 'SELEC'", 1],
  ])('says in one line why %s failed', async (sql, said, lines) => {
    const run = withoutNotice(await query(sql));
    expectRefusal(run, 1);
    expect(run.stderr).toContain(said);
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(lines);
  });

  it('says how to start local AWS where nobody answers', async () => {
    const variables = { LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
    const run = await runCli('athena/main.ts', ['SELECT 1'], variables);
    expectRefusal(withoutNotice(run), 3);
    expect(run.stderr).toContain('npm run local');
  });

  it('says what to set where there are no credentials, and to deploy where there is no workgroup', async () => {
    const without = await runCli('athena/main.ts', ['SELECT 1'], {});
    expectRefusal(without, 3);
    expect(without.stderr).toContain('AWS_PROFILE');
    const variables = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_ENDPOINT_URL: aws.endpoint };
    const undeployed = await runCli('athena/main.ts', ['SELECT 1'], variables);
    expect(undeployed.stderr).toContain('WorkGroup lakehouse-dev is not found.\nDeploy it with');
    expect(undeployed.code).toBe(3);
  });

  it('stops the query on the server on Ctrl-C', async () => {
    const run = await runCli('athena/main.ts', ['SELECT forever'], local(), (child) => {
      looks.once('SELECT forever', () => child.kill('SIGINT'));
    });
    expect(withoutNotice(run).stderr).toBe('Query SELECT forever was cancelled after scanning 700 B.\n');
    expect(run.code).toBe(130);
    expect(stopped).toEqual(['SELECT forever']);
  });
});
