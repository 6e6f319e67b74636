import { type SqlType, typeText } from '../../sql-type.js';
import { cast } from '../casts.js';
import type { Typed } from '../coercion.js';
import { isNested } from '../coercion.js';
import { boundAll, forEach } from '../nested-values.js';
import { SqlFault } from '../sql-fault.js';
import { elementAt, equalElements } from './array-elements.js';
import { reduced, sortedBy, zippedWith } from './array-lambdas.js';
import { extremeElement, ordered } from './array-order.js';
import { distinctElements } from './array-sets.js';
import type { CallSite, FunctionGroup } from './call-site.js';
import { sequence } from './sequence.js';

const VARCHAR: SqlType = { name: 'varchar' };

export const ARRAY_FUNCTIONS: FunctionGroup = {
  title: 'Arrays and lambdas',
  scalars: `
cardinality(array(T)): bigint = len($1)
array_position(array(T), T): bigint = CASE WHEN $2 IS NOT NULL AND $1 IS NOT NULL THEN coalesce(list_position($1, $2), 0) END
array_remove(array(T), T): array(T) = CASE WHEN $2 IS NOT NULL THEN list_filter($1, lambda e: e IS DISTINCT FROM $2) END
arrays_overlap(array(T), array(T)): boolean = CASE WHEN list_has_any($1, $2) THEN true WHEN (list_count($1) < len($1) AND len($2) > 0) OR (list_count($2) < len($2) AND len($1) > 0) THEN NULL WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN false END
combinations(array(T), bigint): array(array(T)) = trino_combinations($1, $2)
contains(array(T), T): boolean = CASE WHEN $2 IS NULL OR $1 IS NULL THEN NULL WHEN list_contains($1, $2) THEN true WHEN list_count($1) < len($1) THEN NULL ELSE false END
contains_sequence(array(T), array(T)): boolean = CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL ELSE len($2) = 0 OR len(list_filter(range(1, len($1) - len($2) + 2), lambda e: list_slice($1, e, e + len($2) - 1) = $2)) > 0 END
flatten(array(array(T))): array(T) = flatten(list_filter($1, lambda e: e IS NOT NULL))
ngrams(array(T), bigint): array(array(T)) = CASE WHEN $2 <= 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: N must be positive') WHEN len($1) <= $2 THEN [$1] ELSE list_transform(range(1, len($1) - $2 + 2), lambda e: list_slice($1, e, e + $2 - 1)) END
repeat(T, bigint): array(T) = CASE WHEN $2 < 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: count argument of repeat function must be greater than or equal to 0') WHEN $2 > 10000 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: count argument of repeat function must be less than or equal to 10000') WHEN $2 = 0 THEN [] ELSE list_transform(range(0, $2), lambda e: $1) END
reverse(array(T)): array(T) = list_reverse($1)
slice(array(T), bigint, bigint): array(T) = trino_slice($1, $2, $3)
trim_array(array(T), bigint): array(T) = CASE WHEN $2 < 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: size must not be negative: ' || CAST($2 AS VARCHAR)) WHEN $2 > len($1) THEN trino_fail('INVALID_FUNCTION_ARGUMENT: size must not exceed array cardinality ' || CAST(len($1) AS VARCHAR) || ': ' || CAST($2 AS VARCHAR)) ELSE list_slice($1, 1, len($1) - $2) END
zip(array(T), array(U)): array(row(T, U)) = CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN list_zip($*) END
zip(array(T), array(U), array(V)): array(row(T, U, V)) = CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL AND $3 IS NOT NULL THEN list_zip($*) END
zip(array(T), array(U), array(V), array(W)): array(row(T, U, V, W)) = CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL AND $3 IS NOT NULL AND $4 IS NOT NULL THEN list_zip($*) END
zip(array(T), array(U), array(V), array(W), array(X)): array(row(T, U, V, W, X)) = CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL AND $3 IS NOT NULL AND $4 IS NOT NULL AND $5 IS NOT NULL THEN list_zip($*) END
transform(array(T), function(T, U)): array(U) = list_transform($1, $2)
filter(array(T), function(T, boolean)): array(T) = list_filter($1, $2)
any_match(array(T), function(T, boolean)): boolean = trino_any(list_transform($1, $2))
all_match(array(T), function(T, boolean)): boolean = trino_all(list_transform($1, $2))
none_match(array(T), function(T, boolean)): boolean = (NOT trino_any(list_transform($1, $2)))
`,
  specials: {
    sequence,
    reduce: reduced,
    element_at: elementAt,
    contains: equalElements,
    array_position: equalElements,
    array_remove: equalElements,
    array_distinct: distinctElements,
    array_union: distinctElements,
    array_intersect: distinctElements,
    array_except: distinctElements,
    array_max: extremeElement,
    array_min: extremeElement,
    array_sort: (call) => sortedBy(call) ?? ordered(call),
    array_join: joined,
    zip_with: zippedWith,
  },
  refused: {
    'It is not made yet': 'shuffle',
    'It is newer than the engine of Athena': 'array_first array_last array_histogram',
  },
};

export const SLICE_MACRO = `CREATE MACRO trino_slice(list, start, size) AS CASE
  WHEN start = 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1')
  WHEN size < 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: length must be greater than or equal to 0')
  WHEN size = 0 OR start > len(list) OR len(list) + start < 0 THEN list_slice(list, 2, 1)
  WHEN start > 0 THEN list_slice(list, start, start + size - 1)
  ELSE list_slice(list, len(list) + start + 1, len(list) + start + size) END`;

function joined(call: CallSite): Typed {
  const list = call.value(0);
  if (list?.type.name !== 'array' || call.args.length < 2 || call.args.length > 3) throw call.unexpected();
  const { element } = list.type;
  if (isNested(element) || element.name === 'varbinary')
    throw new SqlFault('OPERATOR_NOT_FOUND', `Cannot cast ${typeText(element)} to varchar`, call.at);
  const given = [
    list.sql,
    call.as(1, VARCHAR).sql,
    ...(call.args.length === 3 ? [call.as(2, VARCHAR).sql] : []),
  ];
  const sql = boundAll(given, ([array = '', delimiter = '', absent]) => {
    const one = (item: string) => {
      const text = cast({ sql: item, type: element }, VARCHAR, false, call.at).sql;
      return absent === undefined ? text : `coalesce(${text}, ${absent})`;
    };
    const empty = `CASE WHEN ${array} IS NOT NULL AND ${delimiter} IS NOT NULL THEN '' END`;
    return `coalesce(array_to_string(${forEach(array, one, absent)}, ${delimiter}), ${empty})`;
  });
  return { sql, type: VARCHAR };
}
