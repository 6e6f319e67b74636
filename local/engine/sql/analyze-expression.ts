import { duckType, quoteText, type SqlType, typeText } from '../sql-type.js';
import type { Analysis } from './analysis.js';
import { analyzeQuery } from './analyze-query.js';
import { cast } from './casts.js';
import { coerce, commonType, isInteger, isNumeric, type Typed } from './coercion.js';
import { callFunction, functionFault, functionKind } from './functions.js';
import { applyOperator, comparable, requireBoolean } from './operators.js';
import { fieldOf, resolveName, type Scope } from './scope.js';
import { intervalOf, specialCall } from './special-functions.js';
import { notSupported, SqlFault } from './sql-fault.js';
import type { Call, Expression, Query, SortItem, Window } from './syntax.js';
import { typedLiteral } from './typed-literal.js';

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
  const analyze = (inner: Expression) => analyzeExpression(inner, place);
  const { at } = expression;
  switch (expression.kind) {
    case 'literal':
      return literal(expression.type, expression.text, at);
    case 'typedLiteral':
      return typedLiteral(expression.type, expression.text, at);
    case 'interval':
      return interval(expression.text, expression.negative, expression.unit, at);
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
    case 'not': {
      const value = analyze(expression.value);
      requireBoolean(value, 'Value of logical NOT expression', at);
      return { sql: `(NOT ${value.sql})`, type: BOOLEAN };
    }
    case 'negate': {
      const value = analyze(expression.value);
      if (!isNumeric(value.type))
        throw new SqlFault('TYPE_MISMATCH', `Cannot negate ${typeText(value.type)}`, at);
      return { sql: `(-${value.sql})`, type: value.type };
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
      return { sql: `(${value.sql} IN (SELECT ${column.sql} FROM (${query.from}) AS sub))`, type: BOOLEAN };
    }
    case 'quantified': {
      const query = oneColumn(expression.query, place, at);
      const [value, column] = comparable(expression.operator, analyze(expression.value), query, at);
      const { operator, quantifier } = expression;
      return {
        sql: `(${value.sql} ${operator} ${quantifier} (SELECT ${column.sql} FROM (${query.from}) AS sub))`,
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

function literal(kind: string, text: string, at: number): Typed {
  switch (kind) {
    case 'string':
      return { sql: quoteText(text), type: { name: 'varchar', length: [...text].length } };
    case 'integer': {
      const value = BigInt(text);
      if (BigInt.asIntN(64, value) !== value)
        throw new SqlFault('SYNTAX_ERROR', `Invalid numeric literal: ${text}`, at);
      const type: SqlType = { name: BigInt.asIntN(32, value) === value ? 'integer' : 'bigint' };
      return { sql: type.name === 'integer' ? value.toString() : `CAST(${value} AS BIGINT)`, type };
    }
    case 'decimal': {
      const [whole = '', fraction = ''] = text.split('.');
      const precision = Math.max(whole.replace(/^0+/, '').length + fraction.length, 1);
      if (precision > 38) throw new SqlFault('SYNTAX_ERROR', `Invalid decimal literal: ${text}`, at);
      const type: SqlType = { name: 'decimal', precision, scale: fraction.length };
      return { sql: `CAST('${text}' AS ${duckType(type)})`, type };
    }
    case 'double':
      return { sql: `CAST('${text}' AS DOUBLE)`, type: { name: 'double' } };
    default:
      if (!/^([0-9a-fA-F\s]{2})*$/.test(text))
        throw new SqlFault('SYNTAX_ERROR', 'Binary literal can only contain hexadecimal digits', at);
      return { sql: `from_hex('${text.replace(/\s/g, '')}')`, type: { name: 'varbinary' } };
  }
}

function interval(text: string, negative: boolean, unit: string, at: number): Typed {
  if (!/^\d+$/.test(text)) throw notSupported(`INTERVAL '${text}'`, at);
  const name = unit === 'YEAR' || unit === 'MONTH' ? 'interval year to month' : 'interval day to second';
  return { sql: intervalOf(`${negative ? '-' : ''}${text}`, unit.toLowerCase()), type: { name } };
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

function analyzeCall(call: Call & { readonly at: number }, place: Place): Typed {
  const { name, at } = call;
  const kind = functionKind(name);
  const isAggregate = kind === 'aggregate' && !call.over;
  if ((kind === 'aggregate' || kind === 'window') && place.noAggregates) {
    const message = `${place.noAggregates} cannot contain aggregations, window functions or grouping operations: [${name}]`;
    throw new SqlFault('EXPRESSION_NOT_SCALAR', message, at);
  }
  if (kind === 'window' && !call.over)
    throw new SqlFault('MISSING_OVER', `Window function ${name} requires an OVER clause`, at);
  const inner: Place = isAggregate
    ? { ...place, noAggregates: `Arguments of the aggregation ${name}` }
    : place;
  const args = call.args.map((arg) => analyzeExpression(arg, inner));
  if (!kind || !(kind === 'aggregate' || kind === 'window')) {
    if (call.over || call.distinct || call.filter || call.star || call.orderBy.length > 0) {
      throw new SqlFault('FUNCTION_NOT_AGGREGATE', `Function '${name}' is not an aggregation`, at);
    }
    const special = specialCall(name, args, call.args, at);
    if (special) return special;
    const unknown = functionFault(name, at);
    if (unknown) throw unknown;
    const { sql, type } = callFunction('scalar', name, args, at);
    return { sql: `CAST(${sql} AS ${duckType(type)})`, type };
  }
  if (call.star && name !== 'count')
    throw new SqlFault('FUNCTION_NOT_FOUND', `Unexpected parameters (*) for function ${name}`, at);
  const bound = callFunction(kind, name, args, at);
  const sql = withClauses(bound.sql, call, inner);
  return { sql: `CAST(${sql} AS ${duckType(bound.type)})`, type: bound.type };
}

/** The call with DISTINCT, ORDER BY, IGNORE NULLS, FILTER and OVER where DuckDB wants them. */
function withClauses(sql: string, call: Call, place: Place): string {
  const open = sql.indexOf('(') + 1;
  const order = call.orderBy.length > 0 ? ` ORDER BY ${sortList(call.orderBy, place)}` : '';
  const inside = `${call.distinct ? 'DISTINCT ' : ''}${sql.slice(open, -1)}${order}${call.ignoreNulls ? ' IGNORE NULLS' : ''}`;
  const filter = call.filter && analyzeExpression(call.filter, place);
  if (filter && call.filter) requireBoolean(filter, 'FILTER clause', call.filter.at);
  const over = call.over ? ` OVER (${windowOf(call.over, place)})` : '';
  return `${sql.slice(0, open)}${inside})${filter ? ` FILTER (WHERE ${filter.sql})` : ''}${over}`;
}

function sortList(items: readonly SortItem[], place: Place): string {
  return items.map((item) => `${analyzeExpression(item.value, place).sql}${direction(item)}`).join(', ');
}

export function direction({ descending, nullsFirst }: SortItem): string {
  return `${descending ? ' DESC' : ' ASC'} NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
}

function windowOf(window: Window, place: Place): string {
  const { base } = window;
  const named = base && place.windows?.get(base.name);
  if (base && !named)
    throw new SqlFault('INVALID_WINDOW_REFERENCE', `Cannot resolve WINDOW name ${base.name}`, base.at);
  const inherited = named ? [windowOf(named, place)] : [];
  const partition = window.partitionBy.map((key) => analyzeExpression(key, place).sql).join(', ');
  const parts = [...inherited, partition && `PARTITION BY ${partition}`];
  if (window.orderBy.length > 0) parts.push(`ORDER BY ${sortList(window.orderBy, place)}`);
  if (window.frame) {
    const { unit, start, end } = window.frame;
    const bound = (frame: typeof start) =>
      typeof frame === 'string' ? frame : `${analyzeExpression(frame.distance, place).sql} ${frame.side}`;
    parts.push(end ? `${unit} BETWEEN ${bound(start)} AND ${bound(end)}` : `${unit} ${bound(start)}`);
  }
  return parts.filter(Boolean).join(' ');
}
