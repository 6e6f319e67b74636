import { dollarText } from './cost/query-dollars.js';
import type { Statistics } from './statistics.js';

/** What a query cost, and whether it did: local AWS takes no money. */
export interface Charge {
  readonly dollars: number;
  readonly isLocal: boolean;
}

/** What a query took, as Athena's own screen says it, and what that cost. */
export function footer(statistics: Statistics, rows: number, charge?: Charge): string {
  const { queued, run, bytesScanned, reused } = statistics;
  return [
    `Time in queue: ${duration(queued)}`,
    `Run time: ${duration(run)}`,
    reused ? "Reused an earlier query's result" : `Data scanned: ${size(bytesScanned)}`,
    ...(charge ? [chargeText(charge)] : []),
    `Rows: ${rows.toLocaleString('en')}`,
  ].join('   ');
}

/** `Cost: about $0.00005`; of local AWS, what it would be elsewhere. */
export function chargeText({ dollars, isLocal }: Charge): string {
  return `${isLocal ? 'Cost on AWS' : 'Cost'}: about ${dollarText(dollars)}`;
}

function duration(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(2)} s`;
}

/** A number of bytes for people; 1 KB is 1,000 bytes. */
export function size(bytes: number): string {
  const power = bytes < 1_000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return power === 0 ? `${bytes} B` : `${(bytes / 1_000 ** power).toFixed(2)} ${UNITS[power]}`;
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;
