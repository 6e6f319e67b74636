import type {
  BatchCreatePartitionCommandInput,
  BatchCreatePartitionCommandOutput,
  BatchDeletePartitionCommandInput,
  BatchDeletePartitionCommandOutput,
  BatchGetPartitionCommandInput,
  BatchGetPartitionCommandOutput,
  BatchUpdatePartitionCommandInput,
  BatchUpdatePartitionCommandOutput,
  PartitionError,
} from '@aws-sdk/client-glue';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { checkCatalog, findTable } from './catalog.js';
import type { Glue } from './glue.js';
import {
  addPartition,
  changePartition,
  findPartition,
  lookUpPartition,
  partitionKey,
} from './partition-entry.js';
import { describePartition } from './partitions.js';

/** What one request may name, by AWS's API reference. */
const LIMITS = { partitionInputList: 100, partitionsToGet: 1000, partitionsToDelete: 25, entries: 100 };

/** Registers those partitions that it can, and tells of each of the others why not. */
export const batchCreatePartition =
  ({ store, clock }: Glue): Operation<BatchCreatePartitionCommandInput, BatchCreatePartitionCommandOutput> =>
  async (input, place) => {
    checkCatalog(input.CatalogId, place);
    checkLength('partitionInputList', input.PartitionInputList);
    const Errors = await store.transaction(() => {
      const table = findTable(store.entries, place, input.DatabaseName, input.TableName);
      return input.PartitionInputList.flatMap((partition) =>
        attempt(partition.Values ?? [], () =>
          addPartition(store.entries, place, table, partition, clock.now()),
        ),
      );
    });
    return { Errors };
  };

/** Those partitions that are there, in the order in which they are named. */
export const batchGetPartition =
  ({ store }: Glue): Operation<BatchGetPartitionCommandInput, BatchGetPartitionCommandOutput> =>
  (input, place) => {
    checkCatalog(input.CatalogId, place);
    checkLength('partitionsToGet', input.PartitionsToGet);
    const table = findTable(store.entries, place, input.DatabaseName, input.TableName);
    const found = input.PartitionsToGet.flatMap(
      ({ Values }) => lookUpPartition(store.entries, place, table, Values) ?? [],
    );
    return { Partitions: found.map((partition) => describePartition(table, partition)), UnprocessedKeys: [] };
  };

/** Deletes those partitions that are there, and tells of each of the others. */
export const batchDeletePartition =
  ({ store }: Glue): Operation<BatchDeletePartitionCommandInput, BatchDeletePartitionCommandOutput> =>
  async (input, place) => {
    checkCatalog(input.CatalogId, place);
    checkLength('partitionsToDelete', input.PartitionsToDelete);
    const Errors = await store.transaction(() => {
      const table = findTable(store.entries, place, input.DatabaseName, input.TableName);
      return input.PartitionsToDelete.flatMap(({ Values }) =>
        attempt(Values, () => {
          findPartition(store.entries, place, table, Values);
          store.entries.remove(partitionKey(place, table, Values));
        }),
      );
    });
    return { Errors };
  };

/** Updates those partitions that it can, each as UpdatePartition would, and tells of each of the others why not. */
export const batchUpdatePartition =
  ({ store }: Glue): Operation<BatchUpdatePartitionCommandInput, BatchUpdatePartitionCommandOutput> =>
  async (input, place) => {
    checkCatalog(input.CatalogId, place);
    checkLength('entries', input.Entries);
    const Errors = await store.transaction(() => {
      const table = findTable(store.entries, place, input.DatabaseName, input.TableName);
      return input.Entries.flatMap(({ PartitionValueList, PartitionInput }) =>
        attempt(PartitionValueList, () =>
          changePartition(store.entries, place, table, PartitionValueList, PartitionInput),
        ).map(({ PartitionValues = [], ErrorDetail = {} }) => ({
          PartitionValueList: PartitionValues,
          ErrorDetail,
        })),
      );
    });
    return { Errors };
  };

function attempt(values: readonly string[], work: () => void): PartitionError[] {
  try {
    work();
    return [];
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { code: ErrorCode, message: ErrorMessage } = error;
    return [{ PartitionValues: [...values], ErrorDetail: { ErrorCode, ErrorMessage } }];
  }
}

function checkLength(member: keyof typeof LIMITS, list: readonly unknown[]): void {
  const limit = LIMITS[member];
  if (list.length <= limit) return;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${limit}`,
  );
}
