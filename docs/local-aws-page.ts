import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startLocalAws } from '../local/local-aws.js';
import { operationsTable } from './operations-table.js';

/** The page that has the table of operations. */
export const LOCAL_AWS_PAGE = fileURLToPath(new URL('local-aws.md', import.meta.url));

const BEGIN = '<!-- Made by `npm run docs` from here on. -->';
const END = '<!-- Made by `npm run docs` up to here. -->';

/**
 * The page with its table as the code has it now.
 * @throws Error where the page lacks the marks that the table stands between.
 */
export async function renewedPage(): Promise<string> {
  const page = await readFile(LOCAL_AWS_PAGE, 'utf8');
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin === -1 || end < begin)
    throw new Error(`${LOCAL_AWS_PAGE} has no place for the table of operations.`);
  return `${page.slice(0, begin + BEGIN.length)}\n${await currentTable()}\n${page.slice(end)}`;
}

async function currentTable(): Promise<string> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'lakehouse-docs-'));
  try {
    const local = await startLocalAws({ dataDir });
    try {
      return await operationsTable(local);
    } finally {
      await local.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
