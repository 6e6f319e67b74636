import { crc32 } from 'node:zlib';
import type {
  CreatePartitionCommandInput,
  CreatePartitionCommandOutput,
  DeletePartitionCommandInput,
  DeletePartitionCommandOutput,
  GetPartitionCommandInput,
  GetPartitionCommandOutput,
  GetPartitionsCommandInput,
  GetPartitionsCommandOutput,
  Partition,
  Segment,
  UpdatePartitionCommandInput,
  UpdatePartitionCommandOutput,
} from '@aws-sdk/client-glue';
import { AwsError } from '../wire/aws-error.js';
import type { Checked, Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { checkCatalog, findTable, type TableEntry } from './catalog.js';
import type { Glue } from './glue.js';
import { pageOf } from './page.js';
import {
  addPartition,
  changePartition,
  findPartition,
  type PartitionEntry,
  partitionKey,
  partitionName,
  partitionsOf,
} from './partition-entry.js';
import { partitionFilter } from './partition-filter.js';

export const createPartition =
  ({ store, clock }: Glue): Operation<CreatePartitionCommandInput, CreatePartitionCommandOutput> =>
  async (input, place) => {
    checkCatalog(input.CatalogId, place);
    await store.transaction(() => {
      const table = findTable(store.entries, place, input.DatabaseName, input.TableName);
      addPartition(store.entries, place, table, input.PartitionInput, clock.now());
    });
    return {};
  };

export const getPartition =
  ({ store }: Glue): Operation<GetPartitionCommandInput, GetPartitionCommandOutput> =>
  (input, place) => {
    checkCatalog(input.CatalogId, place);
    const table = findTable(store.entries, place, input.DatabaseName, input.TableName);
    return {
      Partition: describePartition(table, findPartition(store.entries, place, table, input.PartitionValues)),
    };
  };

export const getPartitions =
  ({ store }: Glue): Operation<GetPartitionsCommandInput, GetPartitionsCommandOutput> =>
  (input, place) => {
    refuse(input, 'TransactionId', 'QueryAsOfTime');
    checkCatalog(input.CatalogId, place);
    const table = findTable(store.entries, place, input.DatabaseName, input.TableName);
    const matches = partitionFilter(input.Expression, table.input.PartitionKeys ?? []);
    const isInSegment = segmentFilter(input.Segment);
    const page = pageOf<PartitionEntry>(store.entries, partitionsOf(place, table), {
      ...input,
      nameOf: ({ values }) => partitionName(values),
      isWanted: ({ values }) => isInSegment(values) && matches(values),
    });
    const described = page.items.map((partition) => describePartition(table, partition));
    return {
      ...page.token,
      Partitions: input.ExcludeColumnSchema ? described.map(withoutColumns) : described,
    };
  };

export const updatePartition =
  ({ store }: Glue): Operation<UpdatePartitionCommandInput, UpdatePartitionCommandOutput> =>
  async (input, place) => {
    checkCatalog(input.CatalogId, place);
    await store.transaction(() => {
      const table = findTable(store.entries, place, input.DatabaseName, input.TableName);
      changePartition(store.entries, place, table, input.PartitionValueList, input.PartitionInput);
    });
    return {};
  };

export const deletePartition =
  ({ store }: Glue): Operation<DeletePartitionCommandInput, DeletePartitionCommandOutput> =>
  async (input, place) => {
    checkCatalog(input.CatalogId, place);
    await store.transaction(() => {
      const table = findTable(store.entries, place, input.DatabaseName, input.TableName);
      findPartition(store.entries, place, table, input.PartitionValues);
      store.entries.remove(partitionKey(place, table, input.PartitionValues));
    });
    return {};
  };

/** A partition as Glue describes it. */
export function describePartition(
  { account, database, input }: TableEntry,
  { values, input: definition, createdAt }: PartitionEntry,
): Partition {
  return {
    ...definition,
    Values: [...values],
    DatabaseName: database,
    TableName: input.Name,
    CatalogId: account,
    CreationTime: new Date(createdAt),
  };
}

function withoutColumns({ StorageDescriptor, ...partition }: Partition): Partition {
  if (!StorageDescriptor) return partition;
  const { Columns: _, ...storage } = StorageDescriptor;
  return { ...partition, StorageDescriptor: storage };
}

/** Segments share a table's partitions out among readers that work beside each other. */
const MAX_SEGMENTS = 10;

function segmentFilter(segment: Checked<Segment> | undefined): (values: readonly string[]) => boolean {
  if (!segment) return () => true;
  const { SegmentNumber: number, TotalSegments: total } = segment;
  if (!(total >= 1 && total <= MAX_SEGMENTS && number >= 0 && number < total)) {
    throw new AwsError(
      'InvalidInputException',
      `Segment ${number} of ${total} is none: there are 1 to ${MAX_SEGMENTS}, counted from 0.`,
    );
  }
  return (values) => crc32(partitionName(values)) % total === number;
}
