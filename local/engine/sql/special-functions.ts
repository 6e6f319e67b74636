import { duckType, quoteText, type SqlType, typeText } from '../sql-type.js';
import { coerce, commonType, type Typed } from './coercion.js';
import { dateFormatPattern } from './date-format.js';
import { applyOperator, comparison, requireBoolean } from './operators.js';
import { notSupported, SqlFault } from './sql-fault.js';
import type { Expression } from './syntax.js';

/** Calls that need more than a line of function-list.ts, or nothing if this is none of them. */
export function specialCall(
  name: string,
  args: readonly Typed[],
  written: readonly Expression[],
  at: number,
): Typed | undefined {
  const [first, second, third] = args;
  switch (name) {
    case 'if':
      if (first && second && args.length <= 3) return conditional(first, second, third, at);
      break;
    case 'nullif':
      if (first && second && args.length === 2) {
        const equal = comparison('=', first, second, at);
        return { sql: `CASE WHEN ${equal.sql} THEN NULL ELSE ${first.sql} END`, type: first.type };
      }
      break;
    case 'mod':
      if (first && second && args.length === 2) return applyOperator('%', first, second, at);
      break;
    case 'typeof':
      if (first && args.length === 1)
        return { sql: quoteText(typeText(first.type)), type: { name: 'varchar' } };
      break;
    case 'date_trunc':
      if (second && args.length === 2)
        return truncation(literalText(written[0], 'date_trunc', at), second, at);
      break;
    case 'date_add':
      if (second && third && args.length === 3)
        return addition(literalText(written[0], 'date_add', at), second, third, at);
      break;
    case 'date_diff':
      if (second && third && args.length === 3)
        return difference(literalText(written[0], 'date_diff', at), second, third, at);
      break;
    case 'date_format':
      if (first && args.length === 2) return formatted(first, literalText(written[1], 'date_format', at), at);
      break;
    case 'date_parse':
      if (first && args.length === 2) return parsed(first, literalText(written[1], 'date_parse', at), at);
      break;
    case 'element_at':
      if (first && second && args.length === 2) return elementAt(first, second, at);
      break;
    case 'regexp_extract':
      if (first && second && args.length === 3) return extracted(first, second, written[2], at);
      return undefined;
    case 'regexp_replace':
      if (first && second && args.length === 3)
        return replaced(first, second, literalText(written[2], name, at));
      return undefined;
    default:
      return undefined;
  }
  const types = args.map(({ type }) => typeText(type)).join(', ');
  throw new SqlFault('FUNCTION_NOT_FOUND', `Unexpected parameters (${types}) for function ${name}`, at);
}

const VARCHAR: SqlType = { name: 'varchar' };

function literalText(expression: Expression | undefined, name: string, at: number): string {
  if (expression?.kind === 'literal' && expression.type === 'string') return expression.text;
  throw notSupported(`${name} with anything but a literal for its unit, format or replacement`, at);
}

function conditional(condition: Typed, then: Typed, otherwise: Typed | undefined, at: number): Typed {
  requireBoolean(condition, 'IF condition', at);
  if (!otherwise) return { sql: `CASE WHEN ${condition.sql} THEN ${then.sql} END`, type: then.type };
  const type = commonType(then.type, otherwise.type);
  if (!type)
    throw new SqlFault('TYPE_MISMATCH', `Result types for IF must be the same: ${typeText(then.type)}`, at);
  const [a, b] = [coerce(then, type).sql, coerce(otherwise, type).sql];
  return { sql: `CASE WHEN ${condition.sql} THEN ${a} ELSE ${b} END`, type };
}

const DATE_UNITS = ['day', 'week', 'month', 'quarter', 'year'];
const TIME_UNITS = ['millisecond', 'second', 'minute', 'hour'];

/** @throws SqlFault for a unit that values of the type do not have. */
function checkUnit(unit: string, type: SqlType, at: number): string {
  const lower = unit.toLowerCase();
  if (type.name !== 'date' && !type.name.startsWith('timestamp')) {
    throw new SqlFault('FUNCTION_NOT_FOUND', `Unexpected parameters (varchar, ${typeText(type)})`, at);
  }
  const known = DATE_UNITS.includes(lower) || (type.name !== 'date' && TIME_UNITS.includes(lower));
  if (!known) {
    const kind = type.name === 'date' ? 'DATE' : 'TIMESTAMP';
    throw new SqlFault('INVALID_FUNCTION_ARGUMENT', `'${unit}' is not a valid ${kind} field`, at);
  }
  return lower;
}

function truncation(unit: string, value: Typed, at: number): Typed {
  const sql = `date_trunc('${checkUnit(unit, value.type, at)}', ${value.sql})`;
  return { sql: `CAST(${sql} AS ${duckType(value.type)})`, type: value.type };
}

function addition(unit: string, amount: Typed, value: Typed, at: number): Typed {
  const checked = checkUnit(unit, value.type, at);
  const [steps, step] = checked === 'quarter' ? [3, 'month'] : checked === 'week' ? [7, 'day'] : [1, checked];
  const count = `${coerce(amount, { name: 'bigint' }).sql} * ${steps}`;
  return {
    sql: `CAST(${value.sql} + ${intervalOf(count, step)} AS ${duckType(value.type)})`,
    type: value.type,
  };
}

/** An interval of a whole number of units. */
export function intervalOf(count: string, unit: string): string {
  return `to_${unit}s(CAST(${count} AS ${unit === 'millisecond' || unit === 'second' ? 'DOUBLE' : unit === 'minute' || unit === 'hour' ? 'BIGINT' : 'INTEGER'}))`;
}

function difference(unit: string, from: Typed, to: Typed, at: number): Typed {
  const type = commonType(from.type, to.type) ?? from.type;
  const checked = checkUnit(unit, type, at);
  // DuckDB's date_diff counts the boundaries crossed, its date_sub whole units, as Trino does.
  return {
    sql: `date_sub('${checked}', ${coerce(from, type).sql}, ${coerce(to, type).sql})`,
    type: { name: 'bigint' },
  };
}

function formatted(value: Typed, format: string, at: number): Typed {
  checkUnit('day', value.type, at);
  const moment = coerce(value, { name: 'timestamp' }).sql;
  return { sql: `strftime(${moment}, ${quoteText(dateFormatPattern(format, at))})`, type: VARCHAR };
}

function parsed(value: Typed, format: string, at: number): Typed {
  const text = coerce(value, VARCHAR).sql;
  return {
    sql: `strptime(${text}, ${quoteText(dateFormatPattern(format, at))})`,
    type: { name: 'timestamp' },
  };
}

function elementAt(list: Typed, index: Typed, at: number): Typed {
  if (list.type.name !== 'array') throw notSupported(`element_at of ${typeText(list.type)}`, at);
  const position = coerce(index, { name: 'bigint' }).sql;
  const fault = "error('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1')";
  return {
    sql: `CASE WHEN ${position} = 0 THEN ${fault} ELSE list_extract(${list.sql}, ${position}) END`,
    type: list.type.element,
  };
}

function extracted(text: Typed, pattern: Typed, group: Expression | undefined, at: number): Typed {
  if (group?.kind !== 'literal' || group.type !== 'integer')
    throw notSupported('regexp_extract of a computed group', at);
  const [value, regexp] = [coerce(text, VARCHAR).sql, coerce(pattern, VARCHAR).sql];
  return {
    sql: `CASE WHEN regexp_matches(${value}, ${regexp}) THEN regexp_extract(${value}, ${regexp}, ${group.text}) END`,
    type: VARCHAR,
  };
}

/** Java's `$1` is RE2's `\1`. */
function replaced(text: Typed, pattern: Typed, replacement: string): Typed {
  const rewritten = replacement.replace(/\\(.)|\$(\d)|\\/g, (_, escaped?: string, group?: string) =>
    group === undefined ? (escaped ?? '') : `\\${group}`,
  );
  const [value, regexp] = [coerce(text, VARCHAR).sql, coerce(pattern, VARCHAR).sql];
  return { sql: `regexp_replace(${value}, ${regexp}, ${quoteText(rewritten)}, 'g')`, type: VARCHAR };
}
