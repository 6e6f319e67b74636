import { duckType, type SqlType } from '../../sql-type.js';
import { applyOperator } from '../operators.js';
import type { CallSite, FunctionGroup, SpecialFunction } from './call-site.js';

export const MATH_FUNCTIONS: FunctionGroup = {
  title: 'Mathematical',
  scalars: `
abs(N): N = abs($1)
ceil(I): I = $1
ceil(real): real = ceil($1)
ceil(double): double = ceil($1)
ceiling(I): I = $1
ceiling(real): real = ceil($1)
ceiling(double): double = ceil($1)
floor(I): I = $1
floor(real): real = floor($1)
floor(double): double = floor($1)
round(I): I = $1
round(real): real = round($1)
round(double): double = round($1)
round(I, bigint): I = CASE WHEN $1 IS NOT NULL AND $2 < -18 THEN trino_fail('NUMERIC_VALUE_OUT_OF_RANGE: numerical overflow') ELSE CAST(round(CAST($1 AS DECIMAL(38,0)), CAST(least($2, 0) AS INTEGER)) AS HUGEINT) END
round(real, bigint): real = round($1, CAST($2 AS INTEGER))
round(double, bigint): double = round($1, CAST($2 AS INTEGER))
truncate(real): real = trunc($1)
truncate(double): double = trunc($1)
sign(I): I = sign($1)
sign(real): real = CASE WHEN isnan($1) OR $1 = 0 THEN $1 ELSE CAST(sign($1) AS FLOAT) END
sign(double): double = CASE WHEN isnan($1) OR $1 = 0 THEN $1 ELSE CAST(sign($1) AS DOUBLE) END
sqrt(double): double = CASE WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) ELSE sqrt($1) END
cbrt(double): double = trino_cbrt($1)
exp(double): double = exp($1)
ln(double): double = trino_ln($1)
log2(double): double = CASE WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) WHEN $1 = 0 THEN CAST('-Infinity' AS DOUBLE) ELSE log2($1) END
log10(double): double = CASE WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) WHEN $1 = 0 THEN CAST('-Infinity' AS DOUBLE) ELSE log10($1) END
log(double, double): double = trino_ln($2) / trino_ln($1)
power(double, double): double = pow($1, $2)
pow(double, double): double = pow($1, $2)
pi(): double = pi()
e(): double = exp(CAST(1 AS DOUBLE))
degrees(double): double = degrees($1)
radians(double): double = radians($1)
sin(double): double = CASE WHEN isinf($1) THEN CAST('NaN' AS DOUBLE) ELSE sin($1) END
cos(double): double = CASE WHEN isinf($1) THEN CAST('NaN' AS DOUBLE) ELSE cos($1) END
tan(double): double = CASE WHEN isinf($1) THEN CAST('NaN' AS DOUBLE) ELSE tan($1) END
asin(double): double = CASE WHEN abs($1) > 1 THEN CAST('NaN' AS DOUBLE) ELSE asin($1) END
acos(double): double = CASE WHEN abs($1) > 1 THEN CAST('NaN' AS DOUBLE) ELSE acos($1) END
atan(double): double = atan($1)
atan2(double, double): double = atan2($1, $2)
sinh(double): double = sinh($1)
cosh(double): double = cosh($1)
tanh(double): double = tanh($1)
rand(): double = random()
random(): double = random()
rand(I): I = CASE WHEN $1 <= 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: bound must be positive') ELSE floor(random() * $1) END
random(I): I = CASE WHEN $1 <= 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: bound must be positive') ELSE floor(random() * $1) END
rand(I, I): I = CASE WHEN $2 <= $1 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: start value must be less than stop value') ELSE $1 + floor(random() * ($2 - $1)) END
random(I, I): I = CASE WHEN $2 <= $1 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: start value must be less than stop value') ELSE $1 + floor(random() * ($2 - $1)) END
nan(): double = CAST('NaN' AS DOUBLE)
infinity(): double = CAST('Infinity' AS DOUBLE)
is_nan(real): boolean = isnan($1)
is_nan(double): boolean = isnan($1)
is_finite(double): boolean = isfinite($1)
is_infinite(double): boolean = isinf($1)
from_base(varchar, bigint): bigint = trino_from_base($1, $2)
to_base(bigint, bigint): varchar = trino_to_base($1, $2)
width_bucket(double, double, double, bigint): bigint = trino_width_bucket($1, $2, $3, $4)
width_bucket(double, array(double)): bigint = trino_bin($1, CAST($2 AS VARCHAR[]))
wilson_interval_lower(bigint, bigint, double): double = trino_wilson($1, $2, $3, -1)
wilson_interval_upper(bigint, bigint, double): double = trino_wilson($1, $2, $3, 1)
`,
  specials: {
    mod: (call) => {
      const [a, b] = [call.value(0), call.value(1)];
      if (!a || !b || call.args.length !== 2) throw call.unexpected();
      return applyOperator('%', a, b, call.at);
    },
    ceil: decimals('ceil', (p, s) => [p - s + Math.min(s, 1), 0]),
    ceiling: decimals('ceil', (p, s) => [p - s + Math.min(s, 1), 0]),
    floor: decimals('floor', (p, s) => [p - s + Math.min(s, 1), 0]),
    round: decimals(
      'round',
      (p, s) => [p - s + Math.min(s, 1), 0],
      (p, s) => [p + 1, s],
    ),
    truncate: decimals(
      'trunc',
      (p, s) => [Math.max(1, p - s), 0],
      (p, s) => [p, s],
    ),
    sign: decimals('sign', () => [1, 0]),
  },
  refused: {
    'It is a statistic of distributions that DuckDB lacks':
      'beta_cdf inverse_beta_cdf inverse_normal_cdf normal_cdf t_cdf t_pdf',
    'It is not made yet': 'cosine_similarity cosine_distance dot_product euclidean_distance random_string',
  },
};

type Digits = (precision: number, scale: number) => readonly [number, number];

/** A function of a decimal, whose result's digits are by Trino's rules; with a number of places if `places` is given. */
function decimals(duck: string, whole: Digits, places?: Digits): SpecialFunction {
  return (call: CallSite) => {
    const value = call.value(0);
    if (value?.type.name !== 'decimal' || call.args.length > (places ? 2 : 1)) return undefined;
    const { precision, scale } = value.type;
    const [p, s] = (call.args.length === 2 && places ? places : whole)(precision, scale);
    const type: SqlType = { name: 'decimal', precision: Math.min(38, p), scale: s };
    if (call.args.length === 1) return { sql: `CAST(${duck}(${value.sql}) AS ${duckType(type)})`, type };
    const count = call.as(1, { name: 'bigint' }).sql;
    // DuckDB's own takes only a constant; it is right, and faster, for one that is not negative.
    const written = call.written[1];
    const isPlain = duck === 'round' && written?.kind === 'literal' && /^\d{1,2}$/.test(written.text);
    const sql = isPlain
      ? `round(CAST(${value.sql} AS ${duckType(type)}), ${written.text})`
      : `trino_rounded(CAST(${value.sql} AS VARCHAR), ${count}, ${duck === 'trunc'})`;
    if (p < 38) return { sql: `CAST(${sql} AS ${duckType(type)})`, type };
    const fault = "trino_fail('NUMERIC_VALUE_OUT_OF_RANGE: Decimal overflow')";
    const overflow = `CASE WHEN ${value.sql} IS NOT NULL AND ${count} IS NOT NULL THEN ${fault} END`;
    return { sql: `coalesce(TRY_CAST(${sql} AS ${duckType(type)}), ${overflow})`, type };
  };
}

export const MATH_MACROS = [
  `CREATE MACRO trino_ln(x) AS CASE WHEN x < 0 THEN CAST('NaN' AS DOUBLE)
    WHEN x = 0 THEN CAST('-Infinity' AS DOUBLE) ELSE ln(x) END`,
  `CREATE MACRO trino_width_bucket(x, low, high, n) AS CASE
    WHEN n <= 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: bucketCount must be greater than 0')
    WHEN isnan(x) THEN trino_fail('INVALID_FUNCTION_ARGUMENT: operand must not be NaN')
    WHEN NOT isfinite(low) THEN trino_fail('INVALID_FUNCTION_ARGUMENT: first bound must be finite')
    WHEN NOT isfinite(high) THEN trino_fail('INVALID_FUNCTION_ARGUMENT: second bound must be finite')
    WHEN low = high THEN trino_fail('INVALID_FUNCTION_ARGUMENT: bounds cannot equal each other')
    WHEN (low < high AND x < low) OR (low > high AND x > low) THEN 0
    WHEN (low < high AND x >= high) OR (low > high AND x <= high) THEN n + 1
    ELSE CAST(floor(n * abs(x - low) / abs(high - low)) AS BIGINT) + 1 END`,
  `CREATE MACRO trino_wilson(successes, trials, z, side) AS CASE
    WHEN successes < 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: number of successes must not be negative')
    WHEN trials <= 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: number of trials must be positive')
    WHEN successes > trials THEN trino_fail('INVALID_FUNCTION_ARGUMENT: number of successes must not be larger than number of trials')
    WHEN z < 0 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: z-score must not be negative')
    ELSE (successes / trials + z * z / (2 * trials)
      + side * z * sqrt((successes / trials * (1 - successes / trials) + z * z / (4 * trials)) / trials))
      / (1 + z * z / trials) END`,
];
