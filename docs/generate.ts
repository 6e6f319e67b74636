import '../cli/sdk-warning.js';
import { writeFile } from 'node:fs/promises';
import { LOCAL_AWS_PAGE, renewedPage } from './local-aws-page.js';
import { renewedSqlPage, SQL_PAGE } from './sql-page.js';

/** `npm run docs`: writes what the code says of itself into the pages. */
await writeFile(LOCAL_AWS_PAGE, await renewedPage());
await writeFile(SQL_PAGE, await renewedSqlPage());
