import { QueryFault } from '../../engine/engine.js';
import { SqlFault } from '../../engine/sql/sql-fault.js';
import { type Token, TokenCursor } from '../../engine/sql/tokens.js';

/**
 * The tokens of a Hive statement. Its strings stand in either kind of quotes and have escapes, its names may stand in
 * backticks and may begin with a digit. A character that begins nothing is a symbol, which no grammar takes.
 */
export function hiveTokens(sql: string): Token[] {
  const tokens: Token[] = [];
  const lastClose = sql.lastIndexOf('*/');
  let lastIndex = 0;
  for (let at = 0; at < sql.length; at = lastIndex) {
    // Of what does not end only the first character is looked at, so that no text takes long.
    const isOpen = sql.startsWith('/*', at) && lastClose < at + 2;
    const pattern = isOpen ? SINGLE : TOKEN;
    pattern.lastIndex = at;
    const groups = pattern.exec(sql)?.groups ?? {};
    lastIndex = pattern.lastIndex;
    const [kind = 'symbol', text = ''] =
      Object.entries(groups).find(([, value]) => value !== undefined) ?? [];
    if (kind !== 'space') tokens.push(token(kind, text, at));
    // A quote that does not end: whatever stands behind it is part of no statement.
    if (kind === 'symbol' && /['"`]/.test(text)) break;
  }
  tokens.push({ kind: 'end', text: '<EOF>', upper: '<EOF>', at: sql.length });
  return tokens;
}

export const hiveCursor = (sql: string) => new TokenCursor(hiveTokens(sql));

/** Deliberately without a group that could match nothing. */
const TOKEN = new RegExp(
  [
    String.raw`(?<space>\s+|--[^\r\n]*|/\*[^]*?\*/)`,
    String.raw`(?<string>'(?:[^'\\]|\\[^])*'|"(?:[^"\\]|\\[^])*")`,
    '(?<quoted>`(?:[^`]|``)*`)',
    String.raw`(?<word>[\p{L}\p{N}_$]+)`,
    '(?<symbol>[^])',
  ].join('|'),
  'uy',
);

const SINGLE = /(?<symbol>[\s\S])/y;

function token(kind: string, text: string, at: number): Token {
  switch (kind) {
    case 'string':
      return { kind, text: unescaped(text.slice(1, -1)), upper: '', at };
    case 'quoted':
      return { kind, text: text.slice(1, -1).replaceAll('``', '`'), upper: '', at };
    case 'word':
      return { kind: /^\d+$/.test(text) ? 'integer' : 'word', text, upper: text.toUpperCase(), at };
    default:
      return { kind: 'symbol', text, upper: text, at };
  }
}

/** Hive's escapes; of any other character that is escaped, the character itself, but for `\%` and `\_`. */
function unescaped(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|[0-3][0-7]{2}|[\s\S])/g, (whole, code: string) => {
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    if (code.length === 3) return String.fromCharCode(Number.parseInt(code, 8));
    if (code === '%' || code === '_') return whole;
    return ESCAPES[code] ?? code;
  });
}

const ESCAPES: Readonly<Record<string, string>> = {
  0: '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\u001a',
};

/** A name, in lower case as the catalog keeps it. */
export function hiveName(t: TokenCursor): string {
  const { kind, text } = t.peek();
  if (kind !== 'quoted' && kind !== 'word' && kind !== 'integer') throw t.mismatch('<identifier>');
  t.next();
  return text.toLowerCase();
}

/** The characters of a string. */
export function hiveString(t: TokenCursor): string {
  if (t.peek().kind !== 'string') throw t.mismatch('STRING');
  return t.next().text;
}

/** A table as a Hive statement names it. */
export interface HiveTable {
  /** None where the statement leaves it to the query's context. */
  readonly database: string | undefined;
  readonly name: string;
  /** As the statement has it: `db.table`, or `table`. */
  readonly written: string;
}

/**
 * `table`, `db.table` or `awsdatacatalog.db.table`, of which all may stand in one pair of backticks.
 * @throws QueryFault for another catalog.
 */
export function hiveTable(t: TokenCursor): HiveTable {
  const { at } = t.peek();
  const parts = [hiveName(t)];
  while (t.accept('.')) parts.push(hiveName(t));
  const [name = '', database, catalog, ...more] = parts.flatMap((part) => part.split('.')).reverse();
  if (more.length > 0) throw new SqlFault('SYNTAX_ERROR', `Invalid table name ${parts.join('.')}`, at);
  checkCatalog(catalog);
  return { database, name, written: database === undefined ? name : `${database}.${name}` };
}

/** `db` or `awsdatacatalog.db`. @throws QueryFault for another catalog. */
export function hiveDatabase(t: TokenCursor): string {
  const first = hiveName(t);
  if (!t.accept('.')) return first;
  checkCatalog(first);
  return hiveName(t);
}

function checkCatalog(catalog: string | undefined): void {
  if (catalog === undefined || catalog === 'awsdatacatalog') return;
  throw new QueryFault('DATACATALOG_NOT_FOUND', `Catalog '${catalog}' does not exist`);
}

/** `('key' = 'value', …)`. */
export function hiveProperties(t: TokenCursor): Record<string, string> {
  const pairs = t.inParentheses(() =>
    t.list((): [string, string] => {
      const key = hiveString(t);
      t.expect('=');
      return [key, hiveString(t)];
    }),
  );
  return Object.fromEntries(pairs);
}
