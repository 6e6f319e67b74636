import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StatementRunner } from '../../../athena/command/statement-runner.js';
import { AthenaSession } from '../../../athena/index.js';
import { prompt } from '../../../athena/prompt/prompt.js';
import { PromptHistory } from '../../../athena/prompt/prompt-history.js';
import { Output } from '../../../cli/output.js';
import { loadSettings } from '../../../settings/index.js';
import { FakeAthena, type FakeQuery } from '../fake-athena.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'prompt-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the prompt', () => {
  it('runs a statement once its semicolon is typed, on however many lines', async () => {
    const terminal = open();
    await terminal.type('SELECT n\r');
    expect(terminal.athena.started).toEqual([]);
    await terminal.type("FROM t WHERE a = ';'\r; SELECT 2;\r");
    const { shown, code } = await terminal.end();
    expect(terminal.athena.started.map(({ QueryString }) => QueryString)).toEqual([
      "SELECT n\nFROM t WHERE a = ';'",
      'SELECT 2',
    ]);
    expect(shown).toContain(' n\n---\n 7\n');
    expect(code).toBe(0);
  });

  it('goes on after a query that failed, and a mistake', async () => {
    const terminal = open({ states: ['FAILED', 'SUCCEEDED'] });
    await terminal.type('SELECT 1;\r\\nix\rSELECT 2;\r');
    const { shown, faults } = await terminal.end();
    expect(faults).toEqual(['UserQueryError', 'UsageError']);
    expect(shown).toContain(' 7\n');
  });

  it('cancels the query that runs with Ctrl-C, and goes on', async () => {
    const terminal = open({ states: ['RUNNING'] });
    await terminal.type('SELECT forever;\r');
    await terminal.until(() => terminal.athena.looks > 1);
    await terminal.type('\u0003');
    await terminal.until(() => terminal.athena.stopped.length > 0);
    await terminal.type('\\c\r');
    const { shown, faults } = await terminal.end();
    expect(faults).toEqual(['QueryCancelledError']);
    expect(shown).toContain('Together: 1 query ');
  });

  it('drops what was typed with Ctrl-C where no query runs', async () => {
    const terminal = open();
    await terminal.type('SELECT wrong\r FROM');
    await terminal.type('\u0003');
    await terminal.type('SELECT 1;\r');
    await terminal.end();
    expect(terminal.athena.started.map(({ QueryString }) => QueryString)).toEqual(['SELECT 1']);
  });

  it('tells tables, columns and what else it knows', async () => {
    const terminal = open();
    await terminal.type('\\d\r\\d customers\r\\?\r\\n\r\\f json\r\\f\r\\x\r\\x\r');
    const { shown } = await terminal.end();
    expect(shown).toContain('customers  Who they are.\n');
    expect(shown).toContain('status  string  The status.\nyear    string  partition. Of arrival.\n');
    expect(shown).toMatch(/\\d \[table\] +tables/);
    expect(shown).toContain('customers-of-status\n');
    expect(shown).toContain('json; there are table, vertical');
    expect(shown).toMatch(/A line for each value\.\n.*A table\.\n/s);
  });

  it('prints a line for each value once it is told to', async () => {
    const terminal = open();
    await terminal.type('\\x\rSELECT 1;\r');
    expect((await terminal.end()).shown).toContain('-[ row 1 ]---\nn | 7\n');
  });

  it('runs a named query with its parameters', async () => {
    const terminal = open();
    await terminal.type('\\n customers-of-status status=Inactive\r');
    await terminal.end();
    expect(terminal.athena.started[0]?.ExecutionParameters).toEqual(["'Inactive'"]);
  });

  it.each(['\\q\r', 'exit\r', 'quit;\r', '\u0004'])('ends with %j', async (typed) => {
    const terminal = open();
    await terminal.type(typed);
    expect(await terminal.ended).toBe(0);
  });

  it('keeps whole statements from one time to the next, for nobody else to read', async () => {
    const first = open();
    await first.type('SELECT 1, -- one\r   2;\r\\d\r');
    await first.end();
    const file = path.join(folder, 'history');
    expect(await readFile(file, 'utf8')).toBe('SELECT 1, 2;\n\\d\n');
    expect((await stat(file)).mode & 0o077).toBe(0);
    const second = open();
    await second.type('\u001b[A');
    await second.type('\u001b[A');
    await second.type('\r');
    await second.end();
    expect(second.athena.started.map(({ QueryString }) => QueryString)).toEqual(['SELECT 1, 2']);
  });

  it('shows a statement of this time as one line again', async () => {
    const terminal = open();
    await terminal.type('SELECT\r 5;\r');
    await terminal.until(() => terminal.athena.started.length === 1);
    await terminal.type('\u001b[A');
    await terminal.type('\r');
    await terminal.end();
    expect(terminal.athena.started.map(({ QueryString }) => QueryString)).toEqual(['SELECT\n 5', 'SELECT 5']);
  });
});

/** A prompt that reads what is typed and shows what a terminal would. */
function open(query: FakeQuery = {}) {
  const athena = new FakeAthena({ columns: [['n', 'integer']], rows: [['7']], ...failing(query) });
  const session = new AthenaSession({
    client: athena,
    workgroup: 'w',
    database: 'd',
    polling: { first: 1, longest: 5 },
  });
  const [input, screen] = [new PassThrough(), new PassThrough()];
  let shown = '';
  screen.on('data', (chunk) => {
    shown += String(chunk);
  });
  const settings = loadSettings({ LAKEHOUSE_ENV: 'local' });
  const runner = new StatementRunner({ session, settings, output: new Output(screen), stderr: screen });
  const faults: string[] = [];
  const ended = prompt({
    name: 'd',
    runner,
    printing: { format: 'table' },
    catalog: { tables: async () => [CUSTOMERS] },
    history: new PromptHistory(path.join(folder, 'history')),
    tellFault: (error) => faults.push((error as Error).name),
    input,
    output: screen,
  });
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  return {
    athena,
    until,
    ended,
    /** Types, and gives the prompt the time to read it. */
    type: async (text: string) => {
      input.write(text);
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
    end: async () => {
      input.write('\\q\r');
      const code = await ended;
      return { shown, code, faults };
    },
  };
}

/** A query that fails is its user's fault. */
const failing = (query: FakeQuery): FakeQuery =>
  query.states?.includes('FAILED')
    ? { ...query, execution: { Status: { AthenaError: { ErrorCategory: 2 } } } }
    : query;

const CUSTOMERS = {
  name: 'customers',
  comment: 'Who they are.',
  columns: [
    { name: 'status', type: 'string', comment: 'The status.', isPartition: false },
    { name: 'year', type: 'string', comment: 'Of arrival.', isPartition: true },
  ],
};
