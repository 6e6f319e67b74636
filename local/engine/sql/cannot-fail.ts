import { functionKind } from './functions/registry.js';
import type { Expression } from './syntax.js';

/**
 * Whether an expression has a value for every row, as a comparison of columns with literals has; false where that is not
 * known. Aggregates, window functions and subqueries are computed before what they stand in, so that they do not count.
 */
export function cannotFail(expression: Expression): boolean {
  if (isFixed(expression)) return true;
  switch (expression.kind) {
    case 'name':
    case 'exists':
    case 'subquery':
      return true;
    case 'field':
      return cannotFail(expression.base);
    case 'binary':
      return isTotal(expression) && cannotFail(expression.left) && cannotFail(expression.right);
    case 'logical':
      return expression.terms.every(cannotFail);
    case 'not':
    case 'isNull':
    case 'inQuery':
    case 'quantified':
      return cannotFail(expression.value);
    case 'between':
      return [expression.value, expression.low, expression.high].every(cannotFail);
    case 'like':
      return !expression.escape && cannotFail(expression.value) && cannotFail(expression.pattern);
    case 'inList':
      return cannotFail(expression.value) && expression.items.every(cannotFail);
    case 'cast':
      return isTextCast(expression) && cannotFail(expression.value);
    case 'case': {
      const { operand, whens, otherwise } = expression;
      const parts = [operand, otherwise, ...whens.flatMap(({ when, result }) => [when, result])];
      return parts.every((part) => !part || cannotFail(part));
    }
    case 'call': {
      const { name, args } = expression;
      const kind = functionKind(name);
      if (kind === 'aggregate' || kind === 'window' || name === 'try') return true;
      return TOTAL_FUNCTIONS.has(name) && args.every(cannotFail);
    }
    default:
      return false;
  }
}

/** Functions that have a value for any arguments. */
const TOTAL_FUNCTIONS = new Set(
  'lower upper trim ltrim rtrim length cardinality starts_with strpos coalesce if nullif year month day hour'.split(
    ' ',
  ),
);

/** Functions of which a moment to compare with is made; what files are pruned by. */
const MOMENT_FUNCTIONS = new Set(
  'now date date_add date_trunc date_parse from_unixtime from_iso8601_timestamp from_iso8601_date current_date current_timestamp localtimestamp'.split(
    ' ',
  ),
);

/** A literal, or what is made of literals and fails, if it does, at every row. */
function isFixed(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
    case 'typedLiteral':
    case 'interval':
    case 'null':
    case 'boolean':
      return true;
    case 'negate':
    case 'cast':
    case 'atTimeZone':
      return isFixed(expression.value);
    case 'binary':
      return /^[-+]$/.test(expression.operator) && isFixed(expression.left) && isFixed(expression.right);
    case 'call':
      return MOMENT_FUNCTIONS.has(expression.name) && expression.args.every(isFixed);
    default:
      return false;
  }
}

function isTotal({ operator, right }: Expression & { kind: 'binary' }): boolean {
  if (operator === '/' || operator === '%') return right.kind === 'literal' && /[1-9]/.test(right.text);
  return !/^[-+*]$/.test(operator);
}

function isTextCast({ type }: Expression & { kind: 'cast' }): boolean {
  return type.name === 'varchar' && type.length === undefined;
}
