import { parseQuery } from '../parse-query.js';
import { notSupported } from '../sql-fault.js';
import { type Identifier, type TokenCursor, tokenize } from '../tokens.js';
import { parseProperties, parseText } from './parse-properties.js';
import type { Statement } from './parsed-statement.js';

/** Reads what writes: CREATE TABLE AS, INSERT INTO, UNLOAD and CREATE VIEW. Undefined for anything else. */
export function parseWriting(t: TokenCursor, sql: string): Statement | undefined {
  if (t.accept('CREATE', 'TABLE')) return parseCreateTableAs(t);
  if (t.accept('INSERT', 'INTO')) return parseInsert(t);
  if (t.accept('UNLOAD')) return parseUnload(t);
  const replace = t.is('CREATE', 'OR', 'REPLACE');
  if (replace ? t.accept('CREATE', 'OR', 'REPLACE', 'VIEW') : t.accept('CREATE', 'VIEW')) {
    return parseCreateView(t, replace, sql);
  }
  return undefined;
}

function parseCreateTableAs(t: TokenCursor): Statement {
  const ifNotExists = t.accept('IF', 'NOT', 'EXISTS');
  const table = parseName(t);
  if (t.is('(')) throw notSupported('CREATE TABLE AS with a list of columns', t.peek().at);
  const comment = t.accept('COMMENT') ? parseText(t) : undefined;
  const properties = parseProperties(t);
  t.expect('AS');
  const query = t.is('(', 'WITH') ? t.inParentheses(() => parseQuery(t)) : parseQuery(t);
  const withData = !t.accept('WITH', 'NO', 'DATA');
  if (withData) t.accept('WITH', 'DATA');
  return { kind: 'CREATE_TABLE_AS_SELECT', query, table, ifNotExists, comment, properties, withData };
}

function parseInsert(t: TokenCursor): Statement {
  const table = parseName(t);
  const columns =
    t.is('(') && !opensQuery(t) ? t.inParentheses(() => t.list(() => t.identifier())) : undefined;
  return { kind: 'INSERT', query: parseQuery(t), table, columns };
}

const opensQuery = (t: TokenCursor) => ['SELECT', 'WITH', 'VALUES', 'TABLE', '('].includes(t.peek(1).upper);

function parseUnload(t: TokenCursor): Statement {
  const query = t.inParentheses(() => parseQuery(t));
  t.expect('TO');
  const location = parseText(t);
  return { kind: 'UNLOAD', query, location, properties: parseProperties(t) };
}

function parseCreateView(t: TokenCursor, replace: boolean, sql: string): Statement {
  const view = parseName(t);
  if (t.is('(')) throw notSupported('CREATE VIEW with a list of columns', t.peek().at);
  const comment = t.accept('COMMENT') ? parseText(t) : undefined;
  if (t.is('SECURITY')) throw notSupported('CREATE VIEW with SECURITY', t.peek().at);
  t.expect('AS');
  const start = t.peek().at;
  const query = parseQuery(t);
  const text = sql.slice(start, t.peek().at).trimEnd();
  if (holesIn(text)) throw notSupported('CREATE VIEW with a parameter', start);
  return { kind: 'CREATE_VIEW', query, view, replace, comment, text };
}

const holesIn = (text: string) => tokenize(text).some(({ kind, text }) => kind === 'symbol' && text === '?');

function parseName(t: TokenCursor): Identifier[] {
  const parts = [t.identifier()];
  while (t.accept('.')) parts.push(t.identifier());
  return parts;
}
