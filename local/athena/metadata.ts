import type {
  Column,
  Database,
  GetDatabaseCommandInput,
  GetDatabaseCommandOutput,
  GetDataCatalogCommandInput,
  GetDataCatalogCommandOutput,
  GetTableMetadataCommandInput,
  GetTableMetadataCommandOutput,
  ListDatabasesCommandInput,
  ListDatabasesCommandOutput,
  ListDataCatalogsCommandInput,
  ListDataCatalogsCommandOutput,
  ListTableMetadataCommandInput,
  ListTableMetadataCommandOutput,
  TableMetadata,
} from '@aws-sdk/client-athena';
import { type DatabaseEntry, lookUpTable, type TableEntry } from '../glue/catalog.js';
import { pageOf } from '../resources/page.js';
import { AwsError } from '../wire/aws-error.js';
import type { Operation, RequestContext } from '../wire/operation.js';
import type { Athena } from './athena.js';
import { invalidRequest } from './invalid-request.js';
import { pageRequest } from './page-request.js';
import { databasesOf, lookUpDatabase, tablesOf } from './statements/catalog-lookup.js';
import { namePattern } from './statements/name-pattern.js';

/** Every account has this catalog, which is Glue's, and here no other. */
const CATALOG = 'AwsDataCatalog';
/** Entries of a page, where the request does not say. */
const PAGE = { least: 1, most: 50 };

export const listDataCatalogs =
  (): Operation<ListDataCatalogsCommandInput, ListDataCatalogsCommandOutput> => () => ({
    DataCatalogsSummary: [{ CatalogName: CATALOG, Type: 'GLUE', Status: 'CREATE_COMPLETE' }],
  });

export const getDataCatalog =
  (): Operation<GetDataCatalogCommandInput, GetDataCatalogCommandOutput> =>
  ({ Name: name }, { account }) => {
    checkCatalog(name);
    return {
      DataCatalog: {
        Name: CATALOG,
        Type: 'GLUE',
        Parameters: { 'catalog-id': account },
        Status: 'CREATE_COMPLETE',
      },
    };
  };

export const listDatabases =
  (athena: Athena): Operation<ListDatabasesCommandInput, ListDatabasesCommandOutput> =>
  (input, request) => {
    checkCatalog(input.CatalogName);
    const all = databasesOf({ athena, request });
    const page = pageOf(all, ({ input: { Name } }) => Name, pageRequest(input, PAGE));
    return {
      DatabaseList: page.items.map(describeDatabase),
      ...(page.next !== undefined && { NextToken: page.next }),
    };
  };

export const getDatabase =
  (athena: Athena): Operation<GetDatabaseCommandInput, GetDatabaseCommandOutput> =>
  ({ CatalogName: catalog, DatabaseName: name }, request) => {
    checkCatalog(catalog);
    return { Database: describeDatabase(findDatabase(athena, request, name)) };
  };

export const listTableMetadata =
  (athena: Athena): Operation<ListTableMetadataCommandInput, ListTableMetadataCommandOutput> =>
  (input, request) => {
    checkCatalog(input.CatalogName);
    findDatabase(athena, request, input.DatabaseName);
    const { Expression: expression } = input;
    const matches = expression === undefined ? () => true : matcher(expression);
    const all = tablesOf({ athena, request }, input.DatabaseName).filter((table) =>
      matches(table.input.Name),
    );
    const page = pageOf(all, (table) => table.input.Name, pageRequest(input, PAGE));
    return {
      TableMetadataList: page.items.map(describeTable),
      ...(page.next !== undefined && { NextToken: page.next }),
    };
  };

export const getTableMetadata =
  ({ store }: Athena): Operation<GetTableMetadataCommandInput, GetTableMetadataCommandOutput> =>
  ({ CatalogName: catalog, DatabaseName: database, TableName: name }, request) => {
    checkCatalog(catalog);
    const table = lookUpTable(store.entries, request, database, name);
    if (!table) throw notFound(`Table ${database}.${name} not found.`);
    return { TableMetadata: describeTable(table) };
  };

function checkCatalog(name: string): void {
  if (name.toLowerCase() !== CATALOG.toLowerCase()) throw invalidRequest(`Catalog ${name} does not exist.`);
}

function findDatabase(athena: Athena, request: RequestContext, name: string): DatabaseEntry {
  const found = lookUpDatabase({ athena, request }, name);
  if (!found) throw notFound(`Database ${name} not found.`);
  return found;
}

/** Athena's expression is a regular expression; here of letters, digits and `.`, `*`, `|`, `-` only. */
function matcher(expression: string): (name: string) => boolean {
  if (!/^[\p{L}\p{N}_.*|-]*$/u.test(expression)) {
    throw new AwsError('NotImplemented', `Local AWS does not implement the Expression ${expression}.`, 501);
  }
  return namePattern(expression.toLowerCase());
}

const describeDatabase = ({ input }: DatabaseEntry): Database => ({
  Name: input.Name,
  ...(input.Description !== undefined && { Description: input.Description }),
  ...(input.Parameters && { Parameters: input.Parameters }),
});

function describeTable({ input, createdAt, updatedAt }: TableEntry): TableMetadata {
  const { StorageDescriptor: storage = {}, Parameters = {}, PartitionKeys = [] } = input;
  const column = ({ Name, Type, Comment }: Column) => ({
    Name,
    ...(Type !== undefined && { Type }),
    ...(Comment !== undefined && { Comment }),
  });
  return {
    Name: input.Name,
    CreateTime: new Date(createdAt),
    LastAccessTime: new Date(updatedAt),
    ...(input.TableType !== undefined && { TableType: input.TableType }),
    Columns: (storage.Columns ?? []).map(column),
    PartitionKeys: PartitionKeys.map(column),
    Parameters: {
      ...Parameters,
      ...(storage.InputFormat && { inputformat: storage.InputFormat }),
      ...(storage.OutputFormat && { outputformat: storage.OutputFormat }),
      ...(storage.Location && { location: storage.Location }),
      ...(storage.SerdeInfo?.SerializationLibrary && {
        'serde.serialization.lib': storage.SerdeInfo.SerializationLibrary,
      }),
      ...Object.fromEntries(
        Object.entries(storage.SerdeInfo?.Parameters ?? {}).map(([key, value]) => [
          `serde.param.${key}`,
          value,
        ]),
      ),
    },
  };
}

const notFound = (message: string) => new AwsError('MetadataException', message);
