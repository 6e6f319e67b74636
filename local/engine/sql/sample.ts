import { notSupported, SqlFault } from './sql-fault.js';
import type { Relation } from './syntax.js';

/**
 * TABLESAMPLE: BERNOULLI takes each row by itself, SYSTEM whole pieces of what is read, which Trino's splits and DuckDB's
 * vectors both are.
 * @throws SqlFault where the percentage is no literal from 0 to 100, or where something else than a table is sampled.
 */
export function sampleSql({ relation, method, percentage, at }: Relation & { kind: 'sample' }): string {
  const sampled = relation.kind === 'alias' ? relation.relation : relation;
  if (sampled.kind !== 'table' && sampled.kind !== 'subquery')
    throw notSupported('TABLESAMPLE of anything but a table or a subquery', at);
  if (percentage.kind !== 'literal' || !['integer', 'decimal', 'double'].includes(percentage.type))
    throw notSupported('TABLESAMPLE by anything but a number', percentage.at);
  const value = Number(percentage.text);
  if (value < 0 || value > 100)
    throw new SqlFault(
      'INVALID_FUNCTION_ARGUMENT',
      'Sample percentage must be between 0 and 100',
      percentage.at,
    );
  return `TABLESAMPLE ${method} (${value.toFixed(9)} PERCENT)`;
}
