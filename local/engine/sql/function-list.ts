/**
 * The functions that mean in DuckDB, as written here, what they mean in Trino. A function that is not listed is refused,
 * and so is a call whose types no line takes: that is what keeps an answer from being wrong without a word.
 *
 * A line is `name(types): type = DuckDB expression`. Type variables: N any number, D decimal, I integer, M date or
 * timestamp, T and U anything; `...` repeats the last. `refuse` stands where Trino has an overload that this has not.
 */
export const SCALARS = String.raw`
abs(N): N = abs($1)
ceil(I): I = $1
ceil(D): D = refuse
ceil(double): double = ceil($1)
ceiling(I): I = $1
ceiling(D): D = refuse
ceiling(double): double = ceil($1)
floor(I): I = $1
floor(D): D = refuse
floor(double): double = floor($1)
round(I): I = $1
round(D): D = refuse
round(double): double = round($1)
round(I, bigint): I = refuse
round(D, bigint): D = refuse
round(double, bigint): double = round($1, CAST($2 AS INTEGER))
truncate(D): D = refuse
truncate(double): double = trunc($1)
sign(D): D = refuse
sign(I): I = sign($1)
sign(double): double = CASE WHEN isnan($1) THEN $1 ELSE CAST(sign($1) AS DOUBLE) END
sqrt(double): double = CASE WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) ELSE sqrt($1) END
cbrt(double): double = cbrt($1)
exp(double): double = exp($1)
ln(double): double = CASE WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) WHEN $1 = 0 THEN CAST('-Infinity' AS DOUBLE) ELSE ln($1) END
log2(double): double = CASE WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) WHEN $1 = 0 THEN CAST('-Infinity' AS DOUBLE) ELSE log2($1) END
log10(double): double = CASE WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) WHEN $1 = 0 THEN CAST('-Infinity' AS DOUBLE) ELSE log10($1) END
power(double, double): double = pow($1, $2)
pow(double, double): double = pow($1, $2)
pi(): double = pi()
e(): double = exp(CAST(1 AS DOUBLE))
degrees(double): double = degrees($1)
radians(double): double = radians($1)
sin(double): double = sin($1)
cos(double): double = cos($1)
tan(double): double = tan($1)
atan(double): double = atan($1)
atan2(double, double): double = atan2($1, $2)
rand(): double = random()
random(): double = random()
nan(): double = CAST('NaN' AS DOUBLE)
infinity(): double = CAST('Infinity' AS DOUBLE)
is_nan(double): boolean = isnan($1)
is_finite(double): boolean = isfinite($1)
is_infinite(double): boolean = isinf($1)
greatest(T...): T = CASE WHEN list_count([$*]) < len([$*]) THEN NULL ELSE greatest($*) END
least(T...): T = CASE WHEN list_count([$*]) < len([$*]) THEN NULL ELSE least($*) END
coalesce(T, T...): T = coalesce($*)

lower(varchar): varchar = lower($1)
upper(varchar): varchar = upper($1)
length(varchar): bigint = length($1)
reverse(varchar): varchar = reverse($1)
chr(bigint): varchar = chr(CAST($1 AS INTEGER))
substr(varchar, bigint): varchar = CASE WHEN $2 = 0 OR -($2) > length($1) THEN '' ELSE substr($1, $2) END
substr(varchar, bigint, bigint): varchar = CASE WHEN $2 = 0 OR -($2) > length($1) OR $3 <= 0 THEN '' ELSE substr($1, $2, $3) END
substring(varchar, bigint): varchar = CASE WHEN $2 = 0 OR -($2) > length($1) THEN '' ELSE substr($1, $2) END
substring(varchar, bigint, bigint): varchar = CASE WHEN $2 = 0 OR -($2) > length($1) OR $3 <= 0 THEN '' ELSE substr($1, $2, $3) END
trim(varchar): varchar = trim($1, chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(28) || chr(29) || chr(30) || chr(31) || ' ')
ltrim(varchar): varchar = ltrim($1, chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(28) || chr(29) || chr(30) || chr(31) || ' ')
rtrim(varchar): varchar = rtrim($1, chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(28) || chr(29) || chr(30) || chr(31) || ' ')
trim(varchar, varchar): varchar = trim($1, $2)
ltrim(varchar, varchar): varchar = ltrim($1, $2)
rtrim(varchar, varchar): varchar = rtrim($1, $2)
replace(varchar, varchar): varchar = replace($1, $2, '')
replace(varchar, varchar, varchar): varchar = CASE WHEN $2 = '' THEN error('NOT_SUPPORTED: replace of an empty string is not supported by local AWS') ELSE replace($1, $2, $3) END
concat(varchar, varchar...): varchar = $|
concat_ws(varchar, varchar...): varchar = concat_ws($*)
split_part(varchar, varchar, bigint): varchar = CASE WHEN $3 < 1 THEN error('INVALID_FUNCTION_ARGUMENT: Index must be greater than zero') WHEN $3 > len(string_split($1, $2)) THEN NULL ELSE split_part($1, $2, $3) END
split(varchar, varchar): array(varchar) = CASE WHEN $2 = '' THEN error('INVALID_FUNCTION_ARGUMENT: The delimiter may not be the empty string') ELSE string_split($1, $2) END
strpos(varchar, varchar): bigint = instr($1, $2)
starts_with(varchar, varchar): boolean = starts_with($1, $2)
lpad(varchar, bigint, varchar): varchar = lpad($1, CAST($2 AS INTEGER), $3)
rpad(varchar, bigint, varchar): varchar = rpad($1, CAST($2 AS INTEGER), $3)
regexp_like(varchar, varchar): boolean = regexp_matches($1, $2)
regexp_extract(varchar, varchar): varchar = CASE WHEN regexp_matches($1, $2) THEN regexp_extract($1, $2) END
regexp_replace(varchar, varchar): varchar = regexp_replace($1, $2, '', 'g')

current_date(): date = CAST(current_timestamp AS DATE)
current_timestamp(): timestamp with time zone = date_trunc('millisecond', current_timestamp)
now(): timestamp with time zone = date_trunc('millisecond', current_timestamp)
localtimestamp(): timestamp = CAST(date_trunc('millisecond', current_timestamp) AS TIMESTAMP)
date(date): date = $1
date(timestamp): date = CAST($1 AS DATE)
date(timestamp with time zone): date = CAST($1 AS DATE)
year(M): bigint = year($1)
quarter(M): bigint = quarter($1)
month(M): bigint = month($1)
week(M): bigint = weekofyear($1)
week_of_year(M): bigint = weekofyear($1)
year_of_week(M): bigint = isoyear($1)
yow(M): bigint = isoyear($1)
day(M): bigint = day($1)
day_of_month(M): bigint = day($1)
day_of_week(M): bigint = isodow($1)
dow(M): bigint = isodow($1)
day_of_year(M): bigint = dayofyear($1)
doy(M): bigint = dayofyear($1)
hour(timestamp): bigint = hour($1)
hour(timestamp with time zone): bigint = hour($1)
minute(timestamp): bigint = minute($1)
minute(timestamp with time zone): bigint = minute($1)
second(timestamp): bigint = second($1)
second(timestamp with time zone): bigint = second($1)
millisecond(timestamp): bigint = millisecond($1) % 1000
millisecond(timestamp with time zone): bigint = millisecond($1) % 1000
last_day_of_month(M): date = last_day($1)
to_unixtime(timestamp): double = epoch_ms($1) / CAST(1000 AS DOUBLE)
to_unixtime(timestamp with time zone): double = epoch_ms($1) / CAST(1000 AS DOUBLE)
from_unixtime(double): timestamp with time zone = to_timestamp(round($1, 3))
from_iso8601_timestamp(varchar): timestamp with time zone = CASE WHEN regexp_full_match($1, '\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]00:00)?') THEN CAST($1 AS TIMESTAMPTZ) ELSE error('NOT_SUPPORTED: from_iso8601_timestamp of a text that is no UTC timestamp to the millisecond is not supported by local AWS: ' || $1) END
from_iso8601_date(varchar): date = CASE WHEN regexp_full_match($1, '\d{4}-\d\d-\d\d') THEN CAST($1 AS DATE) ELSE error('INVALID_FUNCTION_ARGUMENT: Invalid format: "' || $1 || '"') END

cardinality(array(T)): bigint = len($1)
`;

export const AGGREGATES = `
count(): bigint = count(*)
count(T): bigint = count($1)
count_if(boolean): bigint = count_if($1)
sum(I): bigint = sum($1)
sum(D): decimal(38,s) = sum($1)
sum(real): real = sum($1)
sum(double): double = sum($1)
avg(D): D = refuse
avg(I): double = avg($1)
avg(real): real = avg($1)
avg(double): double = avg($1)
min(T): T = min($1)
max(T): T = max($1)
min_by(T, U): T = arg_min_null($1, $2)
max_by(T, U): T = arg_max_null($1, $2)
arbitrary(T): T = any_value($1)
any_value(T): T = any_value($1)
bool_and(boolean): boolean = bool_and($1)
every(boolean): boolean = bool_and($1)
bool_or(boolean): boolean = bool_or($1)
approx_distinct(T): bigint = approx_count_distinct($1)
stddev(double): double = stddev_samp($1)
stddev_samp(double): double = stddev_samp($1)
stddev_pop(double): double = stddev_pop($1)
variance(double): double = var_samp($1)
var_samp(double): double = var_samp($1)
var_pop(double): double = var_pop($1)
array_agg(T): array(T) = list($1)
listagg(varchar): varchar = string_agg($1, '')
listagg(varchar, varchar): varchar = string_agg($1, $2)
`;

export const WINDOWS = `
row_number(): bigint = row_number()
rank(): bigint = rank()
dense_rank(): bigint = dense_rank()
percent_rank(): double = percent_rank()
cume_dist(): double = cume_dist()
ntile(bigint): bigint = ntile($1)
lag(T): T = lag($1)
lag(T, bigint): T = lag($1, $2)
lag(T, bigint, T): T = lag($1, $2, $3)
lead(T): T = lead($1)
lead(T, bigint): T = lead($1, $2)
lead(T, bigint, T): T = lead($1, $2, $3)
first_value(T): T = first_value($1)
last_value(T): T = last_value($1)
nth_value(T, bigint): T = nth_value($1, $2)
`;

/** Functions that need more than a line: special-functions.ts. */
export const SPECIALS: ReadonlySet<string> = new Set(
  'if nullif mod typeof date_trunc date_add date_diff date_format date_parse element_at regexp_extract regexp_replace'.split(
    ' ',
  ),
);

/** Functions that Trino has and this engine does not, so that the error can say so. */
export const UNSUPPORTED: ReadonlySet<string> = new Set(
  `acos all_match any_match approx_most_frequent approx_percentile approx_set array_distinct array_except
  array_intersect array_join array_max array_min array_position array_remove array_sort array_sum array_union
  arrays_overlap asin at_timezone bar bing_tile bit_count bitwise_and bitwise_and_agg bitwise_left_shift bitwise_not
  bitwise_or bitwise_or_agg bitwise_right_shift bitwise_xor cardinality char2hexint checksum classify codepoint
  combinations concat_ws contains contains_sequence convert corr cosh cosine_similarity covar_pop covar_samp crc32
  current_timezone date_extract_day entropy evaluate_classifier_predictions filter flatten format format_datetime
  format_number from_base from_base32 from_base64 from_base64url from_big_endian_32 from_big_endian_64 from_hex
  from_ieee754_32 from_ieee754_64 from_unixtime_nanos from_utf8 geometric_mean great_circle_distance grouping
  hamming_distance hash_counts histogram hmac_md5 hmac_sha1 hmac_sha256 hmac_sha512 human_readable_seconds index
  intersection_cardinality inverse_beta_cdf inverse_normal_cdf is_json_scalar jaccard_index json_array json_array_contains
  json_array_get json_array_length json_exists json_extract json_extract_scalar json_format json_object json_parse
  json_query json_size json_value kurtosis learn_classifier levenshtein_distance log luhn_check map map_agg map_concat
  map_entries map_filter map_from_entries map_keys map_union map_values map_zip_with md5 merge multimap_agg
  multimap_from_entries murmur3 ngrams none_match normal_cdf normalize numeric_histogram parse_data_size parse_datetime
  parse_duration parse_presto_data_size qdigest_agg reduce reduce_agg regexp_count regexp_extract_all regexp_position
  regexp_split regr_intercept regr_slope render repeat rgb round sequence sha1 sha256 sha512 shuffle sinh skewness slice
  soundex split_to_map split_to_multimap spooky_hash_v2_32 spooky_hash_v2_64 tanh tdigest_agg timestamp_objectid
  timezone_hour timezone_minute to_base to_base32 to_base64 to_base64url to_big_endian_32 to_big_endian_64 to_char
  to_date to_geometry to_hex to_ieee754_32 to_ieee754_64 to_iso8601 to_milliseconds to_timestamp to_utf8 transform
  transform_keys transform_values translate trim_array try typeof url_decode url_encode url_extract_fragment
  url_extract_host url_extract_parameter url_extract_path url_extract_port url_extract_protocol url_extract_query uuid
  value_at_quantile values_at_quantiles width_bucket wilson_interval_lower wilson_interval_upper with_timezone
  word_stem xxhash64 zip zip_with`.split(/\s+/),
);
