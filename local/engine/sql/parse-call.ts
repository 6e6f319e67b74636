import { parseExpression } from './parse-expression.js';
import { parseSortItems, parseWindow } from './parse-window.js';
import { notSupported, SqlFault } from './sql-fault.js';
import type { Call, Expression, Window } from './syntax.js';
import type { Identifier, TokenCursor } from './tokens.js';

/** Reads a call of a function, with its arguments, lambdas among them, and its clauses. */
export function parseCall(t: TokenCursor): Expression {
  const token = t.peek();
  if (!CALLED_KEYWORDS.has(token.upper)) t.identifier();
  else t.next();
  const { name, at } = { name: token.text.toLowerCase(), at: token.at };
  if (REFUSED_FORMS.has(token.upper)) throw notSupported(token.upper, at);
  t.expect('(');
  if (name === 'listagg') return parseListagg(t, at);
  const star = t.accept('*');
  const distinct = t.accept('DISTINCT');
  if (!distinct) t.accept('ALL');
  let args: Expression[] = [];
  if (!star && (distinct || !(t.is(')') || t.is('ORDER')))) args = t.list(() => parseArgument(t));
  checkCount(name, args.length, at);
  // SUBSTRING(x FROM 2 FOR 3)
  if (name === 'substring' && t.accept('FROM')) {
    args.push(parseExpression(t));
    if (t.accept('FOR')) args.push(parseExpression(t));
  }
  const orderBy = t.accept('ORDER', 'BY') ? parseSortItems(t) : [];
  t.expect(')');
  const filter = parseFilter(t);
  const ignoreNulls = t.accept('IGNORE', 'NULLS');
  const respectNulls = !ignoreNulls && t.accept('RESPECT', 'NULLS');
  if ((ignoreNulls || respectNulls) && !t.is('OVER')) throw t.mismatch("'OVER'");
  const over = t.accept('OVER') ? parseOver(t) : undefined;
  return call(name, args, at, {
    star,
    distinct,
    orderBy,
    ignoreNulls,
    ...(filter && { filter }),
    ...(over && { over }),
  });
}

/** Of what is a form of its own in Trino's grammar and no function. */
function checkCount(name: string, count: number, at: number): void {
  const [least, most, message] = COUNTS[name] ?? [0, Number.POSITIVE_INFINITY];
  if (message !== undefined && (count < least || count > most))
    throw new SqlFault('SYNTAX_ERROR', message, at);
}

const COUNTS: Readonly<Record<string, readonly [least: number, most: number, message: string]>> = {
  if: [2, 3, "Invalid number of arguments for 'if' function"],
  nullif: [2, 2, "Invalid number of arguments for 'nullif' function"],
  coalesce: [2, Number.POSITIVE_INFINITY, "The 'coalesce' function must have at least two arguments"],
  try: [1, 1, "The 'try' function must have exactly one argument"],
};

/** `listagg(x, ',' ON OVERFLOW ERROR) WITHIN GROUP (ORDER BY x)`, behind its first parenthesis. */
function parseListagg(t: TokenCursor, at: number): Expression {
  const distinct = t.accept('DISTINCT');
  if (!distinct) t.accept('ALL');
  const args = [parseExpression(t)];
  if (t.accept(',')) {
    if (t.peek().kind !== 'string') throw t.mismatch('<string>');
    args.push(parseExpression(t));
  }
  if (t.accept('ON', 'OVERFLOW') && !t.accept('ERROR')) {
    if (t.is('TRUNCATE')) throw notSupported('ON OVERFLOW TRUNCATE', at);
    throw t.mismatch("'ERROR', 'TRUNCATE'");
  }
  t.expect(')');
  t.expect('WITHIN', 'GROUP');
  const orderBy = t.inParentheses(() => after(t, ['ORDER', 'BY'], parseSortItems));
  const filter = parseFilter(t);
  return call('listagg', args, at, { distinct, orderBy, ...(filter && { filter }) });
}

function parseFilter(t: TokenCursor): Expression | undefined {
  return t.accept('FILTER') ? t.inParentheses(() => after(t, ['WHERE'], parseExpression)) : undefined;
}

/** The reserved words that are a function's name. */
const CALLED_KEYWORDS = new Set(['GROUPING', 'LISTAGG']);

/** What has a grammar of its own and is not here. */
const REFUSED_FORMS = new Set(
  'JSON_EXISTS JSON_VALUE JSON_QUERY JSON_OBJECT JSON_ARRAY JSON_TABLE'.split(' '),
);

/** A value, or a lambda such as `x -> x + 1` or `(k, v) -> v`. */
function parseArgument(t: TokenCursor): Expression {
  const { at } = t.peek();
  if (t.peek(1).upper === '=>') throw notSupported('A named argument', t.peek(1).at);
  const parameters = lambdaParameters(t);
  return parameters ? { kind: 'lambda', parameters, body: parseExpression(t), at } : parseExpression(t);
}

function lambdaParameters(t: TokenCursor): Identifier[] | undefined {
  if (t.peek(1).upper === '->') {
    const name = t.identifier();
    t.expect('->');
    return [name];
  }
  if (!t.is('(')) return undefined;
  let ahead = 1;
  while (t.peek(ahead).upper !== ')' && t.peek(ahead).kind !== 'end' && t.peek(ahead).upper !== '(') ahead++;
  if (t.peek(ahead).upper !== ')' || t.peek(ahead + 1).upper !== '->') return undefined;
  const names = t.inParentheses(() => (t.is(')') ? [] : t.list(() => t.identifier())));
  t.expect('->');
  return names;
}

function parseOver(t: TokenCursor): Window {
  if (!t.is('(')) return { base: t.identifier(), partitionBy: [], orderBy: [] };
  return t.inParentheses(() => parseWindow(t));
}

function after<T>(t: TokenCursor, words: readonly string[], read: (t: TokenCursor) => T): T {
  t.expect(...words);
  return read(t);
}

/** A call that has been read, or that something else than a call stands for. */
export function call(
  name: string,
  args: readonly Expression[],
  at: number,
  more: Partial<Call> = {},
): Expression {
  return {
    kind: 'call',
    name,
    args,
    star: false,
    distinct: false,
    orderBy: [],
    ignoreNulls: false,
    at,
    ...more,
  };
}
