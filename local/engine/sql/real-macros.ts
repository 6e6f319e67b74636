/** A real as the double of the fewest digits that tell it from other reals, which are those that Java shows. */
export function shortestDouble(sql: string): string {
  return `trino_real_digits(${sql})`;
}

/** Of so many digits, if they are enough. */
const ofDigits = (count: number) => `format('{:.${count - 1}e}', CAST(x AS DOUBLE))`;
const tries = [6, 7, 8].map(
  (count) => `WHEN CAST(${ofDigits(count)} AS FLOAT) = x THEN CAST(${ofDigits(count)} AS DOUBLE)`,
);

/** Casts of and to a real, by Trino's DoubleOperators and RealOperators. To DuckDB, NaN is greater than any number. */
export const REAL_MACROS = [
  // DuckDB shows all digits of some of these: 2317526.25, which is 2317526.2 in Java.
  `CREATE MACRO trino_real_digits(x) AS CASE
  WHEN abs(x) >= 1e6 AND abs(x) < 1e13 THEN CASE ${tries.join(' ')} ELSE CAST(${ofDigits(9)} AS DOUBLE) END
  ELSE CAST(CAST(x AS VARCHAR) AS DOUBLE) END`,
  // What lies half a digit or more beyond the greatest of reals is infinite.
  `CREATE MACRO trino_real(x) AS CASE
  WHEN abs(x) >= 3.4028235677973366e38 AND NOT isnan(x) THEN CAST(sign(x) AS FLOAT) * CAST('Infinity' AS FLOAT)
  ELSE CAST(x AS FLOAT) END`,
  // Other than a double, it becomes the greatest or the least where it is beyond.
  `CREATE MACRO trino_real_to_bigint(x) AS CASE
  WHEN x >= 9223372036854775808 AND NOT isnan(x) THEN 9223372036854775807
  WHEN x < -9223372036854775808 THEN -9223372036854775808 ELSE CAST(round(x) AS BIGINT) END`,
];
