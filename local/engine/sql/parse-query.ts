import { parseExpression } from './parse-expression.js';
import { parseRelation, parseTable } from './parse-relation.js';
import { parseSortItems, parseWindow } from './parse-window.js';
import { notSupported } from './sql-fault.js';
import type {
  Cte,
  GroupBy,
  GroupingElement,
  Query,
  QueryBody,
  Select,
  SelectItem,
  SetOperation,
  ValuesRow,
} from './syntax.js';
import type { Identifier, TokenCursor } from './tokens.js';

/** Reads a query by Trino's grammar, from its WITH to its LIMIT. */
export function parseQuery(t: TokenCursor): Query {
  const ctes = t.accept('WITH') ? parseCtes(t) : [];
  const body = parseBody(t);
  const orderBy = t.accept('ORDER', 'BY') ? parseSortItems(t) : [];
  const offset = t.accept('OFFSET') ? parseCount(t) : undefined;
  if (offset && !t.accept('ROWS')) t.accept('ROW');
  const limit = parseLimit(t);
  return { ctes, body, orderBy, ...(offset && { offset }), ...limit };
}

function parseCtes(t: TokenCursor): Cte[] {
  for (const word of ['FUNCTION', 'SESSION']) {
    if (t.is(word) && t.peek(1).kind === 'word' && !t.is(word, 'AS'))
      throw notSupported(`WITH ${word}`, t.peek().at);
  }
  const recursive = t.accept('RECURSIVE');
  return t.list(() => {
    const name = t.identifier();
    const columns = parseColumnNames(t);
    t.expect('AS');
    return { name, ...(columns && { columns }), query: t.inParentheses(() => parseQuery(t)), recursive };
  });
}

export function parseColumnNames(t: TokenCursor): Identifier[] | undefined {
  return t.is('(') ? t.inParentheses(() => t.list(() => t.identifier())) : undefined;
}

function parseLimit(t: TokenCursor) {
  if (t.accept('LIMIT')) return t.accept('ALL') ? {} : { limit: parseCount(t) };
  if (!t.accept('FETCH')) return {};
  if (!t.accept('FIRST')) t.expect('NEXT');
  const { at } = t.peek();
  const limit =
    t.is('ROW') || t.is('ROWS')
      ? ({ kind: 'literal', type: 'integer', text: '1', at } as const)
      : parseCount(t);
  if (!t.accept('ROWS')) t.expect('ROW');
  if (t.accept('ONLY')) return { limit };
  t.expect('WITH', 'TIES');
  return { limit, withTies: true };
}

function parseCount(t: TokenCursor) {
  const { kind, text, at } = t.peek();
  if (kind !== 'integer') throw t.mismatch("'ALL', <integer>, '?'");
  t.next();
  return { kind: 'literal', type: kind, text, at } as const;
}

/** UNION and EXCEPT, from left to right; INTERSECT binds tighter. */
function parseBody(t: TokenCursor): QueryBody {
  let left = parseIntersections(t);
  while (t.is('UNION') || t.is('EXCEPT')) left = parseSetOperation(t, left, parseIntersections);
  return left;
}

function parseIntersections(t: TokenCursor): QueryBody {
  let left = parseTerm(t);
  while (t.is('INTERSECT')) left = parseSetOperation(t, left, parseTerm);
  return left;
}

function parseSetOperation(
  t: TokenCursor,
  left: QueryBody,
  right: (t: TokenCursor) => QueryBody,
): SetOperation {
  const { upper, at } = t.next();
  const operator = upper === 'UNION' ? 'UNION' : upper === 'EXCEPT' ? 'EXCEPT' : 'INTERSECT';
  const all = t.accept('ALL');
  if (!all) t.accept('DISTINCT');
  return { kind: 'setOperation', operator, all, left, right: right(t), at };
}

function parseTerm(t: TokenCursor): QueryBody {
  if (t.is('(')) {
    if (t.is('(', 'WITH')) t.expect('(', 'SELECT');
    return { kind: 'query', query: t.inParentheses(() => parseQuery(t)) };
  }
  if (t.is('SELECT')) return parseSelect(t);
  const { at } = t.peek();
  if (t.accept('VALUES')) return { kind: 'values', at, rows: t.list(() => parseValuesRow(t)) };
  if (t.accept('TABLE')) {
    const star: SelectItem = { kind: 'star', at };
    return { kind: 'select', at, distinct: false, items: [star], from: [parseTable(t)], windows: [] };
  }
  throw t.mismatch("'(', 'SELECT', 'TABLE', 'VALUES'");
}

function parseValuesRow(t: TokenCursor): ValuesRow {
  const row = parseExpression(t);
  return row.kind === 'row' ? row.items : row;
}

function parseSelect(t: TokenCursor): Select {
  const { at } = t.expect('SELECT');
  const distinct = t.accept('DISTINCT');
  if (!distinct) t.accept('ALL');
  const items = t.list(() => parseSelectItem(t));
  const from = t.accept('FROM') ? t.list(() => parseRelation(t)) : [];
  const where = t.accept('WHERE') ? parseExpression(t) : undefined;
  const groupBy = t.accept('GROUP', 'BY') ? parseGroupBy(t) : undefined;
  const having = t.accept('HAVING') ? parseExpression(t) : undefined;
  const windows = t.accept('WINDOW') ? t.list(() => parseNamedWindow(t)) : [];
  return {
    kind: 'select',
    at,
    distinct,
    items,
    from,
    ...(where && { where }),
    ...(groupBy && { groupBy }),
    ...(having && { having }),
    windows,
  };
}

function parseNamedWindow(t: TokenCursor) {
  const name = t.identifier();
  t.expect('AS');
  return { name, window: t.inParentheses(() => parseWindow(t)) };
}

function parseSelectItem(t: TokenCursor): SelectItem {
  const { at } = t.peek();
  if (t.accept('*')) return { kind: 'star', at };
  if (t.peek(1).upper === '.' && t.peek(2).upper === '*') {
    const qualifier = t.identifier();
    t.expect('.', '*');
    if (t.is('AS', '(')) throw notSupported('A list of aliases for the columns of a row', t.peek().at);
    return { kind: 'star', qualifier, at };
  }
  const value = parseExpression(t);
  const alias = t.accept('AS') || t.isAlias() ? t.identifier() : undefined;
  return { kind: 'item', value, ...(alias && { alias }) };
}

function parseGroupBy(t: TokenCursor): GroupBy {
  const distinct = t.accept('DISTINCT');
  if (!distinct) t.accept('ALL');
  const elements = t.list((): GroupingElement => {
    if (t.accept('ROLLUP')) return { kind: 'rollup', sets: parseSets(t, true) };
    if (t.accept('CUBE')) return { kind: 'cube', sets: parseSets(t, true) };
    if (t.accept('GROUPING', 'SETS')) return { kind: 'sets', sets: parseSets(t, false) };
    if (t.accept('(', ')')) return { kind: 'sets', sets: [[]] };
    return { kind: 'by', value: parseExpression(t) };
  });
  return { distinct, elements };
}

function parseSets(t: TokenCursor, canBeEmpty: boolean) {
  return t.inParentheses(() => (canBeEmpty && t.is(')') ? [] : t.list(() => parseSet(t))));
}

function parseSet(t: TokenCursor) {
  if (t.accept('(', ')')) return [];
  const value = parseExpression(t);
  return value.kind === 'row' ? value.items : [value];
}
