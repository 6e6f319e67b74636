import type { Dataset } from '../../datasets/index.js';
import type { JsonEvent } from '../event-line.js';

/** From here on a number is an epoch in milliseconds, below it in seconds: so Firehose's conversion reads it. */
const MILLISECONDS_FROM = 1e12;

/**
 * An event whose time column says a time that lies so many milliseconds before; undefined where the column says no
 * time.
 */
export function withTimeBefore(
  { time, columns }: Dataset,
  event: JsonEvent,
  by: number,
): JsonEvent | undefined {
  const value = event[time];
  if (typeof value === 'number')
    return { ...event, [time]: value >= MILLISECONDS_FROM ? value - by : value - by / 1_000 };
  const moment = new Date(typeof value === 'string' ? Date.parse(value) - by : Number.NaN);
  if (Number.isNaN(moment.getTime())) return undefined;
  const text = moment.toISOString();
  return { ...event, [time]: columns[time]?.type === 'date' ? text.slice(0, 10) : text };
}
