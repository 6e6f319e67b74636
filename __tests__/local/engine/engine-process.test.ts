import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { columns, RunningEngine } from './running-engine.js';

let running = new RunningEngine();
afterEach(async () => {
  await running.close();
  running = new RunningEngine();
});

const ENGINE_PROCESS = new URL('../../../local/engine/engine-process.ts', import.meta.url).href;

/** Minutes of work. */
const ENDLESS = `WITH d(n) AS (VALUES ${Array.from({ length: 50 }, (_, i) => `(${i})`).join(', ')})
  SELECT count(DISTINCT a.n * b.n + c.n * e.n - f.n * g.n) FROM d a, d b, d c, d e, d f, d g`;

/** The engine's process: the one child of this process that runs it. */
function childPid(): number {
  const list = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  const line = list
    .split('\n')
    .find((text) => text.includes('engine-child') && text.includes(running.folder));
  return Number(line?.trim().split(' ')[0]);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('rejects what was under way when its process is killed, and then works again', async () => {
  await running.query('SELECT 1');
  const lost = running.query(ENDLESS);
  const alsoLost = running.query(ENDLESS);
  const expected = { name: 'EngineFault', message: expect.stringContaining('SIGKILL') };
  const both = Promise.all([
    expect(lost).rejects.toMatchObject(expected),
    expect(alsoLost).rejects.toMatchObject(expected),
  ]);
  await pause(300);
  process.kill(childPid(), 'SIGKILL');
  await both;
  expect((await running.query('SELECT 1')).lines).toEqual(['"1"']);
});

it('cancels the execution that is meant, and no other', async () => {
  await running.query('SELECT 1');
  const cancelled = expect(running.query(ENDLESS, { id: 'a' })).rejects.toMatchObject({
    name: 'QueryFault',
    code: 'CANCELLED',
  });
  await pause(200);
  const other = running.query('SELECT count(*) FROM (VALUES 1, 2)');
  await running.engine.cancel('a');
  await running.engine.cancel('unknown');
  await cancelled;
  expect((await other).lines).toEqual(['"2"']);
});

it('cancels an execution at whichever moment of its start it is told to', async () => {
  await running.query('SELECT 1');
  const request = { sql: ENDLESS, parameters: [], database: 'db', tables: [] };
  for (let moment = 0; moment < 60; moment++) {
    const id = `moment ${moment}`;
    const resultPath = path.join(running.stagingDir, id);
    const cancelled = expect(running.engine.execute({ ...request, id, resultPath })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    await pause(moment / 4);
    await running.engine.cancel(id);
    await cancelled;
  }
});

it('ends with its parent, whatever it is at', async () => {
  await running.query('SELECT 1');
  const script = `
    import { mkdirSync } from 'node:fs';
    import { openEngine } from ${JSON.stringify(ENGINE_PROCESS)};
    const [objectsDir, stagingDir] = ['/o', '/s'].map((name) => process.argv[1] + name);
    mkdirSync(objectsDir);
    mkdirSync(stagingDir);
    const engine = openEngine({ objectsDir, stagingDir });
    const request = { parameters: [], database: 'db', id: 'x', tables: [], resultPath: stagingDir + '/r' };
    await engine.execute({ ...request, sql: 'SELECT 1' });
    engine.execute({ ...request, sql: ${JSON.stringify(ENDLESS)} }).catch(() => undefined);
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 500);
  `;
  const folder = path.join(running.folder, 'orphan');
  mkdirSync(folder);
  const args = ['--import', 'tsx', '--input-type=module', '-e', script, folder];
  expect(spawnSync(process.execPath, args, { stdio: 'ignore' }).signal).toBe('SIGKILL');
  await expect
    .poll(() => execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' }).includes(`${folder}/s`), {
      timeout: 3000,
    })
    .toBe(false);
});

it('runs many queries and conversions beside each other', async () => {
  const long = Array.from({ length: 20 }, (_, i) => `{"id":${i}}`);
  const queries = Array.from({ length: 20 }, (_, i) => running.query(`SELECT ${i}`));
  const conversions = Array.from({ length: 5 }, () => running.convert(columns('id int'), long));
  expect((await Promise.all(queries)).map(({ lines }) => lines[0])).toEqual(queries.map((_, i) => `"${i}"`));
  expect((await Promise.all(conversions)).map(({ rows }) => rows)).toEqual([20, 20, 20, 20, 20]);
});

it('does not end by the signals that a terminal sends to all', async () => {
  await running.query('SELECT 1');
  const pid = childPid();
  process.kill(pid, 'SIGINT');
  process.kill(pid, 'SIGTERM');
  await pause(100);
  expect((await running.query('SELECT 2')).lines).toEqual(['"2"']);
  expect(childPid()).toBe(pid);
});

it('ends its process when it is closed, and answers no more', async () => {
  await running.query('SELECT 1');
  const pid = childPid();
  const lost = expect(running.query(ENDLESS)).rejects.toMatchObject({ name: 'EngineFault' });
  await pause(200);
  await running.engine.close();
  await lost;
  expect(() => process.kill(pid, 0)).toThrow();
  await expect(running.query('SELECT 1')).rejects.toMatchObject({ name: 'EngineFault' });
});

it('starts no process before it is asked for something', async () => {
  expect(childPid()).toBe(Number.NaN);
  await running.engine.cancel('x');
  expect(childPid()).toBeNaN();
});
