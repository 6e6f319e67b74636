import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, withoutNotice } from '../cli/expect-refusal.js';
import { type Answer, startFakeAws } from '../cli/fake-aws.js';
import { runCli } from '../cli/run-cli.js';

const stopped: string[] = [];
const started: object[] = [];
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
function StartQueryExecution(input: {
  QueryString: string;
  WorkGroup: string;
  ExecutionParameters?: string[];
}): Answer {
  const { QueryString, WorkGroup } = input;
  started.push(input);
  if (WorkGroup !== 'lakehouse-local' && !QueryString.includes('customers'))
    return { error: 'InvalidRequestException', message: 'WorkGroup is not found.' };
  if (QueryString === 'SELEC')
    return { error: 'InvalidRequestException', message: "line 1:1: mismatched input 'SELEC'" };
  return { output: { QueryExecutionId: QueryString } };
}

function GetQueryExecution({ QueryExecutionId: id }: { QueryExecutionId: string }): Answer {
  looks.emit(id);
  const StateChangeReason = REASONS[id];
  const State = StateChangeReason
    ? 'FAILED'
    : id === 'SELECT forever' || id === 'SELECT wide'
      ? 'RUNNING'
      : 'SUCCEEDED';
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
  'SELECT \u001b[2J': 'SYNTAX_ERROR: \u001b[2J',
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
        'Time in queue: 5 ms   Run time: 60 ms   Data scanned: 700 B   Cost on AWS: about $0.000048   Rows: 2,500\n',
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
    await writeFile(file, '\ufeff-- A comment\r\nSELECT 1;\r\n');
    expect((await query('-f', file)).code).toBe(0);
    // As an editor on Windows may write it.
    await writeFile(file, Buffer.from('\ufeffSELECT 1', 'utf16le'));
    const refused = withoutNotice(await query('-f', file));
    expectRefusal(refused, 2);
    expect(refused.stderr).toContain('must be text in UTF-8');
  });

  it('runs several statements up to the first that fails', async () => {
    const all = await query('SELECT 1; SELECT 2 -- ;', '--format', 'csv');
    expect(all.stdout.split('\n')).toHaveLength(2 * 2_501 + 1);
    expect(all.stderr).toContain('Together: 2 queries   1.40 KB scanned   about $0.000095');
    const some = await query('SELECT 3; SELEC; SELECT 4', '--format', 'csv');
    expect(some.stdout.split('\n')).toHaveLength(2_501 + 1);
    expect(some.code).toBe(1);
    expect(started).not.toContainEqual(expect.objectContaining({ QueryString: 'SELECT 4' }));
  });

  it('reads statements from stdin', async () => {
    const run = await runCli(
      'athena/main.ts',
      ['-f', '-', '--format', 'csv'],
      local(),
      undefined,
      'SELECT 5;\n',
    );
    expect(run.stdout.split('\n')).toHaveLength(2_502);
    expect(run.code).toBe(0);
  });

  it('runs a query by its name, with parameters sent apart from it', async () => {
    const { code } = await query(
      '--name',
      'customers-of-status',
      '-p',
      "status=it's",
      '-p',
      'since=2026-02-04',
    );
    expect(code).toBe(0);
    const sent = started.find((input) => JSON.stringify(input).includes("it''s"));
    expect(sent).toMatchObject({
      QueryString: expect.stringContaining('status = /* status */ ?'),
      ExecutionParameters: ["'it''s'", "TIMESTAMP '2026-02-04 00:00:00.000'"],
    });
  });

  it('lists the queries that are kept by name', async () => {
    const { code, stdout } = await runCli('athena/main.ts', ['--list'], {});
    expect(stdout).toContain('customers-of-status\n    The customers who');
    expect(stdout).toContain('    --param status=<varchar>  ');
    expect(stdout).toContain('customers-profile\n');
    expect(code).toBe(0);
  });

  it('shows statements with their hours and values written in, and runs nothing', async () => {
    const range = ['--from', '2026-02-04T10', '--to', '2026-02-04T12', '--late', '1h'];
    const sql = 'SELECT count(*) FROM customers WHERE /* hours */ true';
    const { code, stdout, stderr } = await runCli('athena/main.ts', [sql, ...range, '--dry-run'], {});
    expect(stdout).toBe(
      "SELECT count(*) FROM customers WHERE /* hours */ (year = '2026' AND month = '02' AND day = '04' AND hour BETWEEN '10' AND '12');\n",
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('prints no more rows than it is told to, and says that it cut', async () => {
    const { code, stdout, stderr } = await query('SELECT 6', '--format', 'tsv', '--max-rows', '2');
    expect(stdout).toBe('n\ttext\n0\tx\n1\tx\n');
    expect(stderr).toContain('Printed the first 2 rows; --max-rows all prints every one.\n');
    expect(code).toBe(0);
    const exact = await query('SELECT 6', '--max-rows', '2500');
    expect(exact.stderr).not.toContain('Printed');
  });

  it('writes rows to a file, whole or not at all, in the format that its name ends with', async () => {
    const file = join(folder, 'rows.jsonl');
    const { code, stdout } = await query('SELECT 7', '-o', file);
    expect((await readFile(file, 'utf8')).split('\n')[2_499]).toBe('{"n":2499,"text":"x"}');
    expect(stdout).toBe('');
    expect(code).toBe(0);
    const parquet = join(folder, 'rows.parquet');
    expect((await query('SELECT 8', '-o', parquet)).code).toBe(0);
    expect((await readFile(parquet)).subarray(0, 4).toString()).toBe('PAR1');
    const nowhere = withoutNotice(await query('SELECT 9', '-o', join(folder, 'no', 'such.csv')));
    expectRefusal(nowhere, 2);
    expect(nowhere.stderr).toContain('--output is');
    expect(await readdir(folder)).toEqual(expect.not.arrayContaining([expect.stringContaining('partial')]));
  });

  it('writes to what a link points to, and to a pipe as it is, and puts nothing in their place', async () => {
    const [file, link, pipe] = ['linked.csv', 'link.csv', 'pipe.csv'].map((name) => join(folder, name));
    if (!file || !link || !pipe) throw new Error('There are three.');
    await writeFile(file, 'old');
    await symlink(file, link);
    expect((await query('SELECT 11', '-o', link)).code).toBe(0);
    expect(await readFile(file, 'utf8')).toMatch(/^n,text\n0,x\n/);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);

    expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
    const [read, { code }] = await Promise.all([readFile(pipe, 'utf8'), query('SELECT 12', '-o', pipe)]);
    expect(read).toMatch(/^n,text\n0,x\n/);
    expect(code).toBe(0);
    expect((await lstat(pipe)).isFIFO()).toBe(true);
  });

  it.each([
    ['a folder', ['-o', '.'], 'a folder: name a file in it'],
    ['no name', ['-o', ''], 'must be the name of a file'],
    ['a folder that is not there', ['-o', 'no/such/rows.parquet'], 'cannot be written (ENOENT for no/such)'],
    ['an end that no format has', ['-o', 'rows.xlsx'], 'no format ends with ".xlsx"'],
  ])('refuses to write to %s before it runs the query', async (_, flags, said) => {
    const { code, stderr } = await query('SELECT never', ...flags);
    expect(stderr).toContain(said);
    expect(code).toBe(2);
    expect(started).not.toContainEqual(expect.objectContaining({ QueryString: 'SELECT never' }));
  });

  it('runs in another workgroup where it is named', async () => {
    await query('SELECT 13 FROM customers', '--workgroup', 'lakehouse-local-movements');
    expect(started).toContainEqual(
      expect.objectContaining({
        QueryString: 'SELECT 13 FROM customers',
        WorkGroup: 'lakehouse-local-movements',
      }),
    );
  });

  it('says nothing on stderr with --quiet but what went wrong', async () => {
    expect((await query('SELECT 10', '--quiet')).stderr).toBe('');
    expect((await query('SELECT * FROM nix', '--quiet')).stderr).toMatch(/^Query failed: .*TABLE_NOT_FOUND/);
  });

  it('stops a query that has read more than --max-scan', async () => {
    const { code, stderr } = await query('SELECT wide', '--max-scan', '699B');
    expect(stderr).toContain(
      'Query SELECT wide was cancelled: it had read more than the 699 bytes that were allowed after scanning 700 B.\n',
    );
    expect(code).toBe(1);
    expect(stopped).toContain('SELECT wide');
  });

  it('asks for an earlier result with --reuse', async () => {
    await query('SELECT 11', '--reuse', '1h');
    expect(started).toContainEqual(
      expect.objectContaining({
        QueryString: 'SELECT 11',
        ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: 60 } },
      }),
    );
  });

  it('says once that a table is read whole, and nothing of it on local AWS', async () => {
    const dev = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_ENDPOINT_URL: aws.endpoint };
    const sql = 'SELECT * FROM customers; SELECT 1 FROM customers';
    const { stderr } = await runCli('athena/main.ts', [sql], dev);
    expect(stderr.match(/Note: every folder of customers is read/g)).toHaveLength(1);
    expect((await query(sql)).stderr).not.toContain('Note:');
    const narrow = await runCli('athena/main.ts', ["SELECT 1 FROM customers WHERE year = '2026'"], dev);
    expect(narrow.stderr).not.toContain('Note:');
  });

  it('lets nothing in an error drive the terminal', async () => {
    const { stderr } = await query('SELECT \u001b[2J');
    expect(stderr).toContain('\\u001b[2J');
    expect(stderr).not.toContain('\u001b');
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
    ['a name of no query', ['--name', 'nix']],
    ['a parameter that a query does not have', ['--name', 'customers-of-status', '-p', 'x=1']],
    ['a value of another type', ['--name', 'customers-of-status', '-p', 'since=yesterday']],
    ['a parameter without a query', ['SELECT 1', '-p', 'x=1']],
    ['a parameter without a value', ['--name', 'customers-of-status', '-p', 'status']],
    ['a name and a statement', ['SELECT 1', '--name', 'customers-of-status']],
    ['hours of a statement that names none', ['SELECT 1', '--from', '2h']],
    ['hours without a statement', ['--from', '2h']],
    ['a dry run of nothing', ['--dry-run']],
    ['hours without a beginning', ['SELECT 1 WHERE /* hours */ true', '--to', '2h']],
    ['hours that end before they begin', ['SELECT 1 WHERE /* hours */ true', '--from', '2h', '--to', '3h']],
    ['Parquet without a file', ['SELECT 1', '--format', 'parquet']],
    ['one file for several statements', ['SELECT 1; SELECT 2', '-o', 'x.csv']],
    ['a limit that is no size', ['SELECT 1', '--max-scan', 'much']],
    ['a result that may be too old', ['SELECT 1', '--reuse', '8d']],
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
    expect(undeployed.stderr).toContain('WorkGroup is not found.\nDeploy it with');
    expect(undeployed.code).toBe(3);
  });

  it('stops the query on the server on Ctrl-C', async () => {
    const run = await runCli('athena/main.ts', ['SELECT forever'], local(), (child) => {
      looks.once('SELECT forever', () => child.kill('SIGINT'));
    });
    expect(withoutNotice(run).stderr).toBe('Query SELECT forever was cancelled after scanning 700 B.\n');
    expect(run.code).toBe(130);
    expect(stopped).toContain('SELECT forever');
  });
});
