import { duckType, type SqlType } from '../../sql-type.js';
import { coerce, coercible, commonType, isNested, type MapType, type Typed } from '../coercion.js';
import { isIndeterminate } from '../nested-comparison.js';
import { bound, boundAll, forEach } from '../nested-values.js';
import { type CallSite, type FunctionGroup, isLambda } from './call-site.js';

export const MAP_FUNCTIONS: FunctionGroup = {
  title: 'Maps',
  scalars: `
cardinality(map(K, V)): bigint = cardinality($1)
map(array(K), array(V)): map(K, V) = trino_map($1, $2)
map_from_entries(array(row(K, V))): map(K, V) = trino_map(list_transform($1, lambda e: struct_extract(e, '_0')), list_transform($1, lambda e: struct_extract(e, '_1')))
multimap_from_entries(array(row(K, V))): map(K, array(V)) = trino_multimap(list_transform($1, lambda e: struct_pack(k := struct_extract(e, '_0'), v := struct_extract(e, '_1'))))
map_entries(map(K, V)): array(row(K, V)) = list_transform(map_entries($1), lambda e: {'_0': e.key, '_1': e.value})
map_keys(map(K, V)): array(K) = map_keys($1)
map_values(map(K, V)): array(V) = map_values($1)
`,
  specials: {
    map: made,
    map_concat: concatenated,
    map_filter: filtered,
    transform_keys: withKeys,
    transform_values: withValues,
    map_zip_with: zipped,
  },
  refused: {},
};

export const MAP_MACROS = [
  // Of entries (k, v) whose keys were cast.
  `CREATE MACRO trino_cast_map(entries) AS CASE
    WHEN list_count(list_transform(entries, lambda o: o.k)) < len(entries) THEN trino_fail('INVALID_CAST_ARGUMENT: map key is null')
    WHEN len(list_distinct(list_transform(entries, lambda o: o.k))) < len(entries) THEN trino_fail('INVALID_CAST_ARGUMENT: duplicate keys')
    ELSE map_from_entries(entries) END`,
  `CREATE MACRO trino_map(keys, vals) AS CASE
    WHEN len(keys) <> len(vals) THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Key and value arrays must be the same length')
    WHEN list_count(keys) < len(keys) THEN trino_fail('INVALID_FUNCTION_ARGUMENT: map key cannot be null')
    WHEN len(list_distinct(keys)) < len(keys) THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Duplicate map keys are not allowed')
    WHEN keys IS NOT NULL AND vals IS NOT NULL THEN map(keys, vals) END`,
  // Of entries (k, v): the first value of each key; all values of each key.
  'CREATE MACRO trino_keys(entries) AS list_transform(entries, lambda o: o.k)',
  `CREATE MACRO trino_first_of_each(entries) AS map_from_entries(
    CASE WHEN len(list_distinct(trino_keys(entries))) = len(entries) THEN entries
    ELSE trino_at(entries, trino_first_places(trino_keys(entries), list_distinct(trino_keys(entries)))) END)`,
  `CREATE MACRO trino_multimap(entries) AS map_from_entries(list_transform(
    trino_distinct(trino_keys(entries)),
    lambda d: struct_pack(k := d, v := list_transform(list_filter(entries, lambda o: o.k = d), lambda o: o.v))))`,
];

/** Without arguments the empty map; with arrays or rows for keys one that checks that these hold no NULL. */
function made(call: CallSite): Typed | undefined {
  const [keys, values] = [call.value(0), call.value(1)];
  if (call.args.length === 0) {
    const type: SqlType = { name: 'map', key: { name: 'unknown' }, value: { name: 'unknown' } };
    return { sql: `CAST(MAP {} AS ${duckType(type)})`, type };
  }
  if (call.args.length !== 2 || keys?.type.name !== 'array' || values?.type.name !== 'array')
    return undefined;
  const key = keys.type.element;
  if (!isNested(key)) return undefined;
  const checked = bound(keys.sql, (list) => {
    const unknown = forEach(list, (item) => isIndeterminate(item, key));
    return `CASE WHEN list_contains(${unknown}, true) THEN ${INDETERMINATE_KEY} ELSE ${list} END`;
  });
  return { sql: mapSql(checked, values.sql), type: { name: 'map', key, value: values.type.element } };
}

/** The map of two arrays, each of which the macro names more than once. */
function mapSql(keys: string, values: string): string {
  return boundAll([keys, values], (names) => `trino_map(${names.join(', ')})`);
}

const INDETERMINATE_KEY =
  "trino_fail('INVALID_FUNCTION_ARGUMENT: map key cannot be null, nor an array or row that holds one')";

function mapOf(call: CallSite, index: number): Typed & { readonly type: MapType } {
  const value = call.value(index);
  if (value?.type.name !== 'map') throw call.unexpected();
  return { sql: value.sql, type: value.type };
}

/** Of a key that comes twice the last value counts. */
function concatenated(call: CallSite): Typed {
  let type: SqlType = { name: 'unknown' };
  const maps = call.args.map((_, i) => call.value(i));
  for (const map of maps) {
    const common: SqlType | undefined = map && commonType(type, map.type);
    if (!common || (common.name !== 'map' && common.name !== 'unknown')) throw call.unexpected();
    type = common;
  }
  if (type.name !== 'map') throw call.unexpected();
  const sqls = maps.map((map) => (map ? coerce(map, type).sql : 'NULL'));
  const sql = boundAll(sqls, (names) => {
    const known = names.map((name) => `${name} IS NOT NULL`).join(' AND ');
    return `CASE WHEN ${known} THEN map_concat(${names.join(', ')}) END`;
  });
  return { sql, type };
}

function entryLambda(call: CallSite, index: number, { type }: Typed & { readonly type: MapType }) {
  const lambda = call.args[index];
  if (!lambda || !isLambda(lambda)) throw call.unexpected();
  const made = call.lambda(lambda, [type.key, type.value], (entry) => [`${entry}.key`, `${entry}.value`]);
  return { ...made, name: made.parameters[0] ?? '' };
}

function filtered(call: CallSite): Typed {
  const map = mapOf(call, 0);
  const { body, name, type } = entryLambda(call, 1, map);
  if (!coercible(type, { name: 'boolean' })) throw call.unexpected();
  const sql = `map_from_entries(list_filter(map_entries(${map.sql}), lambda ${name}: ${body}))`;
  return { sql, type: map.type };
}

function withKeys(call: CallSite): Typed {
  const map = mapOf(call, 0);
  const { body, name, type } = entryLambda(call, 1, map);
  const sql = bound(map.sql, (entries) =>
    mapSql(`list_transform(map_entries(${entries}), lambda ${name}: ${body})`, `map_values(${entries})`),
  );
  return { sql, type: { name: 'map', key: type, value: map.type.value } };
}

function withValues(call: CallSite): Typed {
  const map = mapOf(call, 0);
  const { body, name, type } = entryLambda(call, 1, map);
  const entries = `list_transform(map_entries(${map.sql}), lambda ${name}: struct_pack(k := ${name}.key, v := ${body}))`;
  return { sql: `map_from_entries(${entries})`, type: { name: 'map', key: map.type.key, value: type } };
}

/** Of the keys of both maps; the value is NULL where a map has it not. */
function zipped(call: CallSite): Typed {
  const [a, b, lambda] = [mapOf(call, 0), mapOf(call, 1), call.args[2]];
  const key = commonType(a.type.key, b.type.key);
  if (!key || !lambda || !isLambda(lambda)) throw call.unexpected();
  const { body, parameters, type } = call.lambda(lambda, [key, a.type.value, b.type.value], (entry) =>
    ['k', 'a', 'b'].map((field) => `struct_extract(${entry}, '${field}')`),
  );
  const name = parameters[0] ?? '';
  const sqls = [a, b].map((map) => coerce(map, { ...map.type, key }).sql);
  const sql = boundAll(sqls, ([x, y]) => {
    const keys = `trino_distinct(list_concat(map_keys(${x}), map_keys(${y})))`;
    const [inX, inY] = [x, y].map((map) => `map_extract_value(${map}, ${name})`);
    const items = `list_transform(${keys}, lambda ${name}: struct_pack(k := ${name}, a := ${inX}, b := ${inY}))`;
    const entries = `list_transform(${items}, lambda ${name}: struct_pack(k := ${name}.k, v := ${body}))`;
    return `CASE WHEN ${x} IS NOT NULL AND ${y} IS NOT NULL THEN map_from_entries(${entries}) END`;
  });
  return { sql, type: { name: 'map', key, value: type } };
}
