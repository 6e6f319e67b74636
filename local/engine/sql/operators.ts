import { type SqlType, typeText } from '../sql-type.js';
import { arithmetic } from './arithmetic.js';
import { commonChar, isChar, LONGEST_CHAR, padded } from './chars.js';
import { coerce, commonType, type Typed } from './coercion.js';
import { cannotApply, comparison } from './comparison.js';
import { boundAll } from './nested-values.js';
import { SqlFault } from './sql-fault.js';
import type { BinaryOperator } from './syntax.js';

/** A binary operator with Trino's meaning and type rules. */
export function applyOperator(operator: BinaryOperator, left: Typed, right: Typed, at: number): Typed {
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(operator, left, right, at);
    case '||':
      return concatenation(left, right, at);
    default:
      return comparison(operator, left, right, at);
  }
}

/** @throws SqlFault if the value is not a boolean. */
export function requireBoolean({ type }: Typed, what: string, at: number): void {
  if (type.name === 'boolean' || type.name === 'unknown') return;
  throw new SqlFault(
    'TYPE_MISMATCH',
    `${what} must evaluate to a boolean: actual type ${typeText(type)}`,
    at,
  );
}

/** Of two texts, two binaries, two arrays, or an array and an element. */
export function concatenation(left: Typed, right: Typed, at: number): Typed {
  if (left.type.name === 'array' || right.type.name === 'array') return arrayConcatenation(left, right, at);
  const chars = concatenationOfChars(left, right);
  if (chars) return chars;
  for (const type of [{ name: 'varchar' }, { name: 'varbinary' }] satisfies SqlType[]) {
    if ([left, right].every((side) => side.type.name === type.name || side.type.name === 'unknown'))
      return { sql: `(${coerce(left, type).sql} || ${coerce(right, type).sql})`, type };
  }
  throw cannotApply('||', left.type, right.type, at);
}

/** Of a char(x) and a char(y), or a varchar(y), which is one then: char(x + y), if there is such. */
function concatenationOfChars(left: Typed, right: Typed): Typed | undefined {
  const [a, b] = [left, right].map((side) => {
    const empty: SqlType = { name: 'char', length: 0 };
    const type = side.type.name === 'unknown' ? empty : commonChar(side.type, empty);
    return type && coerce(side, type);
  });
  if (!a || !b || !(isChar(left.type) || isChar(right.type))) return undefined;
  if (!isChar(a.type) || !isChar(b.type)) return undefined;
  const length = a.type.length + b.type.length;
  return length > LONGEST_CHAR ? undefined : padded(`(${a.sql} || ${b.sql})`, { name: 'char', length });
}

/** Of more than two arrays. */
export function concatenationOfArrays(values: readonly Typed[], at: number): Typed {
  let type: SqlType = { name: 'array', element: { name: 'unknown' } };
  for (const value of values) {
    const common = commonType(type, value.type);
    if (common?.name !== 'array')
      throw new SqlFault(
        'FUNCTION_NOT_FOUND',
        `Unexpected parameter ${typeText(value.type)} for function concat`,
        at,
      );
    type = common;
  }
  const sqls = values.map((value) => coerce(value, type).sql);
  const sql = boundAll(sqls, (names) => {
    const known = names.map((name) => `${name} IS NOT NULL`).join(' AND ');
    return `CASE WHEN ${known} THEN flatten([${names.join(', ')}]) END`;
  });
  return { sql, type };
}

/** Trino's function `concat` of two arrays, of an array and an element, or of an element and an array. */
function arrayConcatenation(left: Typed, right: Typed, at: number): Typed {
  const [a, b] = [left.type, right.type];
  const both = commonType(a, b);
  const appended = a.name === 'array' && commonType(a.element, b);
  const prepended = b.name === 'array' && commonType(a, b.element);
  const ways: (readonly [type: SqlType, left: string, right: string])[] = [];
  if (both?.name === 'array') ways.push([both, coerce(left, both).sql, coerce(right, both).sql]);
  if (appended) {
    const type: SqlType = { name: 'array', element: appended };
    ways.push([type, coerce(left, type).sql, `[${coerce(right, appended).sql}]`]);
  }
  if (prepended) {
    const type: SqlType = { name: 'array', element: prepended };
    ways.push([type, `[${coerce(left, prepended).sql}]`, coerce(right, type).sql]);
  }
  const [only, other] = ways;
  const parameters = `(${typeText(a)}, ${typeText(b)}) for function concat`;
  if (!only) throw new SqlFault('FUNCTION_NOT_FOUND', `Unexpected parameters ${parameters}`, at);
  if (other && typeText(a) !== typeText(b)) {
    const message = `Could not choose a best candidate operator. Explicit type casts must be added: ${parameters}`;
    throw new SqlFault('AMBIGUOUS_FUNCTION_CALL', message, at);
  }
  const [type, first, second] = only;
  const sql = boundAll([first, second], ([x, y]) => {
    return `CASE WHEN ${x} IS NOT NULL AND ${y} IS NOT NULL THEN list_concat(${x}, ${y}) END`;
  });
  return { sql, type };
}
