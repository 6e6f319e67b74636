import type {
  CreateTableCommandInput,
  CreateTableCommandOutput,
  DeleteTableCommandInput,
  DeleteTableCommandOutput,
  GetTableCommandInput,
  GetTableCommandOutput,
  GetTablesCommandInput,
  GetTablesCommandOutput,
  UpdateTableCommandInput,
  UpdateTableCommandOutput,
} from '@aws-sdk/client-glue';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { checkCatalog, checkedName, findDatabase, findTable, type TableEntry, tableKey } from './catalog.js';
import { describeTable } from './describe-table.js';
import type { Glue } from './glue.js';
import { nameFilter } from './name-pattern.js';
import { pageOf } from './page.js';
import { removePartitions } from './partition-entry.js';
import { archiveVersion, removeVersions } from './table-versions.js';

export const createTable =
  ({ store, clock }: Glue): Operation<CreateTableCommandInput, CreateTableCommandOutput> =>
  async (input, place) => {
    refuse(input, 'TransactionId', 'OpenTableFormatInput');
    if (input.PartitionIndexes?.length) refuse(input, 'PartitionIndexes');
    checkCatalog(input.CatalogId, place);
    if (!input.TableInput) throw new AwsError('InvalidInputException', 'TableInput must be given.');
    const name = checkedName(input.TableInput.Name, 'tableInput.name');
    const database = input.DatabaseName.toLowerCase();
    const key = tableKey(place, database, name);
    const now = clock.now();
    await store.transaction(() => {
      findDatabase(store.entries, place, database);
      if (store.entries.get(key)) throw new AwsError('AlreadyExistsException', 'Table already exists.');
      const table: TableEntry = {
        account: place.account,
        database,
        input: { ...input.TableInput, Name: name },
        createdAt: now,
        updatedAt: now,
        version: 0,
      };
      store.entries.put(key, table);
    });
    return {};
  };

/** Gives a table another definition. The one that it had is kept as an earlier version unless it shall not be. */
export const updateTable =
  ({ store, clock }: Glue): Operation<UpdateTableCommandInput, UpdateTableCommandOutput> =>
  async (input, place) => {
    refuse(input, 'TransactionId', 'ViewUpdateAction', 'UpdateOpenTableFormatInput');
    checkCatalog(input.CatalogId, place);
    const { DatabaseName: database, TableInput: definition } = input;
    if (!definition) throw new AwsError('InvalidInputException', 'TableInput must be given.');
    const name = checkedName(definition.Name, 'tableInput.name');
    if (input.Name !== undefined && input.Name.toLowerCase() !== name) refuse(input, 'Name');
    await store.transaction(() => {
      const table = findTable(store.entries, place, database, name);
      if (input.VersionId !== undefined && input.VersionId !== String(table.version)) {
        throw new AwsError(
          'ConcurrentModificationException',
          `Update table failed due to concurrent modifications: the version of table ${name} is ${table.version}.`,
        );
      }
      if (!input.SkipArchive) archiveVersion(store.entries, place, table);
      const changed: TableEntry = {
        ...table,
        input: { ...definition, Name: name },
        updatedAt: clock.now(),
        version: table.version + 1,
      };
      store.entries.put(tableKey(place, database, name), changed);
    });
    return {};
  };

export const getTable =
  ({ store }: Glue): Operation<GetTableCommandInput, GetTableCommandOutput> =>
  (input, place) => {
    refuse(input, 'TransactionId', 'QueryAsOfTime', 'IncludeStatusDetails');
    checkCatalog(input.CatalogId, place);
    return { Table: describeTable(findTable(store.entries, place, input.DatabaseName, input.Name)) };
  };

export const getTables =
  ({ store }: Glue): Operation<GetTablesCommandInput, GetTablesCommandOutput> =>
  (input, place) => {
    refuse(input, 'TransactionId', 'QueryAsOfTime', 'AttributesToGet', 'IncludeStatusDetails');
    if (input.ResourceShareType !== 'ALL') refuse(input, 'ResourceShareType');
    checkCatalog(input.CatalogId, place);
    findDatabase(store.entries, place, input.DatabaseName);
    const isWanted = nameFilter(input.Expression);
    const page = pageOf<TableEntry>(store.entries, tableKey(place, input.DatabaseName, '').slice(0, -1), {
      ...input,
      nameOf: (table) => table.input.Name,
      isWanted: (table) => isWanted(table.input.Name),
    });
    return { ...page.token, TableList: page.items.map(describeTable) };
  };

export const deleteTable =
  ({ store }: Glue): Operation<DeleteTableCommandInput, DeleteTableCommandOutput> =>
  async (input, place) => {
    refuse(input, 'TransactionId');
    checkCatalog(input.CatalogId, place);
    await store.transaction(() => {
      const table = findTable(store.entries, place, input.DatabaseName, input.Name);
      removeVersions(store.entries, place, table);
      removePartitions(store.entries, place, table);
      store.entries.remove(tableKey(place, input.DatabaseName, input.Name));
    });
    return {};
  };
