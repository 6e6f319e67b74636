import type { FunctionGroup } from './call-site.js';

export const AGGREGATE_FUNCTIONS: FunctionGroup = {
  title: 'Aggregates',
  aggregates: `
count(): bigint = count(*)
count(T): bigint = count($1)
count_if(boolean): bigint = coalesce(agg{count_if($1)}, 0)
sum(I): bigint = sum($1)
sum(D): decimal(38,s) = trino_decimal_sum(agg{sum($1)})
sum(real): real = trino_real(agg{sum($1)})
sum(double): double = sum($1)
sum(interval day to second): interval day to second = sum($1)
sum(interval year to month): interval year to month = sum($1)
avg(D): D = trino_decimal_avg(agg{sum(CAST(replace(CAST($1 AS VARCHAR), '.', '') AS HUGEINT))}, agg{count($1)}, agg{max($1)})
avg(I): double = avg($1)
avg(real): real = avg($1)
avg(double): double = avg($1)
avg(interval day to second): interval day to second = CAST(floor(agg{avg($1)} + 0.5) AS BIGINT)
avg(interval year to month): interval year to month = CAST(floor(agg{avg($1)} + 0.5) AS INTEGER)
min(O): O = min($1)
min(O, bigint): array(O) = min($1, trino_rows_of_extremes($2))
max(F): F = coalesce(agg{max($1) where NOT isnan($1)}, agg{max($1)})
max(O): O = max($1)
max(F, bigint): array(F) = trino_without_nan(agg{count_if(isnan($1))}, agg{max($1, trino_rows_of_extremes($2))})
max(O, bigint): array(O) = max($1, trino_rows_of_extremes($2))
min_by(T, O): T = arg_min_null($1, $2)
max_by(T, F): T = CASE WHEN agg{count($2) where NOT isnan($2)} > 0 THEN agg{arg_max_null($1, $2) where NOT isnan($2)} ELSE agg{arg_max_null($1, $2)} END
max_by(T, O): T = arg_max_null($1, $2)
min_by(T, O, bigint): array(T) = list_transform(agg{arg_min(struct_pack(v := $1), $2, trino_rows_of_extremes($3))}, lambda e: e.v)
max_by(T, F, bigint): array(T) = list_transform(trino_without_nan(agg{count_if(isnan($2))}, agg{arg_max(struct_pack(v := $1), $2, trino_rows_of_extremes($3))}), lambda e: e.v)
max_by(T, O, bigint): array(T) = list_transform(agg{arg_max(struct_pack(v := $1), $2, trino_rows_of_extremes($3))}, lambda e: e.v)
arbitrary(T): T = any_value($1)
any_value(T): T = any_value($1)
bool_and(boolean): boolean = bool_and($1)
every(boolean): boolean = bool_and($1)
bool_or(boolean): boolean = bool_or($1)
bitwise_and_agg(bigint): bigint = bit_and($1)
bitwise_or_agg(bigint): bigint = bit_or($1)
bitwise_xor_agg(bigint): bigint = bit_xor($1)
approx_distinct(T): bigint = count(DISTINCT $1)
approx_distinct(T, double): bigint = trino_standard_error(agg{count(DISTINCT $1)}, $2)
approx_percentile(bigint, double): bigint = (- agg{quantile_disc(- CAST($1 AS HUGEINT), trino_percentile($2))})
approx_percentile(real, double): real = (- agg{quantile_disc(- $1, trino_percentile($2))})
approx_percentile(double, double): double = (- agg{quantile_disc(- $1, trino_percentile($2))})
approx_percentile(bigint, array(double)): array(bigint) = list_transform(agg{quantile_disc(- CAST($1 AS HUGEINT), list_transform($2, lambda p: trino_percentile(p)))}, lambda q: - q)
approx_percentile(real, array(double)): array(real) = list_transform(agg{quantile_disc(- $1, list_transform($2, lambda p: trino_percentile(p)))}, lambda q: - q)
approx_percentile(double, array(double)): array(double) = list_transform(agg{quantile_disc(- $1, list_transform($2, lambda p: trino_percentile(p)))}, lambda q: - q)
approx_percentile(bigint, double, double): bigint = trino_whole(list_extract(trino_weighted_percentiles(flatten(agg{list([trino_exact_double($1), $2]) where $1 IS NOT NULL AND $2 IS NOT NULL}), CASE WHEN $3 IS NOT NULL THEN [$3] END), 1))
approx_percentile(real, double, double): real = list_extract(trino_weighted_percentiles(flatten(agg{list([CAST($1 AS DOUBLE), $2]) where $1 IS NOT NULL AND $2 IS NOT NULL}), CASE WHEN $3 IS NOT NULL THEN [$3] END), 1)
approx_percentile(double, double, double): double = list_extract(trino_weighted_percentiles(flatten(agg{list([CAST($1 AS DOUBLE), $2]) where $1 IS NOT NULL AND $2 IS NOT NULL}), CASE WHEN $3 IS NOT NULL THEN [$3] END), 1)
approx_percentile(bigint, double, array(double)): array(bigint) = list_transform(trino_weighted_percentiles(flatten(agg{list([trino_exact_double($1), $2]) where $1 IS NOT NULL AND $2 IS NOT NULL}), $3), lambda q: trino_whole(q))
approx_percentile(real, double, array(double)): array(real) = trino_weighted_percentiles(flatten(agg{list([CAST($1 AS DOUBLE), $2]) where $1 IS NOT NULL AND $2 IS NOT NULL}), $3)
approx_percentile(double, double, array(double)): array(double) = trino_weighted_percentiles(flatten(agg{list([CAST($1 AS DOUBLE), $2]) where $1 IS NOT NULL AND $2 IS NOT NULL}), $3)
approx_percentile(double, double, double, double): double = refuse
geometric_mean(double): double = exp(agg{avg(CASE WHEN $1 > 0 THEN ln($1) WHEN $1 = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) END)})
stddev(double): double = trino_spread(agg{stddev_samp($1) where isfinite($1)}, agg{count_if(NOT isfinite($1))}, agg{count($1)}, 2)
stddev_samp(double): double = trino_spread(agg{stddev_samp($1) where isfinite($1)}, agg{count_if(NOT isfinite($1))}, agg{count($1)}, 2)
stddev_pop(double): double = trino_spread(agg{stddev_pop($1) where isfinite($1)}, agg{count_if(NOT isfinite($1))}, agg{count($1)}, 1)
variance(double): double = trino_spread(agg{var_samp($1) where isfinite($1)}, agg{count_if(NOT isfinite($1))}, agg{count($1)}, 2)
var_samp(double): double = trino_spread(agg{var_samp($1) where isfinite($1)}, agg{count_if(NOT isfinite($1))}, agg{count($1)}, 2)
var_pop(double): double = trino_spread(agg{var_pop($1) where isfinite($1)}, agg{count_if(NOT isfinite($1))}, agg{count($1)}, 1)
kurtosis(double): double = trino_spread(agg{kurtosis($1) where isfinite($1)}, agg{count_if(NOT isfinite($1))}, agg{count($1)}, 4)
skewness(double): double = trino_spread(trino_skewness(agg{skewness($1) where isfinite($1)}, agg{count($1)}), agg{count_if(NOT isfinite($1))}, agg{count($1)}, 3)
corr(double, double): double = trino_finite(agg{corr($1, $2) where isfinite($1) AND isfinite($2)}, agg{count_if(isnan($1 * 0 + $2 * 0))})
covar_pop(double, double): double = covar_pop($1, $2)
covar_samp(double, double): double = covar_samp($1, $2)
regr_slope(double, double): double = trino_finite(agg{regr_slope($1, $2) where isfinite($1) AND isfinite($2)}, agg{count_if(isnan($1 * 0 + $2 * 0))})
regr_intercept(double, double): double = trino_finite(agg{regr_intercept($1, $2) where isfinite($1) AND isfinite($2)}, agg{count_if(isnan($1 * 0 + $2 * 0))})
array_agg(T): array(T) = list($1)
map_agg(K, V): map(K, V) = trino_first_of_each(agg{list(struct_pack(k := $1, v := $2)) where $1 IS NOT NULL})
multimap_agg(K, V): map(K, array(V)) = trino_multimap(agg{list(struct_pack(k := $1, v := $2)) where $1 IS NOT NULL})
map_union(map(K, V)): map(K, V) = trino_first_of_each(list_transform(flatten(agg{list(map_entries($1)) where $1 IS NOT NULL}), lambda e: struct_pack(k := e.key, v := e.value)))
histogram(T): map(T, bigint) = CASE WHEN agg{count($1)} > 0 THEN agg{histogram($1)} END
listagg(varchar): varchar = trino_listagg(agg{string_agg($1, '')})
listagg(varchar, varchar): varchar = trino_listagg(agg{string_agg($1, $2)})
`,
  refused: {
    'Its answer is a state of its own that only Trino reads':
      'approx_set approx_most_frequent empty_approx_set merge numeric_histogram qdigest_agg tdigest_agg value_at_quantile values_at_quantiles quantile_at_value quantiles_at_values make_set_digest merge_set_digest hash_counts intersection_cardinality jaccard_index trimmed_mean',
    'Its answer depends on hashes that only Trino makes': 'checksum',
    'It takes a lambda over rows, for which DuckDB has no aggregate': 'reduce_agg',
    'It is not made yet': 'entropy',
  },
};

export const AGGREGATE_MACROS = [
  // Trino writes a null for what has no value; DuckDB fails at infinities, of which there are `odd` ones among the values.
  'CREATE MACRO trino_finite(x, odd) AS CASE WHEN odd = 0 AND isfinite(x) THEN x END',
  // The same of what becomes NaN by them.
  `CREATE MACRO trino_spread(x, odd, n, least_n) AS CASE WHEN n < least_n THEN NULL WHEN odd > 0 THEN CAST('NaN' AS DOUBLE) ELSE x END`,
  `CREATE MACRO trino_rows_of_extremes(n) AS CASE WHEN n BETWEEN 1 AND 10000 THEN n
    WHEN n > 10000 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: third argument of max_by/min_by must be less than or equal to 10000; found ' || CAST(n AS VARCHAR))
    ELSE trino_fail('INVALID_FUNCTION_ARGUMENT: third argument of max_by/min_by must be a positive integer') END`,
  // DuckDB has NaN greater than any number; to Trino it is the greatest only where there is none.
  `CREATE MACRO trino_without_nan(found, extremes) AS CASE WHEN found > 0
    THEN trino_refuse('NOT_SUPPORTED: The greatest of numbers that may be NaN are not supported by local AWS', found) ELSE extremes END`,
  `CREATE MACRO trino_standard_error(found, e) AS CASE WHEN e BETWEEN 0.0040625 AND 0.26 THEN found
    ELSE trino_fail('INVALID_FUNCTION_ARGUMENT: Standard error must be in [0.0040625, 0.26000]') END`,
  `CREATE MACRO trino_listagg(t) AS CASE WHEN strlen(t) > 1048576
    THEN trino_refuse('EXCEEDED_FUNCTION_MEMORY_LIMIT: Concatenated string has the length in bytes larger than the maximum output length 1048576', t) ELSE t END`,
  // DuckDB goes on to 2^127, which has 39 digits.
  `CREATE MACRO trino_decimal_sum(s) AS CASE WHEN length(ltrim(replace(CAST(s AS VARCHAR), '.', ''), '-0')) > 38
    THEN trino_fail('NUMERIC_VALUE_OUT_OF_RANGE: Decimal overflow') ELSE s END`,
  // Of n values in order Trino's digest of a few gives the one at floor(p * n), DuckDB the one before ceil(p * n): from the
  // greatest down the other way round. The digits beyond are of the subtraction.
  `CREATE MACRO trino_percentile(p) AS CASE WHEN p >= 0 AND p <= 1 THEN round(1 - p, 12)
    ELSE trino_fail('INVALID_FUNCTION_ARGUMENT: percentile must be between 0 and 1') END`,
  `CREATE MACRO trino_exact_double(x) AS CASE WHEN CAST(CAST(x AS DOUBLE) AS HUGEINT) = x THEN CAST(x AS DOUBLE)
    ELSE trino_fail('INVALID_FUNCTION_ARGUMENT: no exact double representation for long: ' || CAST(x AS VARCHAR)) END`,
  // Java's Math.round; of greater numbers each is whole.
  'CREATE MACRO trino_whole(q) AS CAST(CASE WHEN abs(q) < 4503599627370496 THEN floor(q + 0.5e0) ELSE q END AS BIGINT)',
  `CREATE MACRO trino_with_point(q, scale) AS CASE WHEN q < 0 THEN '-' ELSE '' END
    || left(lpad(CAST(abs(q) AS VARCHAR), CAST(greatest(scale + 1, length(CAST(abs(q) AS VARCHAR))) AS INTEGER), '0'), -scale)
    || CASE WHEN scale > 0 THEN '.' || right(lpad(CAST(abs(q) AS VARCHAR), CAST(greatest(scale + 1, length(CAST(abs(q) AS VARCHAR))) AS INTEGER), '0'), scale) ELSE '' END`,
  // The digits of the sum and the number of rows; any value, for the scale of its type, which says where the point is.
  `CREATE MACRO trino_decimal_avg(digits, n, any_value) AS CASE WHEN n > 0 THEN
    trino_with_point(trino_round_div(CAST(digits AS HUGEINT), CAST(n AS HUGEINT)),
      length(split_part(CAST(any_value AS VARCHAR), '.', 2))) END`,
  `CREATE MACRO trino_skewness(sample, n) AS CASE WHEN n >= 3 THEN
    coalesce(sample * (n - 2) / sqrt(CAST(n AS DOUBLE) * (n - 1)), 0e0) END`,
];
