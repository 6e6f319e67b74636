import { duckType, type SqlType, typeText } from '../../sql-type.js';
import { cast } from '../casts.js';
import { coerce, coercible, commonType, isInteger, type Typed } from '../coercion.js';
import { fieldSql, forEach } from '../nested-values.js';
import { textOf } from '../result-text.js';
import { SqlFault } from '../sql-fault.js';
import { type CallSite, type FunctionGroup, isLambda } from './call-site.js';
import { sequence } from './sequence.js';

const VARCHAR: SqlType = { name: 'varchar' };

export const ARRAY_FUNCTIONS: FunctionGroup = {
  title: 'Arrays and lambdas',
  scalars: `
cardinality(array(T)): bigint = len($1)
array_distinct(array(real)): array(real) = trino_distinct_floats($1)
array_intersect(array(real), array(real)): array(real) = trino_distinct_floats(list_filter($1, lambda e: trino_has($2, e)))
array_union(array(real), array(real)): array(real) = CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN trino_distinct_floats(list_concat($1, $2)) END
array_except(array(real), array(real)): array(real) = CASE WHEN $2 IS NOT NULL THEN trino_distinct_floats(list_filter($1, lambda e: NOT trino_has($2, e))) END
array_position(array(real), real): bigint = CASE WHEN isnan($2) AND $1 IS NOT NULL THEN 0 ELSE CASE WHEN $2 IS NOT NULL AND $1 IS NOT NULL THEN coalesce(list_position($1, $2), 0) END END
array_remove(array(real), real): array(real) = CASE WHEN isnan($2) THEN $1 ELSE CASE WHEN $2 IS NOT NULL THEN list_filter($1, lambda e: e IS DISTINCT FROM $2) END END
contains(array(real), real): boolean = CASE WHEN isnan($2) THEN CASE WHEN list_count($1) < len($1) THEN NULL WHEN $1 IS NOT NULL THEN false END ELSE CASE WHEN $2 IS NULL OR $1 IS NULL THEN NULL WHEN list_contains($1, $2) THEN true WHEN list_count($1) < len($1) THEN NULL ELSE false END END
array_distinct(array(double)): array(double) = trino_distinct_floats($1)
array_intersect(array(double), array(double)): array(double) = trino_distinct_floats(list_filter($1, lambda e: trino_has($2, e)))
array_union(array(double), array(double)): array(double) = CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN trino_distinct_floats(list_concat($1, $2)) END
array_except(array(double), array(double)): array(double) = CASE WHEN $2 IS NOT NULL THEN trino_distinct_floats(list_filter($1, lambda e: NOT trino_has($2, e))) END
array_position(array(double), double): bigint = CASE WHEN isnan($2) AND $1 IS NOT NULL THEN 0 ELSE CASE WHEN $2 IS NOT NULL AND $1 IS NOT NULL THEN coalesce(list_position($1, $2), 0) END END
array_remove(array(double), double): array(double) = CASE WHEN isnan($2) THEN $1 ELSE CASE WHEN $2 IS NOT NULL THEN list_filter($1, lambda e: e IS DISTINCT FROM $2) END END
contains(array(double), double): boolean = CASE WHEN isnan($2) THEN CASE WHEN list_count($1) < len($1) THEN NULL WHEN $1 IS NOT NULL THEN false END ELSE CASE WHEN $2 IS NULL OR $1 IS NULL THEN NULL WHEN list_contains($1, $2) THEN true WHEN list_count($1) < len($1) THEN NULL ELSE false END END
array_distinct(array(T)): array(T) = trino_distinct($1)
array_intersect(array(T), array(T)): array(T) = trino_distinct(list_filter($1, lambda e: trino_has($2, e)))
array_union(array(T), array(T)): array(T) = CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN trino_distinct(list_concat($1, $2)) END
array_except(array(T), array(T)): array(T) = CASE WHEN $2 IS NOT NULL THEN trino_distinct(list_filter($1, lambda e: NOT trino_has($2, e))) END
array_max(array(O)): O = CASE WHEN list_count($1) = len($1) THEN list_max($1) END
array_min(array(O)): O = CASE WHEN list_count($1) = len($1) THEN list_min($1) END
array_position(array(T), T): bigint = CASE WHEN $2 IS NOT NULL AND $1 IS NOT NULL THEN coalesce(list_position($1, $2), 0) END
array_remove(array(T), T): array(T) = CASE WHEN $2 IS NOT NULL THEN list_filter($1, lambda e: e IS DISTINCT FROM $2) END
array_sort(array(O)): array(O) = list_sort($1, 'ASC', 'NULLS LAST')
arrays_overlap(array(T), array(T)): boolean = CASE WHEN list_has_any($1, $2) THEN true WHEN (list_count($1) < len($1) AND len($2) > 0) OR (list_count($2) < len($2) AND len($1) > 0) THEN NULL WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN false END
contains(array(T), T): boolean = CASE WHEN $2 IS NULL OR $1 IS NULL THEN NULL WHEN list_contains($1, $2) THEN true WHEN list_count($1) < len($1) THEN NULL ELSE false END
contains_sequence(array(T), array(T)): boolean = CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL ELSE len($2) = 0 OR len(list_filter(range(1, len($1) - len($2) + 2), lambda e: list_slice($1, e, e + len($2) - 1) = $2)) > 0 END
flatten(array(array(T))): array(T) = flatten(list_filter($1, lambda e: e IS NOT NULL))
ngrams(array(T), bigint): array(array(T)) = CASE WHEN $2 <= 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: N must be positive') WHEN len($1) <= $2 THEN [$1] ELSE list_transform(range(1, len($1) - $2 + 2), lambda e: list_slice($1, e, e + $2 - 1)) END
repeat(T, bigint): array(T) = CASE WHEN $2 < 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: count argument of repeat function must be greater than or equal to 0') WHEN $2 > 10000 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: count argument of repeat function must be less than or equal to 10000') WHEN $2 = 0 THEN [] ELSE list_transform(range(0, $2), lambda e: $1) END
reverse(array(T)): array(T) = list_reverse($1)
slice(array(T), bigint, bigint): array(T) = trino_slice($1, $2, $3)
trim_array(array(T), bigint): array(T) = CASE WHEN $2 < 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: size must not be negative: ' || CAST($2 AS VARCHAR)) WHEN $2 > len($1) THEN trino_fail('INVALID_FUNCTION_ARGUMENT: size must not exceed array cardinality ' || CAST(len($1) AS VARCHAR) || ': ' || CAST($2 AS VARCHAR)) ELSE list_slice($1, 1, len($1) - $2) END
zip(array(T), array(U)): array(row(T, U)) = list_zip($1, $2)
zip(array(T), array(U), array(V)): array(row(T, U, V)) = list_zip($1, $2, $3)
zip(array(T), array(U), array(V), array(W)): array(row(T, U, V, W)) = list_zip($1, $2, $3, $4)
zip(array(T), array(U), array(V), array(W), array(X)): array(row(T, U, V, W, X)) = list_zip($1, $2, $3, $4, $5)
transform(array(T), function(T, U)): array(U) = list_transform($1, $2)
filter(array(T), function(T, boolean)): array(T) = list_filter($1, $2)
any_match(array(T), function(T, boolean)): boolean = trino_any(list_transform($1, $2))
all_match(array(T), function(T, boolean)): boolean = trino_all(list_transform($1, $2))
none_match(array(T), function(T, boolean)): boolean = (NOT trino_any(list_transform($1, $2)))
`,
  specials: {
    sequence,
    reduce,
    element_at: elementAt,
    array_join: joined,
    zip_with: zippedWith,
    array_sort: sortedBy,
  },
  refused: {
    'It is not made yet': 'combinations shuffle',
    'It is newer than the engine of Athena': 'array_first array_last array_histogram',
  },
};

export const ARRAY_MACROS = [
  'CREATE MACRO trino_first_places(list, items) AS list_sort(list_transform(items, lambda d: list_position(list, d)))',
  'CREATE MACRO trino_at(list, places) AS list_transform(places, lambda i: list_extract(list, i))',
  `CREATE MACRO trino_subscript(list, i) AS CASE
    WHEN i = 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1')
    WHEN i < 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Array subscript is negative: ' || CAST(i AS VARCHAR))
    WHEN i > len(list) THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Array subscript must be less than or equal to array length: '
      || CAST(i AS VARCHAR) || ' > ' || CAST(len(list) AS VARCHAR))
    ELSE list_extract(list, i) END`,
  `CREATE MACRO trino_map_value(m, k, shown) AS CASE
    WHEN map_contains(m, k) THEN map_extract_value(m, k)
    WHEN m IS NOT NULL AND k IS NOT NULL
      THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Key not present in map: ' || shown) END`,
  'CREATE MACRO trino_has(list, x) AS coalesce(list_position(list, x), 0) > 0',
  // list_distinct keeps neither the order nor NULL.
  `CREATE MACRO trino_distinct(list) AS CASE WHEN len(list_distinct(list)) = len(list) THEN list
    ELSE trino_at(list, trino_first_places(list, CASE WHEN list_count(list) < len(list)
      THEN list_append(list_distinct(list), NULL) ELSE list_distinct(list) END)) END`,
  // To list_distinct no NaN is another's equal.
  `CREATE MACRO trino_distinct_floats(list) AS CASE WHEN list_contains(list, CAST('NaN' AS FLOAT))
    THEN trino_at(list, list_filter(range(1, len(list) + 1), lambda i: list_position(list, list_extract(list, i)) = i))
    ELSE trino_distinct(list) END`,
  `CREATE MACRO trino_slice(list, start, size) AS CASE
    WHEN start = 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1')
    WHEN size < 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: length must be greater than or equal to 0')
    WHEN size = 0 OR start > len(list) OR len(list) + start < 0 THEN list_slice(list, 2, 1)
    WHEN start > 0 THEN list_slice(list, start, start + size - 1)
    ELSE list_slice(list, len(list) + start + 1, len(list) + start + size) END`,
];

/** `array[i]` and `map[key]`; out of range is an error. */
export function subscript(value: Typed, index: Typed, at: number): Typed {
  const { type } = value;
  if (type.name === 'map') {
    const key = mapKey(type, index, at);
    const sql = `trino_map_value(${value.sql}, ${key.sql}, ${textOf(key)})`;
    return { sql, type: type.value };
  }
  if (type.name === 'row') {
    const position = Number(index.sql) - 1;
    const field = type.fields[position];
    if (!field) throw new SqlFault('INVALID_FUNCTION_ARGUMENT', 'ROW index out of bounds', at);
    return { sql: fieldSql(value.sql, type, position), type: field.type };
  }
  if (type.name !== 'array' || !(isInteger(index.type) || index.type.name === 'unknown')) {
    throw new SqlFault(
      'TYPE_MISMATCH',
      `Cannot use ${typeText(index.type)} for subscript of ${typeText(type)}`,
      at,
    );
  }
  const place = coerce(index, { name: 'bigint' }).sql;
  const sql = `trino_subscript(${value.sql}, ${place})`;
  return { sql, type: type.element };
}

function mapKey(type: SqlType & { name: 'map' }, index: Typed, at: number): Typed {
  if (coercible(index.type, type.key)) return coerce(index, type.key);
  throw new SqlFault(
    'TYPE_MISMATCH',
    `Cannot use ${typeText(index.type)} for subscript of ${typeText(type)}`,
    at,
  );
}

function elementAt(call: CallSite): Typed {
  const [value, index] = [call.value(0), call.value(1)];
  if (!value || !index || call.args.length !== 2) throw call.unexpected();
  if (value.type.name === 'map')
    return {
      sql: `map_extract_value(${value.sql}, ${mapKey(value.type, index, call.at).sql})`,
      type: value.type.value,
    };
  if (value.type.name !== 'array') throw call.unexpected();
  const place = call.as(1, { name: 'bigint' }).sql;
  const fault = "trino_fail('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1')";
  return {
    sql: `CASE WHEN ${place} = 0 THEN ${fault} ELSE list_extract(${value.sql}, ${place}) END`,
    type: value.type.element,
  };
}

/** The state goes through DuckDB's list_reduce beside an element, as that takes one type for both. */
function reduce(call: CallSite): Typed {
  const [list, start] = [call.value(0), call.value(1)];
  const [step, finish] = [call.args[2], call.args[3]];
  if (list?.type.name !== 'array' || !start || !step || !isLambda(step) || !finish || !isLambda(finish))
    throw call.unexpected();
  const { element } = list.type;
  const state = start.type;
  const stepped = call.lambda(step, [state, element], (only) => [
    `struct_extract(${only}, 's')`,
    `struct_extract(${secondOf(only)}, 'e')`,
  ]);
  if (!coercible(stepped.type, state)) throw call.unexpected();
  const [left = '', right = ''] = stepped.parameters;
  const none = `CAST(NULL AS ${duckType(element)})`;
  const body = coerce({ sql: stepped.body, type: stepped.type }, state).sql;
  const pack = (s: string, e: string) => `struct_pack(s := CAST(${s} AS ${duckType(state)}), e := ${e})`;
  const items = `list_transform(${list.sql}, lambda ${left}: ${pack('NULL', left)})`;
  const reduced = `list_reduce(${items}, lambda ${left}, ${right}: ${pack(body, none)}, ${pack(start.sql, none)})`;
  const finished = call.lambda(finish, [state], (only) => [`struct_extract(${only}, 's')`]);
  const result = `list_extract(list_transform([${reduced}], lambda ${finished.parameters[0]}: ${finished.body}), 1)`;
  return { sql: `CASE WHEN ${list.sql} IS NOT NULL THEN ${result} END`, type: finished.type };
}

/** The second of the two parameters, whose names differ in their first letter. */
function secondOf(parameter: string): string {
  return `m${parameter.slice(1)}`;
}

function joined(call: CallSite): Typed {
  const list = call.value(0);
  if (list?.type.name !== 'array' || call.args.length < 2 || call.args.length > 3) throw call.unexpected();
  const { element } = list.type;
  if (['array', 'map', 'row', 'varbinary'].includes(element.name)) throw call.unexpected();
  const delimiter = call.as(1, VARCHAR).sql;
  const absent = call.args.length === 3 ? call.as(2, VARCHAR).sql : undefined;
  const texts = forEach(list.sql, (item) => {
    const text = cast({ sql: item, type: element }, VARCHAR, false, call.at).sql;
    return absent === undefined ? text : `coalesce(${text}, ${absent})`;
  });
  const empty = `CASE WHEN ${list.sql} IS NOT NULL AND ${delimiter} IS NOT NULL THEN '' END`;
  return { sql: `coalesce(array_to_string(${texts}, ${delimiter}), ${empty})`, type: VARCHAR };
}

function zippedWith(call: CallSite): Typed {
  const [a, b, f] = [call.value(0), call.value(1), call.args[2]];
  if (a?.type.name !== 'array' || b?.type.name !== 'array' || !f || !isLambda(f)) throw call.unexpected();
  const { body, parameters, type } = call.lambda(f, [a.type.element, b.type.element], (pair) => [
    `struct_extract(${pair}, 1)`,
    `struct_extract(${pair}, 2)`,
  ]);
  const zipped = `list_transform(list_zip(${a.sql}, ${b.sql}), lambda ${parameters[0]}: ${body})`;
  const sql = `CASE WHEN ${a.sql} IS NOT NULL AND ${b.sql} IS NOT NULL THEN ${zipped} END`;
  return { sql, type: { name: 'array', element: type } };
}

/** With a lambda that compares: each element is put behind those that are not greater, as long as there is no NULL. */
function sortedBy(call: CallSite): Typed | undefined {
  const [list, f] = [call.value(0), call.args[1]];
  if (!f || !isLambda(f)) return undefined;
  if (list?.type.name !== 'array') throw call.unexpected();
  const { body, parameters, type } = call.lambda(f, [list.type.element, list.type.element], (only) => [
    `struct_extract(${only}, 'a')`,
    `struct_extract(${only}, 'b')`,
  ]);
  if (!commonType(type, { name: 'bigint' }) || !isInteger(type)) throw call.unexpected();
  const name = parameters[0] ?? '';
  const array = duckType(list.type);
  const compared = `list_extract(list_transform([struct_pack(a := y, b := list_extract(x, 1))], lambda ${name}: ${body}), 1)`;
  const [before, after] = ['<=', '>'].map((sign) => `list_filter(s, lambda y: ${compared} ${sign} 0)`);
  const step = `lambda s, x: list_concat(${before}, x, ${after})`;
  const sql = `list_reduce(list_transform(${list.sql}, lambda x: [x]), ${step}, CAST([] AS ${array}))`;
  return { sql, type: list.type };
}
