const LONGEST = 5;
const MOST_ELEMENTS = 100_000;

/** The places of k of n elements, by their last, then by the one before it. */
function places(k: number): string {
  const rest = `trino_places_${k - 1}(j${k} - 1)`;
  const found = k === 1 ? `[j${k}]` : `list_transform(${rest}, lambda c${k}: list_append(c${k}, j${k}))`;
  const all = `list_transform(range(1, n + 1), lambda j${k}: ${found})`;
  return `CREATE MACRO trino_places_${k}(n) AS ${k === 1 ? all : `flatten(${all})`}`;
}

const SIZES = Array.from({ length: LONGEST }, (_, i) => i + 1);

/** How many combinations there are: n over k. */
function count(k: number): string {
  const factors = SIZES.slice(0, k).map((i) => `CAST(n - ${i - 1} AS HUGEINT)`);
  return `${factors.join(' * ')} // ${SIZES.slice(0, k).reduce((a, b) => a * b)}`;
}

export const COMBINATION_MACROS = [
  ...SIZES.map(places),
  `CREATE MACRO trino_combination_count(n, k) AS CASE k ${SIZES.map((k) => `WHEN ${k} THEN ${count(k)}`).join(' ')} ELSE 1 END`,
  // Of no elements where it is not asked for: DuckDB computes of constants what its CASE does not choose.
  `CREATE MACRO trino_combination_places(n, k) AS CASE
    WHEN k < 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: combination size must not be negative: ' || CAST(k AS VARCHAR))
    WHEN k > ${LONGEST} THEN trino_fail('INVALID_FUNCTION_ARGUMENT: combination size must not exceed ${LONGEST}: ' || CAST(k AS VARCHAR))
    WHEN k > n THEN []
    WHEN trino_combination_count(n, k) * k > ${MOST_ELEMENTS} THEN trino_fail('INVALID_FUNCTION_ARGUMENT: combinations exceed max size')
    WHEN k = 0 THEN [[]]
    ${SIZES.map((k) => `WHEN k = ${k} THEN trino_places_${k}(CASE WHEN k = ${k} AND trino_combination_count(n, k) * k <= ${MOST_ELEMENTS} THEN n ELSE 0 END)`).join(' ')} END`,
  `CREATE MACRO trino_combinations(list, k) AS CASE WHEN list IS NOT NULL AND k IS NOT NULL THEN
    list_transform(trino_combination_places(len(list), k), lambda c: list_transform(c, lambda i: list_extract(list, i))) END`,
];
