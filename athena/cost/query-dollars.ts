import { PRICES } from '../../settings/prices.js';

/** What a query's price follows from. */
export interface ChargedQuery {
  readonly bytesScanned: number;
  /** Whether an earlier query's result was used. @default false */
  readonly reused?: boolean;
  /** Statements that define or show things cost nothing, unless they read: CREATE TABLE AS is one. @default 'DML' */
  readonly statementType?: string | undefined;
  /** How it ended; a failed query costs nothing, a cancelled one what it has read. @default 'SUCCEEDED' */
  readonly end?: 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
}

/**
 * About what Athena charges for a query, in dollars, by the price table: whole megabytes, and at least ten.
 * @see https://aws.amazon.com/athena/pricing/
 */
export function queryDollars(query: ChargedQuery): number {
  const { bytesScanned, reused = false, statementType = 'DML', end = 'SUCCEEDED' } = query;
  if (reused || end === 'FAILED') return 0;
  if (bytesScanned === 0 && (statementType !== 'DML' || end === 'CANCELLED')) return 0;
  const { bytesPerMegabyte, leastMegabytes, perTerabyte } = PRICES.athena;
  const megabytes = Math.max(leastMegabytes, Math.ceil(bytesScanned / bytesPerMegabyte));
  return (megabytes * perTerabyte) / MEGABYTES_PER_TERABYTE;
}

const MEGABYTES_PER_TERABYTE = 1_024 ** 2;

/** Dollars for people, with two digits that say something: `$0.00005`, `$1.20`. */
export function dollarText(dollars: number): string {
  if (dollars === 0) return '$0';
  if (dollars >= 1) return `$${dollars.toFixed(2)}`;
  const digits = Math.min(20, 1 - Math.floor(Math.log10(dollars)));
  return `$${dollars.toFixed(digits)}`;
}
