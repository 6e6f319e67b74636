import type { Statistics } from './statistics.js';

/** What a query took, as Athena's own screen says it. */
export function footer({ queued, run, bytesScanned }: Statistics, rows: number): string {
  return [
    `Time in queue: ${duration(queued)}`,
    `Run time: ${duration(run)}`,
    `Data scanned: ${size(bytesScanned)}`,
    `Rows: ${rows.toLocaleString('en')}`,
  ].join('   ');
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
