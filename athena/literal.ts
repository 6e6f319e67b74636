/** What can be given for a `?` in a statement. */
export type Parameter = null | boolean | number | bigint | string;

/**
 * The SQL literal of a value: Athena's execution parameters are literals, so a string has to be quoted all the same.
 * Quoted as Trino does: a quote is doubled, and nothing else means anything.
 */
export function literal(value: Parameter): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (typeof value !== 'number') return String(value);
  if (Number.isNaN(value)) return 'nan()';
  if (!Number.isFinite(value)) return value > 0 ? 'infinity()' : '-infinity()';
  // With an exponent it is a double in Trino; without, one with a point would be a decimal.
  return Number.isSafeInteger(value) ? value.toFixed(0) : value.toExponential().toUpperCase();
}
