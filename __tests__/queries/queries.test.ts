import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const FOLDER = new URL('../../queries/', import.meta.url);
const files = await readdir(FOLDER);

it('are files of SQL, and there are some', () => {
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) expect(file).toMatch(/^[a-z0-9-]+\.sql$/);
});

it.each(files)(
  '%s begins with a comment that describes it, and is one statement without an end',
  async (file) => {
    const text = await readFile(new URL(file, FOLDER), 'utf8');
    const [description, ...statement] = text.split('\n');
    expect(description).toMatch(/^-- [A-Z].*\.$/);
    expect(statement.join('\n')).toMatch(/^SELECT [^;]*\n$/);
  },
);
