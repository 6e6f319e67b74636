import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EngineTable } from '../../../local/engine/engine.js';
import { openEngine } from '../../../local/engine/engine-process.js';
import { smallDisk } from '../store/small-disk.js';
import { columns, RunningEngine } from './running-engine.js';

const disk = smallDisk(8);
const running = new RunningEngine();
const stagingDir = path.join(disk?.folder ?? running.folder, 'staging');
mkdirSync(stagingDir, { recursive: true });
const engine = openEngine({ objectsDir: running.objectsDir, stagingDir });
afterAll(async () => {
  await engine.close();
  await running.close();
  disk?.remove();
});

let last = 0;
const query = (sql: string, tables: readonly EngineTable[] = []) => {
  const id = String(++last);
  return engine.execute({
    sql,
    parameters: [],
    database: 'db',
    id,
    tables,
    resultPath: path.join(stagingDir, id),
  });
};

const FULL = { name: 'EngineFault', message: 'The disk of the data folder is full.' };

// Without the right to mount a file system there is no small disk.
describe.skipIf(!disk)('on a disk that is full', () => {
  it('a result that does not fit says so, without a path', async () => {
    await expect(
      query("SELECT rpad('x', 2000, 'x') FROM UNNEST(sequence(1, 10000)) AS t(n)"),
    ).rejects.toMatchObject(FULL);
  });

  it('text that does not fit as Parquet says so, and leaves room for the next', async () => {
    const list = columns('id int, a string');
    const format = {
      kind: 'delimited',
      separator: ',',
      escape: undefined,
      nullText: '\\N',
      skipLines: 0,
    } as const;
    const table = (name: string, lines: number): EngineTable => {
      const file = path.join(running.objectsDir, name);
      writeFileSync(file, Array.from({ length: lines }, (_, i) => `${i},${Math.sin(i)}\n`).join(''));
      const files = [{ path: file, uri: `s3://b/${name}`, partition: [], size: statSync(file).size }];
      return { database: 'db', name: 't', columns: list, partitionKeys: [], format, files };
    };
    await expect(query('SELECT * FROM t', [table('large', 500_000)])).rejects.toMatchObject(FULL);
    expect((await query('SELECT * FROM t', [table('small', 100)])).rows).toBe(100);
  });
});
