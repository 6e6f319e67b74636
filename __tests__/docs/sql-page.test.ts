import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { renewedSqlPage, SQL_PAGE } from '../../docs/sql-page.js';

it('docs/sql.md tells of the statements and functions that there are', async () => {
  const isCurrent = (await readFile(SQL_PAGE, 'utf8')) === (await renewedSqlPage());
  expect(isCurrent, 'docs/sql.md is stale: renew it with `npm run docs`').toBe(true);
});
