import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { statementsDocument } from '../local/athena/statements/document.js';
import { functionsDocument } from '../local/engine/sql/functions/document.js';

/** The page that has the lists of statements and functions. */
export const SQL_PAGE = fileURLToPath(new URL('sql.md', import.meta.url));

/**
 * The page with its lists as the code has them now.
 * @throws Error where the page lacks the marks that a list stands between.
 */
export async function renewedSqlPage(): Promise<string> {
  const withStatements = withSection(await readFile(SQL_PAGE, 'utf8'), 'statements', statementsDocument());
  return withSection(withStatements, 'functions', functionsDocument());
}

/** The text with what stands between `<!-- name -->` and `<!-- /name -->` replaced. */
function withSection(text: string, name: string, section: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${SQL_PAGE} has no section ${start} … ${end}`);
  return `${text.slice(0, from + start.length)}\n${section}\n${text.slice(to)}`;
}
