import { duckType, type SqlType } from '../../sql-type.js';
import { coerce, coercible, isInteger, sameType, type Typed } from '../coercion.js';
import { boundAll } from '../nested-values.js';
import { type CallSite, isLambda, type Lambda } from './call-site.js';

/** The state goes through DuckDB's list_reduce beside an element, as that takes one type for both. */
export function reduced(call: CallSite): Typed {
  const [list, start] = [call.value(0), call.value(1)];
  const [step, finish] = [call.args[2], call.args[3]];
  if (list?.type.name !== 'array' || !start || !step || !isLambda(step) || !finish || !isLambda(finish))
    throw call.unexpected();
  const { element } = list.type;
  const { state, stepped } = stateOf(call, step, start.type, element);
  const [left = '', right = ''] = stepped.parameters;
  const none = `CAST(NULL AS ${duckType(element)})`;
  const body = coerce({ sql: stepped.body, type: stepped.type }, state).sql;
  const pack = (s: string, e: string) => `struct_pack(s := CAST(${s} AS ${duckType(state)}), e := ${e})`;
  const finished = call.lambda(finish, [state], (only) => [`struct_extract(${only}, 's')`]);
  const sql = boundAll([list.sql, coerce(start, state).sql], ([array = '', first = '']) => {
    const items = `list_transform(${array}, lambda ${left}: ${pack('NULL', left)})`;
    const folded = `list_reduce(${items}, lambda ${left}, ${right}: ${pack(body, none)}, ${pack(first, none)})`;
    const result = `list_extract(list_transform([${folded}], lambda ${finished.parameters[0]}: ${finished.body}), 1)`;
    return `CASE WHEN ${array} IS NOT NULL THEN ${result} END`;
  });
  return { sql, type: finished.type };
}

/** The type of the state: that of its first value, or one that it is coerced to for the lambda to give it back. */
function stateOf(call: CallSite, step: Lambda, first: SqlType, element: SqlType) {
  let state = first;
  for (;;) {
    const stepped = call.lambda(step, [state, element], (only) => [
      `struct_extract(${only}, 's')`,
      `struct_extract(${secondOf(only)}, 'e')`,
    ]);
    if (stepped.type.name === 'unknown' || sameType(stepped.type, state)) return { state, stepped };
    if (!coercible(state, stepped.type)) throw call.unexpected();
    state = stepped.type;
  }
}

/** The second of the two parameters, whose names differ in their first letter. */
function secondOf(parameter: string): string {
  return `m${parameter.slice(1)}`;
}

export function zippedWith(call: CallSite): Typed {
  const [a, b, f] = [call.value(0), call.value(1), call.args[2]];
  if (a?.type.name !== 'array' || b?.type.name !== 'array' || !f || !isLambda(f)) throw call.unexpected();
  const { body, parameters, type } = call.lambda(f, [a.type.element, b.type.element], (pair) => [
    `struct_extract(${pair}, 1)`,
    `struct_extract(${pair}, 2)`,
  ]);
  const sql = boundAll([a.sql, b.sql], ([x, y]) => {
    const zipped = `list_transform(list_zip(${x}, ${y}), lambda ${parameters[0]}: ${body})`;
    return `CASE WHEN ${x} IS NOT NULL AND ${y} IS NOT NULL THEN ${zipped} END`;
  });
  return { sql, type: { name: 'array', element: type } };
}

/** `array_sort` with a lambda that compares: each element is put behind those that are not greater. */
export function sortedBy(call: CallSite): Typed | undefined {
  const [list, f] = [call.value(0), call.args[1]];
  if (!f || !isLambda(f)) return undefined;
  if (list?.type.name !== 'array') throw call.unexpected();
  const { body, parameters, type } = call.lambda(f, [list.type.element, list.type.element], (only) => [
    `struct_extract(${only}, 'a')`,
    `struct_extract(${only}, 'b')`,
  ]);
  if (!coercible(type, { name: 'bigint' }) || !(isInteger(type) || type.name === 'unknown'))
    throw call.unexpected();
  const name = parameters[0] ?? '';
  const array = duckType(list.type);
  // The new element first, as Java's sorting by insertion asks.
  const compared = `trino_compared(list_extract(list_transform([struct_pack(a := list_extract(x, 1), b := y)], lambda ${name}: ${body}), 1))`;
  const [before, after] = ['>=', '<'].map((sign) => `list_filter(s, lambda y: ${compared} ${sign} 0)`);
  const step = `lambda s, x: list_concat(${before}, x, ${after})`;
  const sql = `list_reduce(list_transform(${list.sql}, lambda x: [x]), ${step}, CAST([] AS ${array}))`;
  return { sql, type: list.type };
}

export const COMPARED_MACRO = `CREATE MACRO trino_compared(comparison) AS list_extract(list_transform([comparison], lambda c:
  CASE WHEN c IN (-1, 0, 1) THEN c
  ELSE trino_fail('INVALID_FUNCTION_ARGUMENT: Lambda comparator must return either -1, 0, or 1') END), 1)`;
