/** The earliest and the last day whose year has four digits and no sign; DuckDB writes others in forms of its own. */
const [FIRST, LAST] = ['0001-01-01', '9999-12-31'];

/**
 * Texts of dates and timestamps as Trino writes them, such as `-0044-03-15`. A timestamp of a year beyond 9999 has a plus
 * before it, which a cast of a date has not.
 */
export const MOMENT_MACROS: readonly string[] = [
  `CREATE MACRO trino_year_text(y, plus) AS
    CASE WHEN y < 0 THEN '-' WHEN y > 9999 THEN plus ELSE '' END || format('{:04d}', abs(y))`,
  `CREATE MACRO trino_date_text(d, plus) AS CASE WHEN d BETWEEN DATE '${FIRST}' AND DATE '${LAST}' THEN CAST(d AS VARCHAR)
    ELSE trino_year_text(year(d), plus) || strftime(d, '-%m-%d') END`,
  `CREATE MACRO trino_timestamp_text(t, separator) AS CASE WHEN ${hasPlainYear('t')}
    THEN strftime(t, '%Y-%m-%d' || separator || '%H:%M:%S.%g')
    ELSE trino_year_text(year(t), '+') || strftime(t, '-%m-%d' || separator || '%H:%M:%S.%g') END`,
];

/** Whether a timestamp's year has four digits and no sign. */
export function hasPlainYear(timestamp: string): string {
  return `${timestamp} BETWEEN TIMESTAMP '${FIRST} 00:00:00' AND TIMESTAMP '${LAST} 23:59:59.999999'`;
}
