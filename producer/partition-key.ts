import type { Dataset } from '../datasets/index.js';
import type { RefusalCode } from './refusal.js';
import { LIMITS } from './write/limits.js';

/** Why something cannot be a partition key. */
export interface PartitionKeyRefusal {
  readonly code: Extract<RefusalCode, `PartitionKey${string}`>;
  readonly message: string;
}

/** The partition key that a dataset's event has, or why it cannot be one. Numbers and truth values are taken by their text. */
export function partitionKeyOf(
  { partitionKey: column }: Pick<Dataset, 'partitionKey'>,
  event: Readonly<Record<string, unknown>>,
): string | PartitionKeyRefusal {
  const value = event[column];
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    return { code: 'PartitionKeyMissing', message: `Partition key "${column}" has no value.` };
  const key = String(value);
  if (key === '') return { code: 'PartitionKeyEmpty', message: `Partition key "${column}" is empty.` };
  const characters = charactersOf(key);
  if (characters <= LIMITS.partitionKeyCharacters) return key;
  const message = `Partition key "${column}" has ${characters} characters; Kinesis takes ${LIMITS.partitionKeyCharacters}.`;
  return { code: 'PartitionKeyTooLong', message };
}

/** Unicode characters, which is what Kinesis counts: a surrogate pair is one. */
function charactersOf(text: string): number {
  // No text has more characters than UTF-16 units, so that most need no counting.
  return text.length <= LIMITS.partitionKeyCharacters ? text.length : [...text].length;
}
