import { createHash } from 'node:crypto';
import type { PartitionInput } from '@aws-sdk/client-glue';
import type { Entries } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import type { Checked } from '../wire/operation.js';
import type { CatalogPlace, TableEntry } from './catalog.js';

/** A partition that is registered with its table, as the store keeps it. */
export interface PartitionEntry {
  /** One for each partition key of the table, in their order. */
  readonly values: readonly string[];
  readonly input: Checked<PartitionInput>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** What the keys of a table's partitions begin with. */
export const partitionsOf = ({ account, region }: CatalogPlace, { database, input }: TableEntry) =>
  ['partition', account, region, database, input.Name] as const;

export const partitionKey = (place: CatalogPlace, table: TableEntry, values: readonly string[]) =>
  [...partitionsOf(place, table), partitionName(values)] as const;

/** A name that no partition of the table with other values has, and that is never too long for the store. */
export function partitionName(values: readonly string[]): string {
  const text = JSON.stringify(values);
  if (Buffer.byteLength(text) <= LONGEST_NAME_BYTES) return text;
  return text.slice(0, BEGINNING) + createHash('sha256').update(text).digest('hex');
}

const LONGEST_NAME_BYTES = 160;
/** Characters, of up to three bytes each. */
const BEGINNING = 30;

export function lookUpPartition(
  entries: Entries,
  place: CatalogPlace,
  table: TableEntry,
  values: readonly string[],
): PartitionEntry | undefined {
  return entries.get<PartitionEntry>(partitionKey(place, table, values));
}

/** @throws AwsError `EntityNotFoundException` where no partition has these values. */
export function findPartition(
  entries: Entries,
  place: CatalogPlace,
  table: TableEntry,
  values: readonly string[],
): PartitionEntry {
  checkValues(table, values);
  const partition = lookUpPartition(entries, place, table, values);
  if (!partition) throw new AwsError('EntityNotFoundException', 'Cannot find partition.');
  return partition;
}

/** The partitions of a table, in the order of their names. */
export const registeredPartitions = (entries: Entries, place: CatalogPlace, table: TableEntry) =>
  entries.list<PartitionEntry>(partitionsOf(place, table));

/**
 * Registers a partition. Call it in a transaction.
 * @throws AwsError `AlreadyExistsException`, or `InvalidInputException` for values that are not those of the table's keys.
 */
export function addPartition(
  entries: Entries,
  place: CatalogPlace,
  table: TableEntry,
  input: Checked<PartitionInput>,
  createdAt: number,
): void {
  const { Values: values = [] } = input;
  checkValues(table, values);
  if (lookUpPartition(entries, place, table, values)) {
    throw new AwsError('AlreadyExistsException', 'Partition already exists.');
  }
  const partition: PartitionEntry = { values, input, createdAt };
  entries.put(partitionKey(place, table, values), partition);
}

/**
 * Puts a partition in place of another, which may have other values. Call it in a transaction.
 * @throws AwsError `EntityNotFoundException`, or what `addPartition` throws for values that are others.
 */
export function changePartition(
  entries: Entries,
  place: CatalogPlace,
  table: TableEntry,
  values: readonly string[],
  input: Checked<PartitionInput>,
): void {
  const { createdAt } = findPartition(entries, place, table, values);
  const { Values: changed = values } = input;
  const isSame = partitionName(changed) === partitionName(values);
  if (isSame) entries.put(partitionKey(place, table, values), { values, input, createdAt });
  else {
    addPartition(entries, place, table, input, createdAt);
    entries.remove(partitionKey(place, table, values));
  }
}

/** Forgets the partitions of a table. Call it in a transaction. */
export function removePartitions(entries: Entries, place: CatalogPlace, table: TableEntry): void {
  for (const { values } of [...registeredPartitions(entries, place, table)]) {
    entries.remove(partitionKey(place, table, values));
  }
}

function checkValues({ input: { PartitionKeys = [] } }: TableEntry, values: readonly string[]): void {
  if (values.length === PartitionKeys.length && values.length > 0) return;
  throw new AwsError(
    'InvalidInputException',
    'The number of partition keys do not match the number of partition values',
  );
}
