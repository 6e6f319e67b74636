import { parseQuery, startsQuery } from './parse-query.js';
import { parseSpecialForm } from './parse-special-form.js';
import { notSupported, SqlFault } from './sql-fault.js';
import type { BinaryOperator, Expression, Frame, SortItem, Window } from './syntax.js';
import type { TokenCursor } from './tokens.js';

/** Reads an expression with Trino's precedence, from OR down to a subscript. */
export function parseExpression(t: TokenCursor): Expression {
  return logicalChain(t, 'OR', () => logicalChain(t, 'AND', () => parseNot(t)));
}

export function parseSortItems(t: TokenCursor): SortItem[] {
  return t.list(() => {
    const value = parseExpression(t);
    const descending = t.accept('DESC');
    if (!descending) t.accept('ASC');
    // Trino puts nulls last in either direction.
    const nullsFirst = t.accept('NULLS', 'FIRST');
    if (!nullsFirst) t.accept('NULLS', 'LAST');
    return { value, descending, nullsFirst };
  });
}

/** What stands in the parentheses of OVER and WINDOW. */
export function parseWindow(t: TokenCursor): Window {
  const base = t.is('PARTITION') || !t.isAlias() || isFrame(t) ? undefined : t.identifier();
  const partitionBy = t.accept('PARTITION', 'BY') ? t.list(() => parseExpression(t)) : [];
  const orderBy = t.accept('ORDER', 'BY') ? parseSortItems(t) : [];
  const frame = isFrame(t) ? parseFrame(t) : undefined;
  return { ...(base && { base }), partitionBy, orderBy, ...(frame && { frame }) };
}

function isFrame(t: TokenCursor): boolean {
  return t.is('ROWS') || t.is('RANGE') || t.is('GROUPS');
}

function parseFrame(t: TokenCursor): Window['frame'] {
  const { upper } = t.next();
  const unit = upper === 'ROWS' ? 'ROWS' : upper === 'RANGE' ? 'RANGE' : 'GROUPS';
  if (!t.accept('BETWEEN')) return { unit, start: parseFrameBound(t) };
  const start = parseFrameBound(t);
  t.expect('AND');
  return { unit, start, end: parseFrameBound(t) };
}

function parseFrameBound(t: TokenCursor): Frame {
  if (t.accept('UNBOUNDED', 'PRECEDING')) return 'UNBOUNDED PRECEDING';
  if (t.accept('UNBOUNDED', 'FOLLOWING')) return 'UNBOUNDED FOLLOWING';
  if (t.accept('CURRENT', 'ROW')) return 'CURRENT ROW';
  const distance = parseExpression(t);
  if (t.accept('PRECEDING')) return { distance, side: 'PRECEDING' };
  t.expect('FOLLOWING');
  return { distance, side: 'FOLLOWING' };
}

function logicalChain(t: TokenCursor, operator: 'AND' | 'OR', term: () => Expression): Expression {
  const first = term();
  const { at } = t.peek();
  const terms = [first];
  while (t.accept(operator)) terms.push(term());
  return terms.length === 1 ? first : { kind: 'logical', operator, terms, at };
}

function binaryChain(
  t: TokenCursor,
  operators: readonly BinaryOperator[],
  operand: () => Expression,
): Expression {
  let left = operand();
  for (;;) {
    const operator = operators.find((symbol) => t.is(symbol));
    if (!operator) return left;
    const { at } = t.next();
    left = { kind: 'binary', operator, left, right: operand(), at };
  }
}

function parseNot(t: TokenCursor): Expression {
  const { at } = t.peek();
  return t.accept('NOT') ? { kind: 'not', value: parseNot(t), at } : parsePredicate(t);
}

const COMPARISONS: Readonly<Record<string, BinaryOperator>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

function parsePredicate(t: TokenCursor): Expression {
  let value = parseValue(t);
  for (;;) {
    const { at, upper } = t.peek();
    const operator = Object.hasOwn(COMPARISONS, upper) ? COMPARISONS[upper] : undefined;
    if (operator) {
      t.next();
      value = parseComparison(t, value, operator, at);
      continue;
    }
    if (t.accept('IS')) {
      value = parseIs(t, value, at);
      continue;
    }
    const negated = t.is('NOT') && ['BETWEEN', 'IN', 'LIKE'].includes(t.peek(1).upper);
    if (negated) t.next();
    const predicate = parseRange(t, value, at);
    if (!predicate) return value;
    value = negated ? { kind: 'not', value: predicate, at } : predicate;
  }
}

function parseComparison(
  t: TokenCursor,
  value: Expression,
  operator: BinaryOperator,
  at: number,
): Expression {
  const quantifier = t.is('ALL', '(') ? 'ALL' : t.is('ANY', '(') || t.is('SOME', '(') ? 'ANY' : undefined;
  if (!quantifier) return { kind: 'binary', operator, left: value, right: parseValue(t), at };
  t.next();
  return { kind: 'quantified', operator, quantifier, value, query: t.inParentheses(() => parseQuery(t)), at };
}

function parseIs(t: TokenCursor, value: Expression, at: number): Expression {
  const negated = t.accept('NOT');
  if (t.accept('NULL')) return { kind: 'isNull', value, negated, at };
  t.expect('DISTINCT', 'FROM');
  const operator = negated ? 'IS NOT DISTINCT FROM' : 'IS DISTINCT FROM';
  return { kind: 'binary', operator, left: value, right: parseValue(t), at };
}

function parseRange(t: TokenCursor, value: Expression, at: number): Expression | undefined {
  if (t.accept('BETWEEN')) {
    const low = parseValue(t);
    t.expect('AND');
    return { kind: 'between', value, low, high: parseValue(t), at };
  }
  if (t.accept('LIKE')) {
    const pattern = parseValue(t);
    const escaped = t.accept('ESCAPE') ? parseValue(t) : undefined;
    return { kind: 'like', value, pattern, ...(escaped && { escape: escaped }), at };
  }
  if (!t.accept('IN')) return undefined;
  return t.inParentheses((): Expression => {
    if (startsQuery(t, 0)) return { kind: 'inQuery', value, query: parseQuery(t), at };
    return { kind: 'inList', value, items: t.list(() => parseExpression(t)), at };
  });
}

export function parseValue(t: TokenCursor): Expression {
  const product = () => binaryChain(t, ['*', '/', '%'], () => parseUnary(t));
  return binaryChain(t, ['||'], () => binaryChain(t, ['+', '-'], product));
}

function parseUnary(t: TokenCursor): Expression {
  const { at } = t.peek();
  if (t.accept('-')) {
    // The smallest bigint has no positive counterpart, so the sign belongs to the literal.
    if (t.peek().kind === 'integer') {
      const literal = parsePostfix(t);
      if (literal.kind === 'literal') return { ...literal, text: `-${literal.text}`, at };
      return { kind: 'negate', value: literal, at };
    }
    return { kind: 'negate', value: parseUnary(t), at };
  }
  if (t.accept('+')) return parseUnary(t);
  return parseZoned(t);
}

/** A value with any number of AT TIME ZONE behind it. */
function parseZoned(t: TokenCursor): Expression {
  let value = parsePostfix(t);
  for (;;) {
    const { at } = t.peek();
    if (!t.accept('AT', 'TIME', 'ZONE')) return value;
    value = { kind: 'atTimeZone', value, zone: parsePostfix(t), at };
  }
}

function parsePostfix(t: TokenCursor): Expression {
  let value = parsePrimary(t);
  for (;;) {
    const { at } = t.peek();
    if (t.accept('[')) {
      value = { kind: 'subscript', value, index: parseValue(t), at };
      t.expect(']');
    } else if (t.accept('.')) {
      if (t.is('*')) throw notSupported('All fields of a row (.*)', t.peek().at);
      const name = t.identifier();
      if (value.kind === 'name') value = { ...value, parts: [...value.parts, name] };
      else value = { kind: 'field', base: value, name, at };
    } else {
      return value;
    }
  }
}

function parsePrimary(t: TokenCursor): Expression {
  const token = t.peek();
  const { kind, text, at } = token;
  if (
    kind === 'string' ||
    kind === 'binary' ||
    kind === 'integer' ||
    kind === 'decimal' ||
    kind === 'double'
  ) {
    t.next();
    if (t.is('UESCAPE')) throw notSupported('UESCAPE', t.peek().at);
    return { kind: 'literal', type: kind, text, at };
  }
  if (t.is('(')) return parseParenthesis(t, at);
  const special = kind === 'word' ? parseSpecialForm(t) : undefined;
  if (special) return special;
  if (t.is('?'))
    throw new SqlFault('INVALID_PARAMETER_USAGE', 'Incorrect number of parameters: a ? has no value', at);
  const first = t.identifier();
  // A dotted name is read part by part by the caller; a call has one part, as no catalog's functions are known.
  return { kind: 'name', parts: [first], at };
}

function parseParenthesis(t: TokenCursor, at: number): Expression {
  if (startsQuery(t, 1)) return { kind: 'subquery', query: t.inParentheses(() => parseQuery(t)), at };
  const items = t.inParentheses(() => t.list(() => parseExpression(t)));
  const [only] = items;
  if (items.length === 1 && only) return only;
  return { kind: 'row', items, at };
}
