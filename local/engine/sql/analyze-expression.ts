import { duckType, type SqlType, typeText } from '../sql-type.js';
import type { Analysis } from './analysis.js';
import { analyzeCall, hoist, withoutTry } from './analyze-call.js';
import { analyzeCase } from './analyze-case.js';
import { analyzeQuery } from './analyze-query.js';
import { cast } from './casts.js';
import { coerce, isNumeric, type Typed } from './coercion.js';
import { subscript } from './functions/array-elements.js';
import { atTimeZone } from './functions/zoned-times.js';
import { intervalLiteral } from './interval-literal.js';
import { isInterval } from './intervals.js';
import { plainLiteral, typedLiteral } from './literals.js';
import { applyOperator, requireBoolean } from './operators.js';
import { between, inList, like } from './predicates.js';
import { resultType } from './result-type.js';
import { fieldOf, resolveName, type Scope } from './scope.js';
import { shortCircuit } from './short-circuit.js';
import { SqlFault } from './sql-fault.js';
import { inQuery, quantified, scalarSubquery } from './subqueries.js';
import type { Expression, Window } from './syntax.js';

/** Where an expression stands, which says what may be in it. */
export interface Place {
  readonly analysis: Analysis;
  readonly scope: Scope;
  /** Why there can be no aggregate, such as `WHERE clause`; none where there can. */
  readonly noAggregates?: string;
  /** The WHERE or ON that it is part of, if any. */
  readonly condition?: Expression;
  /** How many lambdas it stands in; no subquery can stand in one. */
  readonly lambdas?: number;
  /** In a TRY or a CASE within a lambda: what it takes as it is, as DuckDB can have it in neither. */
  readonly hoisted?: string[];
  readonly hoistsColumns?: boolean;
  /** The windows of the WINDOW clause. */
  readonly windows?: ReadonlyMap<string, Window>;
}

const BOOLEAN: SqlType = { name: 'boolean' };

/** The expression for DuckDB and its type. */
export function analyzeExpression(expression: Expression, place: Place): Typed {
  const { analysis } = place;
  const before = analysis.tablesLength;
  const typed = analyzeNode(expression, place);
  const length = typed.sql.length - (analysis.tablesLength - before);
  if (length <= MAX_SQL) return typed;
  throw new SqlFault('STATEMENT_TOO_LARGE', 'The expression is too large', expression.at);
}

/**
 * Characters, without those that say where the tables in its subqueries are. DuckDB plans as many in about two seconds,
 * which nothing can interrupt.
 */
const MAX_SQL = 1_000_000;

function analyzeNode(expression: Expression, place: Place): Typed {
  const analyze = (inner: Expression) => analyzeExpression(inner, place);
  const { at } = expression;
  switch (expression.kind) {
    case 'literal':
      return plainLiteral(expression.type, expression.text, at);
    case 'typedLiteral':
      return typedLiteral(expression.type, expression.text, at);
    case 'interval':
      return intervalLiteral(expression, at);
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
      return { sql: shortCircuit(expression, terms, place.condition === expression), type: BOOLEAN };
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
      return hoist(inQuery(expression, withoutTry(place)), place);
    case 'quantified':
      return hoist(quantified(expression, withoutTry(place)), place);
    case 'exists':
      refuseInLambda(place, at);
      return hoist(
        {
          sql: `EXISTS (${analyzeQuery(expression.query, place.analysis, place.scope).sql})`,
          type: BOOLEAN,
        },
        place,
      );
    case 'subquery':
      return hoist(scalarSubquery(expression.query, place, at), place);
    case 'case':
      return analyzeCase(expression, place);
    case 'cast':
      return cast(analyze(expression.value), expression.type, expression.safe, at);
    case 'array': {
      const items = expression.items.map(analyze);
      const element = resultType(items, 'All ARRAY elements must be the same type', at);
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
