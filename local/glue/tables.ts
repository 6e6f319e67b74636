import type {
  CreateTableCommandInput,
  CreateTableCommandOutput,
  DeleteTableCommandInput,
  DeleteTableCommandOutput,
  GetTableCommandInput,
  GetTableCommandOutput,
  GetTablesCommandInput,
  GetTablesCommandOutput,
  Table,
} from '@aws-sdk/client-glue';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { checkCatalog, checkedName, findDatabase, findTable, type TableEntry, tableKey } from './catalog.js';
import type { Glue } from './glue.js';
import { pageOf } from './page.js';

export const createTable =
  ({ store, clock }: Glue): Operation<CreateTableCommandInput, CreateTableCommandOutput> =>
  async (input, place) => {
    refuse(input, 'PartitionIndexes', 'TransactionId', 'OpenTableFormatInput');
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

export const getTable =
  ({ store }: Glue): Operation<GetTableCommandInput, GetTableCommandOutput> =>
  (input, place) => {
    refuse(input, 'TransactionId', 'QueryAsOfTime');
    checkCatalog(input.CatalogId, place);
    return { Table: describe(findTable(store.entries, place, input.DatabaseName, input.Name)) };
  };

export const getTables =
  ({ store }: Glue): Operation<GetTablesCommandInput, GetTablesCommandOutput> =>
  (input, place) => {
    refuse(input, 'TransactionId', 'QueryAsOfTime', 'AttributesToGet');
    checkCatalog(input.CatalogId, place);
    findDatabase(store.entries, place, input.DatabaseName);
    const isWanted = nameFilter(input.Expression);
    const page = pageOf<TableEntry>(store.entries, tableKey(place, input.DatabaseName, '').slice(0, -1), {
      ...input,
      nameOf: (table) => table.input.Name,
      isWanted: (table) => isWanted(table.input.Name),
    });
    return { ...page.token, TableList: page.items.map(describe) };
  };

/** Glue's expression is a pattern in which `*` stands for any characters and `|` for or. */
function nameFilter(expression: string | undefined): (name: string) => boolean {
  if (expression === undefined) return () => true;
  const literal = (text: string) => text.replace(/[\\^$.()[\]{}+?]/g, '\\$&').replaceAll('*', '.*');
  const pattern = new RegExp(`^(?:${expression.split('|').map(literal).join('|')})$`, 'i');
  return (name) => pattern.test(name);
}

export const deleteTable =
  ({ store }: Glue): Operation<DeleteTableCommandInput, DeleteTableCommandOutput> =>
  async (input, place) => {
    refuse(input, 'TransactionId');
    checkCatalog(input.CatalogId, place);
    await store.transaction(() => {
      findTable(store.entries, place, input.DatabaseName, input.Name);
      store.entries.remove(tableKey(place, input.DatabaseName, input.Name));
    });
    return {};
  };

function describe({ account, database, input, createdAt, updatedAt, version }: TableEntry): Table {
  return {
    ...input,
    CatalogId: account,
    DatabaseName: database,
    CreateTime: new Date(createdAt),
    UpdateTime: new Date(updatedAt),
    CreatedBy: `arn:aws:iam::${account}:user/local`,
    IsRegisteredWithLakeFormation: false,
    VersionId: String(version),
  };
}
