import { notSupported, SqlFault } from './sql-fault.js';
import { unicodeText } from './unicode-literal.js';

/** A token of Trino's SQL. */
export interface Token {
  readonly kind:
    | 'word'
    | 'quoted'
    | 'string'
    | 'binary'
    | 'integer'
    | 'decimal'
    | 'double'
    | 'symbol'
    | 'end';
  /** As written; of a string or quoted identifier, the characters in it. */
  readonly text: string;
  /** Of a word, in upper case; of any other token, its text, or empty where that could be taken for a word. */
  readonly upper: string;
  /** Offset of the first character. */
  readonly at: number;
}

/** @throws SqlFault at a character that begins no token, or at a string or comment that does not end. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  // DuckDB's parser ends at one, wherever it stands.
  if (sql.includes('\0'))
    throw new SqlFault('SYNTAX_ERROR', 'A statement cannot hold the character NUL', sql.indexOf('\0'));
  const lastClose = sql.lastIndexOf('*/');
  let at = 0;
  while (at < sql.length) {
    // Not looked for again and again: thousands of comments that do not end would take minutes.
    if (sql.startsWith('/*', at) && lastClose < at + 2)
      throw new SqlFault('SYNTAX_ERROR', `mismatched input '/'`, at);
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(sql)?.groups;
    if (!groups) throw new SqlFault('SYNTAX_ERROR', `mismatched input ${shown(sql.slice(at, at + 1))}`, at);
    const [kind, text] = Object.entries(groups).find(([, value]) => value !== undefined) ?? ['symbol', ''];
    if (kind !== 'space') tokens.push(token(kind, text, at));
    at = TOKEN.lastIndex;
  }
  tokens.push({ kind: 'end', text: '<EOF>', upper: '<EOF>', at: sql.length });
  return tokens;
}

const TOKEN = new RegExp(
  [
    String.raw`(?<space>\s+|--[^\r\n]*|/\*[^]*?\*/)`,
    `(?<string>'(?:[^']|'')*')`,
    String.raw`(?<unicode>[uU]&'(?:[^']|'')*'(?:\s*[uU][eE][sS][cC][aA][pP][eE]\s*'(?:[^']|'')*')?)`,
    `(?<binary>[xX]'(?:[^']|'')*')`,
    `(?<quoted>"(?:[^"]|"")*")`,
    String.raw`(?<double>(?:\d+(?:\.\d*)?|\.\d+)[eE][+-]?\d+)(?!\w)`,
    String.raw`(?<decimal>\d+\.\d*|\.\d+)(?!\w)`,
    String.raw`(?<integer>\d+)(?!\w)`,
    String.raw`(?<refused>\d\w+|${'`'}(?:[^${'`'}]|${'``'})*${'`'})`,
    `(?<word>[A-Za-z_][A-Za-z0-9_]*)`,
    String.raw`(?<symbol><>|<=|>=|!=|->|=>|\|\||[-+*/%<>=(),.:[\]?;])`,
  ].join('|'),
  'y',
);

function token(kind: string, text: string, at: number): Token {
  switch (kind) {
    case 'string':
      return { kind, text: text.slice(1, -1).replaceAll("''", "'"), upper: '', at };
    case 'unicode':
      return { kind: 'string', text: unicodeText(text, at), upper: '', at };
    case 'refused':
      throw refusal(text, at);
    case 'binary':
      return { kind, text: text.slice(2, -1), upper: '', at };
    case 'quoted':
      return { kind, text: text.slice(1, -1).replaceAll('""', '"'), upper: '', at };
    case 'word':
      return { kind, text, upper: text.toUpperCase(), at };
    case 'integer':
    case 'decimal':
    case 'double':
      return { kind, text, upper: text, at };
    default:
      return { kind: 'symbol', text, upper: text, at };
  }
}

/** What Trino reads and does not take, and its newer numbers. */
function refusal(text: string, at: number): SqlFault {
  if (/^(?:\d(?:_?\d)+|0x(?:_?[0-9a-f])+|0o(?:_?[0-7])+|0b(?:_?[01])+)$/i.test(text))
    return notSupported('A number with underscores or of another base than ten', at);
  const message = text.startsWith('`')
    ? 'backquoted identifiers are not supported; use double quotes to quote identifiers'
    : 'identifiers must not start with a digit; surround the identifier with double quotes';
  return new SqlFault('SYNTAX_ERROR', message, at);
}

/** Walks over tokens; what the parsers stand on. */
export class TokenCursor {
  private position = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  /** The token `ahead` of the next one. */
  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.position + ahead, this.tokens.length - 1)] ?? END;
  }

  next(): Token {
    const token = this.peek();
    this.position++;
    return token;
  }

  /** Whether the next tokens are these words or symbols. */
  is(...words: string[]): boolean {
    return words.every((word, i) => this.peek(i).upper === word);
  }

  /** Takes the next tokens if they are these words or symbols. */
  accept(...words: string[]): boolean {
    if (!this.is(...words)) return false;
    this.position += words.length;
    return true;
  }

  expect(...words: string[]): Token {
    const first = this.peek();
    for (const word of words) if (!this.accept(word)) throw this.mismatch(`'${word}'`);
    return first;
  }

  /** An identifier in lower case: Trino's are case-insensitive even where they are quoted. */
  identifier(): Identifier {
    const token = this.peek();
    if (token.kind !== 'quoted' && (token.kind !== 'word' || RESERVED.has(token.upper))) {
      throw this.mismatch('<identifier>');
    }
    this.position++;
    return { name: token.text.toLowerCase(), at: token.at };
  }

  /** Whether an identifier that is no keyword of a clause comes next, as where an alias may stand. */
  isAlias(): boolean {
    const { kind, upper } = this.peek();
    return kind === 'quoted' || (kind === 'word' && !RESERVED.has(upper) && !CLAUSES.has(upper));
  }

  /** Items separated by commas. */
  list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.accept(',')) items.push(item());
    return items;
  }

  inParentheses<T>(read: () => T): T {
    const { at } = this.expect('(');
    if (++this.depth > MAX_DEPTH)
      throw new SqlFault('STATEMENT_TOO_LARGE', 'Parentheses are nested too deep', at);
    const result = read();
    this.expect(')');
    this.depth--;
    return result;
  }

  mismatch(expected: string): SqlFault {
    const { text, at } = this.peek();
    return new SqlFault('SYNTAX_ERROR', `mismatched input ${shown(text)}. Expecting: ${expected}`, at);
  }
}

export interface Identifier {
  readonly name: string;
  readonly at: number;
}

const MAX_DEPTH = 200;

const END: Token = { kind: 'end', text: '<EOF>', upper: '<EOF>', at: 0 };

function shown(text: string): string {
  return `'${text}'`;
}

/** Trino's reserved words: what no identifier may be unless it is quoted. */
const RESERVED = new Set(
  `ALTER AND AS BETWEEN BY CASE CAST CONSTRAINT CREATE CROSS CUBE CURRENT_CATALOG CURRENT_DATE CURRENT_PATH
  CURRENT_ROLE CURRENT_SCHEMA CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DEALLOCATE DELETE DESCRIBE DISTINCT DROP ELSE
  END ESCAPE EXCEPT EXECUTE EXISTS EXTRACT FALSE FOR FROM FULL GROUP GROUPING HAVING IN INNER INSERT INTERSECT INTO IS
  JOIN LEFT LIKE LISTAGG LOCALTIME LOCALTIMESTAMP NATURAL NORMALIZE NOT NULL ON OR ORDER OUTER PREPARE RECURSIVE RIGHT
  ROLLUP SELECT SKIP TABLE THEN TRIM TRUE UESCAPE UNION UNNEST USING VALUES WHEN WHERE WITH`.split(/\s+/),
);

/** Words that are not reserved but open a clause where an alias could stand. */
const CLAUSES = new Set(['LIMIT', 'OFFSET', 'FETCH', 'WINDOW', 'TABLESAMPLE', 'MATCH_RECOGNIZE']);
