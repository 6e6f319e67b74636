import { allQueries } from '../command/planned-statements.js';
import { scanCode } from '../sql/scan.js';
import type { CatalogTable } from './catalog.js';
import { COMMANDS } from './prompt-command.js';

/**
 * What the word at the end of a text may become, and the word: tables where a table stands, columns of the tables that
 * the text names, and the words of SQL, in capitals unless they are begun otherwise.
 */
export function complete(text: string, tables: readonly CatalogTable[]): [string[], string] {
  // Queries' names have hyphens, and no name of SQL has.
  const [word = ''] = (/^\s*\\n\s/.test(text) ? /[\w-]*$/ : /[\w\\]*$/).exec(text) ?? [];
  const before = text.slice(0, text.length - word.length);
  return [candidates(before, word, tables).filter((candidate) => fits(candidate, word)), word];
}

function candidates(before: string, word: string, tables: readonly CatalogTable[]): string[] {
  const names = tables.map(({ name }) => name);
  if (before.trim() === '' && word.startsWith('\\')) return COMMANDS.map(({ name }) => name);
  if (/^\s*\\d\s+$/.test(before)) return names;
  if (/^\s*\\n\s+$/.test(before)) return allQueries().map(({ name }) => name);
  const qualified = /(\w+)\.$/.exec(before)?.[1]?.toLowerCase();
  const pieces = scanCode(before).map(({ text }) => text.toLowerCase());
  if (qualified !== undefined) {
    const table = tables.find(({ name }) => name === qualified || name === aliased(pieces, qualified));
    return columnsOf(table ? [table] : []);
  }
  if (BEFORE_TABLES.has(pieces.at(-1) ?? '')) return names;
  const named = tables.filter(({ name }) => pieces.includes(name));
  const words = WORDS.map((each) => (word !== '' && word === word.toLowerCase() ? each.toLowerCase() : each));
  // Before FROM nobody knows which table it will be.
  return [...new Set([...columnsOf(named.length > 0 ? named : tables), ...names, ...words])];
}

const fits = (candidate: string, word: string) => candidate.toLowerCase().startsWith(word.toLowerCase());

const columnsOf = (tables: readonly CatalogTable[]) =>
  tables.flatMap(({ columns }) => columns.map(({ name }) => name));

/** The table that a text gives this alias, as in `customers c` and `customers AS c`. */
function aliased(pieces: readonly string[], alias: string): string | undefined {
  const at = pieces.findIndex(
    (piece, index) =>
      piece === alias && index > 1 && (pieces[index - 1] === 'as' || isName(pieces[index - 1])),
  );
  return pieces[at - 1] === 'as' ? pieces[at - 2] : pieces[at - 1];
}

const isName = (piece: string | undefined) => piece !== undefined && /^\w+$/.test(piece);

const BEFORE_TABLES = new Set(['from', 'join', 'into', 'table', 'describe']);

const WORDS =
  `SELECT FROM WHERE GROUP ORDER BY HAVING LIMIT OFFSET JOIN LEFT RIGHT FULL INNER OUTER CROSS ON USING AS AND OR NOT IN
  BETWEEN LIKE IS NULL TRUE FALSE CASE WHEN THEN ELSE END DISTINCT UNION ALL INTERSECT EXCEPT WITH VALUES ASC DESC EXISTS
  CAST INTERVAL DATE TIMESTAMP UNNEST OVER PARTITION INSERT INTO CREATE TABLE VIEW DROP SHOW TABLES COLUMNS DESCRIBE
  EXPLAIN UNLOAD count sum avg min max approx_distinct approx_percentile coalesce date_trunc date_diff date_add
  date_parse date_format from_iso8601_timestamp current_timestamp json_extract_scalar regexp_like substr split_part
  row_number rank lag lead max_by min_by array_agg`.split(/\s+/);
