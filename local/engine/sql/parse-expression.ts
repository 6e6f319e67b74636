import { parseCall } from './parse-call.js';
import { parseQuery } from './parse-query.js';
import { parseSpecialForm } from './parse-special-form.js';
import { notSupported, SqlFault } from './sql-fault.js';
import { startsQuery } from './starts-query.js';
import type { BinaryOperator, Expression } from './syntax.js';
import type { TokenCursor } from './tokens.js';

/** Reads an expression with Trino's precedence, from OR down to a subscript. */
export function parseExpression(t: TokenCursor): Expression {
  return logicalChain(t, 'OR', () => logicalChain(t, 'AND', () => parseNot(t)));
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

/** A value and one comparison at most: a second one, as in `1 < 2 < 3`, is none of Trino's. */
function parsePredicate(t: TokenCursor): Expression {
  const value = parseValue(t);
  const { at, upper } = t.peek();
  const operator = Object.hasOwn(COMPARISONS, upper) ? COMPARISONS[upper] : undefined;
  if (operator) {
    t.next();
    return parseComparison(t, value, operator, at);
  }
  if (t.accept('IS')) return parseIs(t, value, at);
  const negated = t.is('NOT') && ['BETWEEN', 'IN', 'LIKE'].includes(t.peek(1).upper);
  if (negated) t.next();
  const predicate = parseRange(t, value, at);
  if (!predicate) return value;
  return negated ? { kind: 'not', value: predicate, at } : predicate;
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
      if (t.is('(')) throw notSupported('A function with a dot in its name', at);
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
    return { kind: 'literal', type: kind, text, at };
  }
  if (t.is('(')) return parseParenthesis(t, at);
  const special = kind === 'word' ? parseSpecialForm(t) : undefined;
  if (special) return special;
  if (t.is('?'))
    throw new SqlFault('INVALID_PARAMETER_USAGE', 'Incorrect number of parameters: a ? has no value', at);
  if (kind === 'quoted' && t.peek(1).upper === '(') return parseCall(t);
  const first = t.identifier();
  if (t.peek().kind === 'string') throw notSupported(`A literal of type ${first.name}`, at);
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
