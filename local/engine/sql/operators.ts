import { type SqlType, typeText } from '../sql-type.js';
import { arithmetic } from './arithmetic.js';
import { coerce, commonType, type Typed } from './coercion.js';
import { cannotApply, comparison } from './comparison.js';
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
  for (const type of [{ name: 'varchar' }, { name: 'varbinary' }] satisfies SqlType[]) {
    if ([left, right].every((side) => side.type.name === type.name || side.type.name === 'unknown'))
      return { sql: `(${coerce(left, type).sql} || ${coerce(right, type).sql})`, type };
  }
  throw cannotApply('||', left.type, right.type, at);
}

function arrayConcatenation(left: Typed, right: Typed, at: number): Typed {
  const type = commonType(left.type, right.type);
  if (type?.name === 'array') {
    const [a, b] = [coerce(left, type).sql, coerce(right, type).sql];
    return { sql: `CASE WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN list_concat(${a}, ${b}) END`, type };
  }
  const [list, item] = left.type.name === 'array' ? [left, right] : [right, left];
  const element = list.type.name === 'array' && commonType(list.type.element, item.type);
  if (!element) throw cannotApply('||', left.type, right.type, at);
  const array: SqlType = { name: 'array', element };
  const [a, b] = [coerce(list, array).sql, `[${coerce(item, element).sql}]`];
  const sql = list === left ? `list_concat(${a}, ${b})` : `list_concat(${b}, ${a})`;
  return { sql: `CASE WHEN ${a} IS NOT NULL THEN ${sql} END`, type: array };
}
