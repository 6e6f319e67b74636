import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customers } from '../../../datasets/index.js';
import { type Lakehouse, openLakehouse } from '../../path/lakehouse-on-local-aws.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const hasTerminal = spawnSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode']).status === 0;

describe.skipIf(!hasTerminal)('the prompt on a terminal (by python3)', () => {
  let lakehouse: Lakehouse;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'terminal-'));
    lakehouse = await openLakehouse([customers]);
    await lakehouse.send(customers, 100);
    await lakehouse.waitForCount('SELECT count(*) FROM customers', 100);
  });
  afterAll(async () => {
    await lakehouse.end();
    await rm(folder, { recursive: true });
  });

  const READY = 'lakehouse_local> ';

  it('completes, runs, cancels and ends as people type', async () => {
    const slow = 'SELECT count(*) FROM customers a, customers b, customers c, customers d, customers e;\r';
    const { shown, code } = await onTerminal(
      [],
      [
        [READY, '\\d\r'],
        [READY, 'SELECT count(*) AS n FROM cust'],
        ['cust', '\t'],
        ['omers', ';\r'],
        [READY, slow],
        ['RUNNING | ', '\u0003'],
        [READY, 'SELECT nix\r'],
        ['-> ', ';\r'],
        [READY, '\u0004'],
      ],
    );
    expect(shown).toContain('customers  Customers and the status');
    expect(shown).toContain(' 100\r\n');
    expect(shown).toMatch(/Query [0-9a-f-]+ was cancelled after scanning/);
    expect(shown).toContain('COLUMN_NOT_FOUND: line 1:8');
    expect(code).toBe(0);
  });

  it('one statement shows how it stands, and gives way to its rows', async () => {
    const { shown, code } = await onTerminal(
      ["SELECT chr(27) || '[2J' AS odd, * FROM customers LIMIT 1"],
      [],
    );
    expect(shown).toContain(String.raw`\u001b[2J`);
    expect(shown).not.toContain('\u001b[2J');
    // Eighty columns are too few for the row.
    expect(shown).toContain('-[ row 1 ]');
    expect(shown).toContain('Rows: 1');
    expect(code).toBe(0);
  });

  it('one statement is cancelled by Ctrl-C', async () => {
    const slow = 'SELECT count(*) FROM customers a, customers b, customers c, customers d, customers e';
    const { shown, code } = await onTerminal([slow], [['RUNNING | ', '\u0003']]);
    expect(shown).toContain('was cancelled after scanning');
    expect(code).toBe(130);
  });

  async function onTerminal(
    args: readonly string[],
    steps: readonly (readonly [expect: string, type: string])[],
  ) {
    const command = [process.execPath, '--import', 'tsx', 'athena/main.ts', ...args];
    const python = spawn('python3', [fileURLToPath(new URL('terminal.py', import.meta.url)), ...command], {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH,
        TERM: 'xterm',
        NO_COLOR: '1',
        LAKEHOUSE_ENV: 'local',
        AWS_ENDPOINT_URL: lakehouse.local.endpoint,
        LAKEHOUSE_QUERY_HISTORY: path.join(folder, 'history'),
      },
    });
    python.stdin.end(
      steps.map(([awaited, typed]) => `${JSON.stringify({ expect: awaited, type: typed })}\n`).join(''),
    );
    return JSON.parse(await text(python.stdout)) as { shown: string; code: number };
  }
});
