import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadNamedQueries } from '../../queries/index.js';

const files = (await readdir(new URL('../../queries/', import.meta.url))).filter(
  (file) => file !== 'index.ts',
);
const queries = loadNamedQueries();

describe('the named queries', () => {
  it('are files of SQL, and there are some', () => {
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect(file).toMatch(/^[a-z0-9-]+\.sql$/);
    expect(queries.map(({ name }) => `${name}.sql`)).toEqual(files.sort());
  });

  it.each(queries)('$name has a description, and is one statement without an end', ({ description, sql }) => {
    expect(description).toMatch(/^[A-Z].*\.$/);
    expect(sql).toMatch(/^SELECT [^;]*$/);
  });
});

describe('a named query', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'lakehouse-queries-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const load = async (text: string) => {
    await writeFile(path.join(folder, 'newest.sql'), text);
    return loadNamedQueries(pathToFileURL(`${folder}/`));
  };

  it('is described by the comment that its file begins with, however many lines that has', async () => {
    expect(await load('-- The newest\n-- orders.\nSELECT 1 -- one\n')).toEqual([
      { name: 'newest', description: 'The newest orders.', sql: 'SELECT 1 -- one' },
    ]);
  });

  it('is refused without such a comment, and without a statement', async () => {
    await expect(load('SELECT 1')).rejects.toThrow('Query "newest": it must begin with a comment');
    await expect(load('-- Nothing.')).rejects.toThrow('Query "newest": there is no statement');
  });
});
