import { duckType, type SqlType, typeText } from '../sql-type.js';
import { analyzeExpression, type Place } from './analyze-expression.js';
import { clausesOf } from './analyze-window.js';
import type { Typed } from './coercion.js';
import { bindCall } from './functions/bind-call.js';
import {
  type Argument,
  CallSite,
  type Lambda,
  type ParameterNames,
  type TypedLambda,
} from './functions/call-site.js';
import { bindChars } from './functions/char-calls.js';
import { functionFault, functionKind, signaturesOf, specialOf } from './functions/registry.js';
import { SqlFault } from './sql-fault.js';
import type { Call, Expression } from './syntax.js';

/** A value that a TRY, or a CASE within a lambda, around it takes as it is. */
export function hoist(value: Typed, { hoisted }: Place): Typed {
  if (!hoisted) return value;
  hoisted.push(value.sql);
  return { sql: `struct_extract(h, 'v${hoisted.length - 1}')`, type: value.type };
}

/**
 * TRY, with the aggregates and subqueries in it computed before it: what they fail at is not caught. It stands in a
 * lambda, as DuckDB computes what is written twice in a TRY only once, before it, and what is of literals when it plans.
 */
function analyzeTry([arg]: readonly Expression[], place: Place): Typed {
  if (!arg) throw new SqlFault('SYNTAX_ERROR', "The 'try' function must have exactly one argument");
  if (place.hoisted) {
    const { sql, type } = analyzeExpression(arg, place);
    return { sql: `TRY(${sql})`, type };
  }
  const hoisted: string[] = [];
  // Beside an aggregate a column is a group's, which DuckDB fails to find from within a lambda.
  const { sql, type } = analyzeExpression(arg, { ...place, hoisted, hoistsColumns: true });
  const values = hoisted.map((value, i) => `'v${i}': ${value}`).join(', ');
  const lambda = `lambda h: TRY(${sql})`;
  if (values !== '') return { sql: `list_extract(list_transform([{${values}}], ${lambda}), 1)`, type };
  // No subquery can be within another lambda.
  if (place.lambdas || !sql.includes('trino_')) return { sql: `TRY(${sql})`, type };
  return {
    sql: `(SELECT list_extract(list_transform([one.range], ${lambda}), 1) FROM range(1) AS one)`,
    type,
  };
}

/** Trino's limit. */
const MOST_ARGUMENTS = 127;

/** A call of a scalar function, an aggregate or a window function. */
export function analyzeCall(call: Call & { readonly at: number }, place: Place): Typed {
  const { name, at } = call;
  if (name === 'try' && call.args.length === 1 && !call.over) return analyzeTry(call.args, place);
  const kind = functionKind(name);
  const isAggregate = kind === 'aggregate' && !call.over;
  if ((kind === 'aggregate' || kind === 'window' || name === 'grouping') && place.noAggregates) {
    const message = `${place.noAggregates} cannot contain aggregations, window functions or grouping operations: [${name}]`;
    throw new SqlFault('EXPRESSION_NOT_SCALAR', message, at);
  }
  if (kind === 'window' && !call.over)
    throw new SqlFault('MISSING_OVER', `Window function ${name} requires an OVER clause`, at);
  const inner: Place = isAggregate
    ? { ...withoutTry(place), noAggregates: `Arguments of the aggregation ${name}` }
    : kind === 'window' || kind === 'aggregate'
      ? withoutTry(place)
      : place;
  if (call.args.length > MOST_ARGUMENTS)
    throw new SqlFault('TOO_MANY_ARGUMENTS', `Too many arguments for function call ${name}()`, at);
  const unknown = functionFault(name, at);
  if (unknown) throw unknown;
  const site = callSite(call, inner);
  if (!kind || !(kind === 'aggregate' || kind === 'window')) {
    if (call.over || call.distinct || call.filter || call.star || call.orderBy.length > 0) {
      throw new SqlFault('FUNCTION_NOT_AGGREGATE', `Function '${name}' is not an aggregation`, at);
    }
    const special = specialOf(name)?.(site);
    if (special) return special;
    const { sql, type } = bindChars(site, (call) => bindCall(signaturesOf('scalar', name), call));
    return { sql: `CAST(${sql} AS ${duckType(type)})`, type };
  }
  if (call.star && name !== 'count')
    throw new SqlFault('FUNCTION_NOT_FOUND', `Unexpected parameters (*) for function ${name}`, at);
  if (call.over && call.distinct)
    throw new SqlFault('NOT_SUPPORTED', 'DISTINCT in window function parameters not yet supported', at);
  if (call.over && call.orderBy.length > 0)
    throw new SqlFault('NOT_SUPPORTED', 'Window function with ORDER BY is not supported', at);
  if (name === 'listagg') checkListagg(site);
  const clauses = clausesOf(call, inner, withoutTry(place));
  const { sql, type } = bindCall(signaturesOf(kind, name), site, clauses);
  return hoist({ sql: `CAST(${sql} AS ${duckType(type)})`, type }, place);
}

function checkListagg(site: CallSite): void {
  const type = site.value(0)?.type;
  if (!type || type.name === 'varchar' || type.name === 'unknown') return;
  throw new SqlFault(
    'TYPE_MISMATCH',
    `Expected expression of varchar, but it has ${typeText(type)} type`,
    site.at,
  );
}

/** The place outside of the TRY or CASE that hoists. */
export function withoutTry({ hoisted: _, hoistsColumns: __, ...place }: Place): Place {
  return place;
}

function callSite(call: Call & { readonly at: number }, place: Place): CallSite {
  const args = call.args.map(
    (arg): Argument => (arg.kind === 'lambda' ? arg : analyzeExpression(arg, place)),
  );
  const lambda = (written: Lambda, types: readonly SqlType[], names?: ParameterNames) =>
    analyzeLambda(written, types, place, names);
  return new CallSite(call.name, call.at, args, call.args, lambda);
}

/** A lambda whose parameters are of these types. */
function analyzeLambda(
  { parameters, body, at }: Lambda,
  types: readonly SqlType[],
  place: Place,
  names?: ParameterNames,
): TypedLambda {
  if (parameters.length !== types.length) {
    const message = `Expected a lambda that takes ${types.length} argument(s) but got ${parameters.length}`;
    throw new SqlFault('INVALID_PARAMETER_USAGE', message, at);
  }
  const depth = place.lambdas ?? 0;
  const own = types.map((_, i) => `${'lmnop'[i] ?? 'q'}${depth}`);
  const columns = types.map((type, i) => ({
    type,
    sql: names?.(own[0] ?? '')[i] ?? own[i] ?? '',
    name: parameters[i]?.name ?? '',
  }));
  const typed = analyzeExpression(body, {
    ...place,
    lambdas: depth + 1,
    scope: { columns, outer: place.scope, isLambda: true },
    noAggregates: 'Lambda expression',
  });
  return { type: typed.type, body: typed.sql, parameters: own };
}
