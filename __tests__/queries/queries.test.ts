import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Dataset, datasets } from '../../datasets/index.js';
import { datasetQueries, loadNamedQueries } from '../../queries/index.js';
import { pageViews } from '../datasets/page-views.js';

const files = (await readdir(new URL('../../queries/', import.meta.url))).filter(
  (file) => !file.endsWith('.ts'),
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

describe("a dataset's queries", () => {
  it('have names that no other query has', () => {
    const names = [...queries, ...datasets.flatMap(datasetQueries)].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are about its own columns', () => {
    const named = new Map(datasetQueries(pageViews).map((query) => [query.name, query]));
    expect([...named.keys()]).toEqual(
      ['by-hour', 'newest', 'late', 'duplicates', 'profile'].map((what) => `page-views-${what}`),
    );
    expect(named.get('page-views-duplicates')?.sql).toContain(`GROUP BY ${pageViews.identity}`);
    for (const column of Object.keys(pageViews.columns))
      expect(named.get('page-views-profile')?.sql).toContain(`'${column}' AS column_name`);
  });
});

describe('a dataset of very many columns', () => {
  const count = 1_200;
  const wide: Dataset = {
    ...pageViews,
    name: `wide_${'x'.repeat(60)}`,
    columns: {
      ...pageViews.columns,
      ...Object.fromEntries(
        Array.from({ length: count - 4 }, (_, index) => [
          `a_column_with_quite_a_long_name_${'y'.repeat(200)}_${index}`,
          { type: 'string' as const, comment: 'One of many.' },
        ]),
      ),
    },
  };
  const profiles = datasetQueries(wide).filter(({ name }) => name.includes('-profile'));

  it('has a profile for each fifty, as long as Athena takes', () => {
    expect(profiles).toHaveLength(count / 50);
    for (const { name, sql } of profiles) {
      expect(name).toMatch(/-profile-\d+$/);
      expect(Buffer.byteLength(sql)).toBeLessThan(262_144);
      expect(sql.split('UNION ALL')).toHaveLength(50);
    }
    expect(profiles[1]?.description).toMatch(/^Columns 51 to 100 of the 1200 of /);
  });

  it('has each column in one of them, by its position in the table', () => {
    const positions = profiles.flatMap(({ sql }) =>
      [...sql.matchAll(/SELECT (\d+) AS position, '(\w+)'/g)].map(([, position, column]) => [
        column,
        Number(position),
      ]),
    );
    expect(positions).toEqual(Object.keys(wide.columns).map((column, index) => [column, index + 1]));
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
      { name: 'newest', description: 'The newest orders.', sql: 'SELECT 1 -- one', parameters: [] },
    ]);
  });

  it('has the parameters that its comment defines', async () => {
    const [query] = await load(
      '-- Some orders.\n-- @param least bigint   How many at least.\nSELECT 1 WHERE 2 > /* least */ 1',
    );
    expect(query).toMatchObject({
      description: 'Some orders.',
      parameters: [{ name: 'least', type: 'bigint', description: 'How many at least.' }],
    });
  });

  it.each([
    ['@param least int How many.', '"@param name type  What it is."'],
    ['@param least bigint', '"@param name type  What it is."'],
    ['@params', '"@param name type  What it is."'],
    ['@param least bigint  How many.', 'does not use the parameter least'],
  ])('is refused with the line %s', async (line, said) => {
    await expect(load(`-- Some.\n-- ${line}\nSELECT 1`)).rejects.toThrow(said);
  });

  it('is refused without such a comment, and without a statement', async () => {
    await expect(load('SELECT 1')).rejects.toThrow('Query "newest": it must begin with a comment');
    await expect(load('-- Nothing.')).rejects.toThrow('Query "newest": there is no statement');
  });
});
