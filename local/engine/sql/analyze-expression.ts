import { duckType, type SqlType, typeText } from '../sql-type.js';
import type { Analysis } from './analysis.js';
import { analyzeCall } from './analyze-call.js';
import { analyzeQuery } from './analyze-query.js';
import { cast } from './casts.js';
import { coerce, commonType, isInteger, isNumeric, type Typed } from './coercion.js';
import { intervalLiteral, plainLiteral, typedLiteral } from './literals.js';
import {
  applyOperator,
  comparable,
  comparedRows,
  comparison,
  membershipIsPlain,
  requireBoolean,
} from './operators.js';
import { fieldOf, resolveName, type Scope } from './scope.js';
import { notSupported, SqlFault } from './sql-fault.js';
import type { Expression, Query, Window } from './syntax.js';

/** Where an expression stands, which says what may be in it. */
export interface Place {
  readonly analysis: Analysis;
  readonly scope: Scope;
  /** Why there can be no aggregate, such as `WHERE clause`; none where there can. */
  readonly noAggregates?: string;
  /** The windows of the WINDOW clause. */
  readonly windows?: ReadonlyMap<string, Window>;
}

const BOOLEAN: SqlType = { name: 'boolean' };

/** The expression for DuckDB and its type. */
export function analyzeExpression(expression: Expression, place: Place): Typed {
  const typed = analyzeNode(expression, place);
  // Some rewrites write an argument twice, so that a nest of them grows as powers of two.
  if (typed.sql.length <= MAX_SQL) return typed;
  throw new SqlFault('STATEMENT_TOO_LARGE', 'The expression is nested too deep', expression.at);
}

/** Characters; the list of a table's files is part of it where there is a subquery. */
const MAX_SQL = 20_000_000;

function analyzeNode(expression: Expression, place: Place): Typed {
  const analyze = (inner: Expression) => analyzeExpression(inner, place);
  const { at } = expression;
  switch (expression.kind) {
    case 'literal':
      return plainLiteral(expression.type, expression.text, at);
    case 'typedLiteral':
      return typedLiteral(expression.type, expression.text, at);
    case 'interval':
      return intervalLiteral(expression.text, expression.negative, expression.unit, at);
    case 'null':
      return { sql: 'NULL', type: { name: 'unknown' } };
    case 'boolean':
      return { sql: String(expression.value), type: BOOLEAN };
    case 'name': {
      const column = resolveName(place.scope, expression.parts);
      place.analysis.used(column.sql, expression.parts.map(({ name }) => name).join('.'), at);
      return column;
    }
    case 'field':
      return fieldOf(analyze(expression.base), expression.name);
    case 'binary':
      return applyOperator(expression.operator, analyze(expression.left), analyze(expression.right), at);
    case 'logical': {
      const terms = expression.terms.map(analyze);
      for (const term of terms) requireBoolean(term, 'Logical expression term', at);
      return { sql: `(${terms.map(({ sql }) => sql).join(` ${expression.operator} `)})`, type: BOOLEAN };
    }
    case 'not': {
      const value = analyze(expression.value);
      requireBoolean(value, 'Value of logical NOT expression', at);
      return { sql: `(NOT ${value.sql})`, type: BOOLEAN };
    }
    case 'negate': {
      const value = analyze(expression.value);
      if (!isNumeric(value.type))
        throw new SqlFault('TYPE_MISMATCH', `Cannot negate ${typeText(value.type)}`, at);
      return { sql: `(- ${value.sql})`, type: value.type };
    }
    case 'isNull':
      return {
        sql: `(${analyze(expression.value).sql} IS ${expression.negated ? 'NOT ' : ''}NULL)`,
        type: BOOLEAN,
      };
    case 'between': {
      const value = analyze(expression.value);
      const [low, high] = [analyze(expression.low), analyze(expression.high)];
      const type = commonType(value.type, low.type);
      const common = type && commonType(type, high.type);
      if (!common) {
        const message = `Cannot check if ${typeText(value.type)} is BETWEEN ${typeText(low.type)} and ${typeText(high.type)}`;
        throw new SqlFault('TYPE_MISMATCH', message, at);
      }
      if (!membershipIsPlain(common, [value, low, high])) {
        const terms = [comparison('>=', value, low, at), comparison('<=', value, high, at)];
        return { sql: `(${terms.map(({ sql }) => sql).join(' AND ')})`, type: BOOLEAN };
      }
      const [v, l, h] = [coerce(value, common).sql, coerce(low, common).sql, coerce(high, common).sql];
      return { sql: `(${v} BETWEEN ${l} AND ${h})`, type: BOOLEAN };
    }
    case 'like': {
      const parts = [
        expression.value,
        expression.pattern,
        ...(expression.escape ? [expression.escape] : []),
      ].map(analyze);
      for (const { type } of parts) {
        if (type.name === 'varchar' || type.name === 'unknown') continue;
        throw new SqlFault(
          'TYPE_MISMATCH',
          `Left and right side of LIKE must be varchar: actual type ${typeText(type)}`,
          at,
        );
      }
      const [value, pattern, escaped] = parts.map((part) => coerce(part, { name: 'varchar' }).sql);
      return {
        sql: `(${value} LIKE ${pattern}${escaped === undefined ? '' : ` ESCAPE ${escaped}`})`,
        type: BOOLEAN,
      };
    }
    case 'inList':
      return inList(analyze(expression.value), expression.items.map(analyze), at);
    case 'inQuery': {
      const query = oneColumn(expression.query, place, at);
      const [value, column] = comparable('IN', analyze(expression.value), query, at);
      const rows = comparedRows('=', 'ANY', column, at);
      const sql = `(${value.sql} IN (SELECT ${column.sql} FROM (${query.from}) AS sub${rows}))`;
      return { sql, type: BOOLEAN };
    }
    case 'quantified': {
      const query = oneColumn(expression.query, place, at);
      const [value, column] = comparable(expression.operator, analyze(expression.value), query, at);
      const { operator, quantifier } = expression;
      return {
        sql: `(${value.sql} ${operator} ${quantifier} (SELECT ${column.sql} FROM (${query.from}) AS sub${comparedRows(operator, quantifier, column, at)}))`,
        type: BOOLEAN,
      };
    }
    case 'exists':
      return {
        sql: `EXISTS (${analyzeQuery(expression.query, place.analysis, place.scope).sql})`,
        type: BOOLEAN,
      };
    case 'subquery': {
      const query = oneColumn(expression.query, place, at);
      return { sql: `(${query.from})`, type: query.type };
    }
    case 'case':
      return caseOf(expression, analyze);
    case 'cast':
      return cast(analyze(expression.value), expression.type, expression.safe, at);
    case 'array': {
      const items = expression.items.map(analyze);
      const element = sameType(items, 'All ARRAY elements must be the same type', at);
      const type: SqlType = { name: 'array', element };
      return {
        sql: `CAST([${items.map((item) => coerce(item, element).sql).join(', ')}] AS ${duckType(type)})`,
        type,
      };
    }
    case 'row':
      throw notSupported('A row', at);
    case 'subscript':
      return subscript(analyze(expression.value), analyze(expression.index), at);
    case 'call':
      return analyzeCall(expression, place);
  }
}

function inList(value: Typed, items: readonly Typed[], at: number): Typed {
  const type = [value, ...items]
    .map((item) => item.type)
    .reduce<SqlType | undefined>((a, b) => a && commonType(a, b), value.type);
  if (!type) {
    throw new SqlFault(
      'TYPE_MISMATCH',
      `IN value and list items must be the same type: ${typeText(value.type)}`,
      at,
    );
  }
  if (!membershipIsPlain(type, items)) {
    const terms = items.map((item) => comparison('=', value, item, at).sql);
    return { sql: `(${terms.join(' OR ')})`, type: BOOLEAN };
  }
  return {
    sql: `(${coerce(value, type).sql} IN (${items.map((item) => coerce(item, type).sql).join(', ')}))`,
    type: BOOLEAN,
  };
}

/** A query of one column: its type, what a query around it calls it, and its SQL. */
function oneColumn(query: Query, { analysis, scope }: Place, at: number): Typed & { readonly from: string } {
  const { sql, columns } = analyzeQuery(query, analysis, scope);
  const [column] = columns;
  if (!column || columns.length !== 1) {
    throw new SqlFault(
      'NOT_SUPPORTED',
      `Multiple columns returned by subquery are not yet supported. Found ${columns.length}`,
      at,
    );
  }
  return { sql: `sub.${column.id}`, type: column.type, from: sql };
}

function caseOf(expression: Expression & { kind: 'case' }, analyze: (inner: Expression) => Typed): Typed {
  const operand = expression.operand && analyze(expression.operand);
  const conditions = expression.whens.map(({ when }) => {
    const condition = analyze(when);
    if (!operand) requireBoolean(condition, 'CASE WHEN clause', when.at);
    return operand ? applyOperator('=', operand, condition, when.at).sql : condition.sql;
  });
  const results = expression.whens.map(({ result }) => analyze(result));
  const otherwise = expression.otherwise && analyze(expression.otherwise);
  const type = sameType(
    otherwise ? [...results, otherwise] : results,
    'All CASE results must be the same type',
    expression.at,
  );
  const whens = results.map((result, i) => `WHEN ${conditions[i]} THEN ${coerce(result, type).sql}`);
  return {
    sql: `CASE ${whens.join(' ')}${otherwise ? ` ELSE ${coerce(otherwise, type).sql}` : ''} END`,
    type,
  };
}

function sameType(values: readonly Typed[], message: string, at: number): SqlType {
  let type: SqlType = { name: 'unknown' };
  for (const value of values) {
    const common = commonType(type, value.type);
    if (!common) throw new SqlFault('TYPE_MISMATCH', `${message}: ${typeText(type)}`, at);
    type = common;
  }
  return type;
}

function subscript(list: Typed, index: Typed, at: number): Typed {
  if (list.type.name !== 'array' || !isInteger(index.type))
    throw notSupported(`A subscript of ${typeText(list.type)}`, at);
  const fault = (condition: string) => `error('INVALID_FUNCTION_ARGUMENT: Array subscript ${condition}')`;
  const sql = `CASE WHEN ${index.sql} < 1 THEN ${fault('is zero or negative')}
    WHEN ${index.sql} > len(${list.sql}) THEN ${fault('out of bounds')} ELSE list_extract(${list.sql}, ${index.sql}) END`;
  return { sql, type: list.type.element };
}
