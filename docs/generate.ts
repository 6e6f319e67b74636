import '../cli/sdk-warning.js';
import { writeFile } from 'node:fs/promises';
import { LOCAL_AWS_PAGE, renewedPage } from './local-aws-page.js';

/** `npm run docs`: writes what the code says of itself into the pages. */
await writeFile(LOCAL_AWS_PAGE, await renewedPage());
