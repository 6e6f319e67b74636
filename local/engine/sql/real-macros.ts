/** Casts of and to a real, by Trino's DoubleOperators and RealOperators. To DuckDB, NaN is greater than any number. */
export const REAL_MACROS = [
  // What lies half a digit or more beyond the greatest of reals is infinite.
  `CREATE MACRO trino_real(x) AS CASE
  WHEN abs(x) >= 3.4028235677973366e38 AND NOT isnan(x) THEN CAST(sign(x) AS FLOAT) * CAST('Infinity' AS FLOAT)
  ELSE CAST(x AS FLOAT) END`,
  // Other than a double, it becomes the greatest or the least where it is beyond.
  `CREATE MACRO trino_real_to_bigint(x) AS CASE
  WHEN x >= 9223372036854775808 AND NOT isnan(x) THEN 9223372036854775807
  WHEN x < -9223372036854775808 THEN -9223372036854775808 ELSE CAST(round(x) AS BIGINT) END`,
];
