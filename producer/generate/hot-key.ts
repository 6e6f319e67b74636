import type { Dataset } from '../../datasets/index.js';
import type { JsonEvent } from '../event-line.js';

/**
 * An event under a hot key. It says the key itself, unless that would take its identity from it.
 *
 * @param rank of the key, from 1.
 */
export function withHotKey(
  { columns, identity, partitionKey }: Dataset,
  event: JsonEvent,
  rank: number,
): { readonly event: JsonEvent; readonly key: string } {
  // A column of numbers has hot numbers.
  const value = columns[partitionKey]?.type === 'string' ? `hot-${rank}` : rank;
  const key = String(value);
  return { key, event: partitionKey === identity ? event : { ...event, [partitionKey]: value } };
}
