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
  UpdateDatabaseCommandInput,
  UpdateDatabaseCommandOutput,
} from '@aws-sdk/client-glue';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import {
  checkCatalog,
  checkedName,
  type DatabaseEntry,
  databaseKey,
  findDatabase,
  type TableEntry,
} from './catalog.js';
import type { Glue } from './glue.js';
import { pageOf } from './page.js';
import { removePartitions } from './partition-entry.js';
import { removeVersions } from './table-versions.js';
import { checkTags } from './tags.js';

export const createDatabase =
  ({ store, clock }: Glue): Operation<CreateDatabaseCommandInput, CreateDatabaseCommandOutput> =>
  async (input, place) => {
    checkCatalog(input.CatalogId, place);
    const name = checkedName(input.DatabaseInput.Name, 'databaseInput.name');
    refuse(input.DatabaseInput, 'TargetDatabase', 'FederatedDatabase');
    const tags = input.Tags ?? {};
    checkTags(tags);
    const key = databaseKey(place, name);
    await store.transaction(() => {
      if (store.entries.get(key)) throw new AwsError('AlreadyExistsException', 'Database already exists.');
      const database: DatabaseEntry = {
        account: place.account,
        input: { ...input.DatabaseInput, Name: name },
        createdAt: clock.now(),
        tags,
      };
      store.entries.put(key, database);
    });
    return {};
  };

export const updateDatabase =
  ({ store }: Glue): Operation<UpdateDatabaseCommandInput, UpdateDatabaseCommandOutput> =>
  async (input, place) => {
    checkCatalog(input.CatalogId, place);
    const name = checkedName(input.DatabaseInput.Name, 'databaseInput.name');
    refuse(input.DatabaseInput, 'TargetDatabase', 'FederatedDatabase');
    if (name !== input.Name.toLowerCase()) {
      throw new AwsError('InvalidInputException', `The database ${input.Name} cannot be renamed.`);
    }
    await store.transaction(() => {
      const database = findDatabase(store.entries, place, name);
      const changed: DatabaseEntry = { ...database, input: { ...input.DatabaseInput, Name: name } };
      store.entries.put(databaseKey(place, name), changed);
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
    refuse(input, 'AttributesToGet');
    if (input.ResourceShareType !== 'ALL') refuse(input, 'ResourceShareType');
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
      for (const table of [...store.entries.list<TableEntry>(tables)]) {
        removeVersions(store.entries, place, table);
        removePartitions(store.entries, place, table);
        store.entries.remove([...tables, table.input.Name]);
      }
      store.entries.remove(databaseKey(place, input.Name));
    });
    return {};
  };

function describe({ account, input, createdAt }: DatabaseEntry): Database {
  return {
    CreateTableDefaultPermissions: EVERYBODY,
    ...input,
    CatalogId: account,
    CreateTime: new Date(createdAt),
  };
}

/** What Glue gives a database that does not say: IAM alone decides on its tables. */
const EVERYBODY: Database['CreateTableDefaultPermissions'] = [
  { Principal: { DataLakePrincipalIdentifier: 'IAM_ALLOWED_PRINCIPALS' }, Permissions: ['ALL'] },
];
