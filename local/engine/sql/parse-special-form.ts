import { call, parseCall } from './parse-call.js';
import { parseExpression, parseValue } from './parse-expression.js';
import { parseQuery } from './parse-query.js';
import { parseType } from './parse-type.js';
import { notSupported, SqlFault } from './sql-fault.js';
import type { Expression } from './syntax.js';
import type { TokenCursor } from './tokens.js';

/** Reads what begins with a word and is no column: CASE, CAST, typed literals, calls. Nothing if it is none of them. */
export function parseSpecialForm(t: TokenCursor): Expression | undefined {
  const { at, upper } = t.peek();
  const following = t.peek(1);
  if (t.is('DOUBLE', 'PRECISION') && t.peek(2).kind === 'string') {
    t.expect('DOUBLE', 'PRECISION');
    return { kind: 'typedLiteral', type: upper, text: t.next().text, at };
  }
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
    case 'LOCALTIME':
    case 'LOCALTIMESTAMP':
      t.next();
      if (!t.accept('(', '3', ')') && t.is('(')) throw notSupported(`${upper} with a precision`, at);
      return call(upper.toLowerCase(), [], at);
    case 'CURRENT_CATALOG':
    case 'CURRENT_PATH':
    case 'CURRENT_ROLE':
    case 'CURRENT_SCHEMA':
    case 'CURRENT_TIME':
    case 'CURRENT_USER':
      throw notSupported(upper, at);
  }
  if (upper === 'ARRAY' && following.upper === '[') {
    t.next();
    return { kind: 'array', items: parseBrackets(t), at };
  }
  return following.upper === '(' ? parseParenthesized(t) : undefined;
}

const TYPED_LITERALS = new Set(
  'DATE TIME TIMESTAMP DECIMAL BOOLEAN TINYINT SMALLINT INTEGER INT BIGINT REAL DOUBLE VARCHAR CHAR VARBINARY JSON UUID'.split(
    ' ',
  ),
);

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
  const unit = () => {
    const { upper } = t.peek();
    if (!INTERVAL_UNITS.has(upper))
      throw t.mismatch([...INTERVAL_UNITS].map((name) => `'${name}'`).join(', '));
    return t.next().upper;
  };
  const from = unit();
  return { kind: 'interval', text, negative, from, to: t.accept('TO') ? unit() : from, at };
}

const INTERVAL_UNITS = new Set(['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND']);

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
        if (!EXTRACT_FIELDS.has(name))
          throw new SqlFault('SYNTAX_ERROR', `Invalid EXTRACT field: ${name}`, at);
        t.expect('FROM');
        return call(name, [parseValue(t)], at);
      });
    case 'POSITION':
      t.next();
      return t.inParentheses(() => {
        const sought = parseValue(t);
        t.expect('IN');
        return call('strpos', [parseValue(t), sought], at);
      });
    case 'TRIM':
      t.next();
      return t.inParentheses(() => parseTrim(t, at));
    case 'NORMALIZE':
      t.next();
      return t.inParentheses(() => {
        const value = parseExpression(t);
        const forms = ['NFC', 'NFD', 'NFKC', 'NFKD'];
        const text = t.accept(',') ? forms.find((form) => t.accept(form)) : 'NFC';
        if (!text) throw t.mismatch(forms.map((form) => `'${form}'`).join(', '));
        return call('normalize', [value, { kind: 'literal', type: 'string', text, at }], at);
      });
    case 'ROW':
      t.next();
      return { kind: 'row', items: t.inParentheses(() => t.list(() => parseExpression(t))), at };
  }
  return parseCall(t);
}

const EXTRACT_FIELDS = new Set(
  'year quarter month week day day_of_month day_of_week dow day_of_year doy year_of_week yow hour minute second timezone_hour timezone_minute'.split(
    ' ',
  ),
);

function parseTrim(t: TokenCursor, at: number): Expression {
  const side = ['LEADING', 'TRAILING', 'BOTH'].find((word) => t.accept(word));
  const name = side === 'LEADING' ? 'ltrim' : side === 'TRAILING' ? 'rtrim' : 'trim';
  if (t.accept('FROM')) return call(name, [parseValue(t)], at);
  const first = parseValue(t);
  if (t.accept('FROM')) return call(name, [parseValue(t), first], at);
  if (side) throw t.mismatch("'FROM'");
  if (t.accept(',')) return call(name, [first, parseValue(t)], at);
  return call(name, [first], at);
}
