import { EngineFault } from './engine.js';

/**
 * The last wall in front of DuckDB: a text that this engine has made is one statement, with nothing in it that could
 * end it or hide a part of it. Outside quotes it holds only characters of a short list, and neither a comment nor a
 * prefix that gives a string another meaning, such as the E of `E'\''`.
 * @throws EngineFault if it is not so; that is a defect of the engine, whatever the user wrote.
 */
export function guarded(sql: string): string {
  let at = 0;
  while (at < sql.length) {
    const c = sql[at] ?? '';
    if (c === "'" || c === '"') {
      if (at > 0 && PREFIX.test(sql[at - 1] ?? '')) throw unsafe('a quote behind a word');
      at = endOfQuoted(sql, c, at);
      continue;
    }
    if (!PLAIN.test(c)) throw unsafe(`the character ${JSON.stringify(c)}`);
    const next = sql[at + 1];
    if ((c === '-' && next === '-') || (c === '/' && next === '*')) throw unsafe('a comment');
    at++;
  }
  return sql;
}

const PLAIN = /[A-Za-z0-9_ \n()[\]{},.:+\-*/%<>=|]/;
const PREFIX = /[A-Za-z0-9_]/;

/** The position behind the quoted text that starts at `at`; a doubled quote is a character of it. */
function endOfQuoted(sql: string, quote: string, at: number): number {
  let end = sql.indexOf(quote, at + 1);
  while (end >= 0 && sql[end + 1] === quote) end = sql.indexOf(quote, end + 2);
  if (end < 0) throw unsafe('a quote that does not end');
  if (sql.slice(at, end).includes('\0')) throw unsafe('the character NUL');
  return end + 1;
}

function unsafe(what: string): EngineFault {
  return new EngineFault(`The engine refuses its own statement: it holds ${what}`);
}
