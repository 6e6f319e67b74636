import { parseExpression } from './parse-expression.js';
import { parseColumnNames, parseQuery } from './parse-query.js';
import { notSupported } from './sql-fault.js';
import { startsQuery } from './starts-query.js';
import type { Relation } from './syntax.js';
import type { TokenCursor } from './tokens.js';

/** Reads what stands behind FROM, with its joins. */
export function parseRelation(t: TokenCursor): Relation {
  let left = parseSample(t);
  for (;;) {
    if (t.is('NATURAL')) throw notSupported('NATURAL JOIN', t.peek().at);
    if (t.accept('CROSS', 'JOIN')) {
      left = { kind: 'join', type: 'CROSS', left, right: parseSample(t) };
      continue;
    }
    const type = parseJoinType(t);
    if (!type) return left;
    const right = parseRelation(t);
    if (t.accept('ON')) left = { kind: 'join', type, left, right, on: parseExpression(t) };
    else if (t.accept('USING')) left = { kind: 'join', type, left, right, using: parseColumnNames(t) ?? [] };
    else throw t.mismatch("'ON', 'USING'");
  }
}

function parseJoinType(t: TokenCursor) {
  if (t.accept('JOIN') || t.accept('INNER', 'JOIN')) return 'INNER';
  for (const type of ['LEFT', 'RIGHT', 'FULL'] as const) {
    if (t.accept(type)) {
      t.accept('OUTER');
      t.expect('JOIN');
      return type;
    }
  }
  return undefined;
}

function parseSample(t: TokenCursor): Relation {
  const relation = parseAliased(t);
  if (t.is('MATCH_RECOGNIZE')) throw notSupported('MATCH_RECOGNIZE', t.peek().at);
  const { at } = t.peek();
  if (!t.accept('TABLESAMPLE')) return relation;
  const method = t.accept('BERNOULLI') ? 'BERNOULLI' : 'SYSTEM';
  if (method === 'SYSTEM' && !t.accept('SYSTEM')) throw t.mismatch("'BERNOULLI', 'SYSTEM'");
  return { kind: 'sample', relation, method, percentage: t.inParentheses(() => parseExpression(t)), at };
}

function parseAliased(t: TokenCursor): Relation {
  const relation = parsePrimary(t);
  if (!t.accept('AS') && !t.isAlias()) return relation;
  const alias = t.identifier();
  const columns = parseColumnNames(t);
  return { kind: 'alias', relation, alias, ...(columns && { columns }) };
}

function parsePrimary(t: TokenCursor): Relation {
  const { at } = t.peek();
  if (t.is('(')) {
    if (startsQuery(t, 1))
      return { kind: 'subquery', lateral: false, query: t.inParentheses(() => parseQuery(t)) };
    return t.inParentheses(() => parseRelation(t));
  }
  if (t.accept('LATERAL'))
    return { kind: 'subquery', lateral: true, query: t.inParentheses(() => parseQuery(t)) };
  if (t.accept('UNNEST')) {
    const values = t.inParentheses(() => t.list(() => parseExpression(t)));
    return { kind: 'unnest', values, ordinality: t.accept('WITH', 'ORDINALITY'), at };
  }
  if (t.is('TABLE', '(')) throw notSupported('A table function', at);
  if (t.is('JSON_TABLE', '(')) throw notSupported('JSON_TABLE', at);
  return parseTable(t);
}

/** Reads the name of a table. */
export function parseTable(t: TokenCursor): Relation {
  const name = [t.identifier()];
  while (t.accept('.')) name.push(t.identifier());
  if (t.is('('))
    throw notSupported(`The table function "${name.map((part) => part.name).join('.')}"`, name[0]?.at);
  if (t.is('FOR')) throw notSupported('FOR VERSION and FOR TIMESTAMP', t.peek().at);
  return { kind: 'table', name };
}
