import type {
  CreateDatabaseCommandInput,
  CreateDatabaseCommandOutput,
  Database,
  DeleteDatabaseCommandInput,
  DeleteDatabaseCommandOutput,
  GetDatabaseCommandInput,
  GetDatabaseCommandOutput,
  GetDatabasesCommandInput,
  GetDatabasesCommandOutput,
} from '@aws-sdk/client-glue';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { checkCatalog, checkedName, type DatabaseEntry, databaseKey, findDatabase } from './catalog.js';
import type { Glue } from './glue.js';
import { pageOf } from './page.js';

export const createDatabase =
  ({ store, clock }: Glue): Operation<CreateDatabaseCommandInput, CreateDatabaseCommandOutput> =>
  async (input, place) => {
    refuse(input, 'Tags');
    checkCatalog(input.CatalogId, place);
    const name = checkedName(input.DatabaseInput.Name, 'databaseInput.name');
    refuse(input.DatabaseInput, 'TargetDatabase', 'FederatedDatabase');
    const key = databaseKey(place, name);
    await store.transaction(() => {
      if (store.entries.get(key)) throw new AwsError('AlreadyExistsException', 'Database already exists.');
      const database: DatabaseEntry = {
        account: place.account,
        input: { ...input.DatabaseInput, Name: name },
        createdAt: clock.now(),
      };
      store.entries.put(key, database);
    });
    return {};
  };

export const getDatabase =
  ({ store }: Glue): Operation<GetDatabaseCommandInput, GetDatabaseCommandOutput> =>
  (input, place) => {
    checkCatalog(input.CatalogId, place);
    return { Database: describe(findDatabase(store.entries, place, input.Name)) };
  };

export const getDatabases =
  ({ store }: Glue): Operation<GetDatabasesCommandInput, GetDatabasesCommandOutput> =>
  (input, place) => {
    checkCatalog(input.CatalogId, place);
    const page = pageOf<DatabaseEntry>(store.entries, databaseKey(place, '').slice(0, -1), {
      ...input,
      nameOf: ({ input: { Name } }) => Name,
    });
    return { ...page.token, DatabaseList: page.items.map(describe) };
  };

/** Takes the tables along, as Glue does. */
export const deleteDatabase =
  ({ store }: Glue): Operation<DeleteDatabaseCommandInput, DeleteDatabaseCommandOutput> =>
  async (input, place) => {
    checkCatalog(input.CatalogId, place);
    await store.transaction(() => {
      findDatabase(store.entries, place, input.Name);
      const tables = ['table', place.account, place.region, input.Name.toLowerCase()];
      for (const table of [...store.entries.list<{ input: { Name: string } }>(tables)]) {
        store.entries.remove([...tables, table.input.Name]);
      }
      store.entries.remove(databaseKey(place, input.Name));
    });
    return {};
  };

function describe({ account, input, createdAt }: DatabaseEntry): Database {
  return { ...input, CatalogId: account, CreateTime: new Date(createdAt) };
}
