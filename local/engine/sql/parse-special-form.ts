import { parseExpression, parseSortItems, parseWindow } from './parse-expression.js';
import { parseQuery } from './parse-query.js';
import { parseType } from './parse-type.js';
import { notSupported } from './sql-fault.js';
import type { Call, Expression, Window } from './syntax.js';
import type { TokenCursor } from './tokens.js';

/** Reads what begins with a word and is no column: CASE, CAST, typed literals, calls. Nothing if it is none of them. */
export function parseSpecialForm(t: TokenCursor): Expression | undefined {
  const { at, upper } = t.peek();
  const following = t.peek(1);
  if (following.kind === 'string' && TYPED_LITERALS.has(upper)) {
    t.next();
    return { kind: 'typedLiteral', type: upper, text: t.next().text, at };
  }
  if (upper === 'INTERVAL' && (following.kind === 'string' || ['+', '-'].includes(following.upper))) {
    return parseInterval(t);
  }
  switch (upper) {
    case 'NULL':
      t.next();
      return { kind: 'null', at };
    case 'TRUE':
    case 'FALSE':
      t.next();
      return { kind: 'boolean', value: upper === 'TRUE', at };
    case 'CASE':
      return parseCase(t);
    case 'CURRENT_DATE':
    case 'CURRENT_TIMESTAMP':
    case 'LOCALTIMESTAMP':
      t.next();
      if (t.is('(')) throw notSupported(`${upper} with a precision`, at);
      return call(upper.toLowerCase(), [], at);
  }
  if (upper === 'ARRAY' && following.upper === '[') {
    t.next();
    return { kind: 'array', items: parseBrackets(t), at };
  }
  return following.upper === '(' ? parseParenthesized(t) : undefined;
}

const TYPED_LITERALS = new Set(
  'DATE TIME TIMESTAMP DECIMAL BOOLEAN TINYINT SMALLINT INTEGER INT BIGINT REAL DOUBLE VARCHAR CHAR JSON UUID'.split(
    ' ',
  ),
);

function call(name: string, args: readonly Expression[], at: number, more: Partial<Call> = {}): Expression {
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

function parseBrackets(t: TokenCursor): Expression[] {
  t.expect('[');
  if (t.accept(']')) return [];
  const items = t.list(() => parseExpression(t));
  t.expect(']');
  return items;
}

function parseInterval(t: TokenCursor): Expression {
  const { at } = t.next();
  const negative = t.accept('-');
  if (!negative) t.accept('+');
  if (t.peek().kind !== 'string') throw t.mismatch('<string>');
  const { text } = t.next();
  const unit = t.next().upper;
  if (!['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND'].includes(unit))
    throw notSupported(`Interval ${unit}`, at);
  if (t.is('TO')) throw notSupported(`INTERVAL … ${unit} TO …`, at);
  return { kind: 'interval', text, negative, unit, at };
}

function parseCase(t: TokenCursor): Expression {
  const { at } = t.expect('CASE');
  const operand = t.is('WHEN') ? undefined : parseExpression(t);
  const whens: { when: Expression; result: Expression }[] = [];
  while (t.accept('WHEN')) {
    const when = parseExpression(t);
    t.expect('THEN');
    whens.push({ when, result: parseExpression(t) });
  }
  if (whens.length === 0) throw t.mismatch("'WHEN'");
  const otherwise = t.accept('ELSE') ? parseExpression(t) : undefined;
  t.expect('END');
  return { kind: 'case', ...(operand && { operand }), whens, ...(otherwise && { otherwise }), at };
}

/** A word with a parenthesis behind it: the forms that have a grammar of their own, then the ordinary call. */
function parseParenthesized(t: TokenCursor): Expression | undefined {
  const { at, upper } = t.peek();
  switch (upper) {
    case 'EXISTS':
      t.next();
      return { kind: 'exists', query: t.inParentheses(() => parseQuery(t)), at };
    case 'CAST':
    case 'TRY_CAST':
      t.next();
      return t.inParentheses(() => {
        const value = parseExpression(t);
        t.expect('AS');
        return { kind: 'cast', value, type: parseType(t), safe: upper === 'TRY_CAST', at };
      });
    case 'EXTRACT':
      t.next();
      return t.inParentheses(() => {
        const { name } = t.identifier();
        t.expect('FROM');
        return call(name, [parseExpression(t)], at);
      });
    case 'POSITION':
      t.next();
      return t.inParentheses(() => {
        const [sought] = [parseInOperand(t)];
        t.expect('IN');
        return call('strpos', [parseExpression(t), sought], at);
      });
    case 'TRIM':
      t.next();
      return t.inParentheses(() => parseTrim(t, at));
    case 'ROW':
      t.next();
      return { kind: 'row', items: t.inParentheses(() => t.list(() => parseExpression(t))), at };
  }
  return parseCall(t);
}

/** The left side of POSITION(… IN …), which must not take the IN for a predicate. */
function parseInOperand(t: TokenCursor): Expression {
  const { kind, text, at } = t.peek();
  if (kind === 'string') {
    t.next();
    return { kind: 'literal', type: 'string', text, at };
  }
  return { kind: 'name', parts: [t.identifier()], at };
}

function parseTrim(t: TokenCursor, at: number): Expression {
  const side = ['LEADING', 'TRAILING', 'BOTH'].find((word) => t.accept(word));
  const name = side === 'LEADING' ? 'ltrim' : side === 'TRAILING' ? 'rtrim' : 'trim';
  if (side && t.accept('FROM')) return call(name, [parseExpression(t)], at);
  const first = parseExpression(t);
  if (t.accept('FROM')) return call(name, [parseExpression(t), first], at);
  if (t.accept(',')) return call(name, [first, parseExpression(t)], at);
  return call(name, [first], at);
}

function parseCall(t: TokenCursor): Expression {
  const token = t.next();
  const { name, at } = { name: token.text.toLowerCase(), at: token.at };
  if (token.upper === 'IF' || token.upper === 'LISTAGG' || !RESERVED_FORMS.has(token.upper)) {
    t.expect('(');
  } else {
    throw notSupported(token.upper, at);
  }
  const star = t.accept('*');
  const distinct = t.accept('DISTINCT');
  if (!distinct) t.accept('ALL');
  let args: Expression[] = [];
  if (!star && !t.is(')') && !t.is('ORDER')) args = t.list(() => parseArgument(t));
  // SUBSTRING(x FROM 2 FOR 3)
  if (name === 'substring' && t.accept('FROM')) {
    args.push(parseExpression(t));
    if (t.accept('FOR')) args.push(parseExpression(t));
  }
  let orderBy = t.accept('ORDER', 'BY') ? parseSortItems(t) : [];
  t.expect(')');
  if (t.accept('WITHIN', 'GROUP')) orderBy = t.inParentheses(() => after(t, ['ORDER', 'BY'], parseSortItems));
  const filter = t.accept('FILTER') ? t.inParentheses(() => after(t, ['WHERE'], parseExpression)) : undefined;
  const ignoreNulls = t.accept('IGNORE', 'NULLS');
  if (!ignoreNulls) t.accept('RESPECT', 'NULLS');
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

/** Reserved words that may be followed by a parenthesis and are no function here. */
const RESERVED_FORMS = new Set(
  'GROUPING NORMALIZE TABLE VALUES SELECT WITH UNNEST IN NOT AND OR ON USING'.split(' '),
);

function parseArgument(t: TokenCursor): Expression {
  const { at } = t.peek();
  if (t.peek(1).upper === '->' || t.is('(', ')') || t.peek(1).upper === '=>')
    throw notSupported('A lambda', at);
  return parseExpression(t);
}

function parseOver(t: TokenCursor): Window {
  if (!t.is('(')) return { base: t.identifier(), partitionBy: [], orderBy: [] };
  return t.inParentheses(() => parseWindow(t));
}

function after<T>(t: TokenCursor, words: readonly string[], read: (t: TokenCursor) => T): T {
  t.expect(...words);
  return read(t);
}
