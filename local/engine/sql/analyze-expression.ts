import { duckType, type SqlType, typeText } from '../sql-type.js';
import type { Analysis } from './analysis.js';
import { analyzeCall, hoist } from './analyze-call.js';
import { analyzeQuery } from './analyze-query.js';
import { cast } from './casts.js';
import { coerce, commonType, isNumeric, type Typed } from './coercion.js';
import { subscript } from './functions/array-elements.js';
import { atTimeZone } from './functions/zoned-times.js';
import { intervalLiteral, isInterval } from './intervals.js';
import { plainLiteral, typedLiteral } from './literals.js';
import { applyOperator, requireBoolean } from './operators.js';
import { between, inList, like } from './predicates.js';
import { fieldOf, resolveName, type Scope } from './scope.js';
import { SqlFault } from './sql-fault.js';
import { inQuery, quantified, scalarSubquery } from './subqueries.js';
import type { Expression, Window } from './syntax.js';

/** Where an expression stands, which says what may be in it. */
export interface Place {
  readonly analysis: Analysis;
  readonly scope: Scope;
  /** Why there can be no aggregate, such as `WHERE clause`; none where there can. */
  readonly noAggregates?: string;
  /** How many lambdas it stands in; no subquery can stand in one. */
  readonly lambdas?: number;
  /** In a TRY: what it takes as it is, as no TRY of DuckDB's can have it in it. */
  readonly hoisted?: string[];
  readonly hoistsColumns?: boolean;
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
      return intervalLiteral(expression.text, expression.negative, expression.from, expression.to, at);
    case 'null':
      return { sql: 'NULL', type: { name: 'unknown' } };
    case 'boolean':
      return { sql: String(expression.value), type: BOOLEAN };
    case 'name': {
      const column = resolveName(place.scope, expression.parts);
      place.analysis.used(column.sql, expression.parts.map(({ name }) => name).join('.'), at);
      const isParameter = /\b[l-p]\d+\b/.test(column.sql);
      return place.hoistsColumns && !isParameter ? hoist(column, place) : column;
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
      if (!isNumeric(value.type) && !isInterval(value.type))
        throw new SqlFault('TYPE_MISMATCH', `Cannot negate ${typeText(value.type)}`, at);
      return { sql: `(- ${value.sql})`, type: value.type };
    }
    case 'isNull':
      return {
        sql: `(${analyze(expression.value).sql} IS ${expression.negated ? 'NOT ' : ''}NULL)`,
        type: BOOLEAN,
      };
    case 'between':
      return between(analyze(expression.value), analyze(expression.low), analyze(expression.high), at);
    case 'like': {
      const { value, pattern, escape: escaped } = expression;
      return like([value, pattern, ...(escaped ? [escaped] : [])].map(analyze), at);
    }
    case 'inList':
      return inList(analyze(expression.value), expression.items.map(analyze), at);
    case 'inQuery':
      return inQuery(expression, place);
    case 'quantified':
      return quantified(expression, place);
    case 'exists':
      refuseInLambda(place, at);
      return {
        sql: `EXISTS (${analyzeQuery(expression.query, place.analysis, place.scope).sql})`,
        type: BOOLEAN,
      };
    case 'subquery':
      return hoist(scalarSubquery(expression.query, place, at), place);
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
    case 'row': {
      const items = expression.items.map(analyze);
      const fields = items.map(({ sql }, i) => `'_${i}': ${sql}`);
      const type: SqlType = { name: 'row', fields: items.map((item) => ({ type: item.type })) };
      return { sql: `CAST({${fields.join(', ')}} AS ${duckType(type)})`, type };
    }
    case 'atTimeZone':
      return atTimeZone(analyze(expression.value), expression.zone, at);
    case 'lambda':
      throw new SqlFault('TYPE_MISMATCH', 'Lambda expression should always be used inside a function', at);
    case 'subscript':
      return subscript(analyze(expression.value), analyze(expression.index), at);
    case 'call':
      return analyzeCall(expression, place);
  }
}

function refuseInLambda({ lambdas }: Place, at: number): void {
  if (lambdas) throw new SqlFault('NOT_SUPPORTED', 'Lambda expression cannot contain subqueries', at);
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
