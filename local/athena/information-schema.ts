import type { EngineColumn, EngineTable } from '../engine/engine.js';
import { parseHiveType } from '../engine/hive-type.js';
import { typeText } from '../engine/sql-type.js';
import type { TableEntry } from '../glue/catalog.js';
import type { RequestContext } from '../wire/operation.js';
import type { Athena } from './athena.js';
import { databasesOf, isView, tablesOf } from './statements/catalog-lookup.js';
import { decodeView } from './views/view-definition.js';

const CATALOG = 'awsdatacatalog';

/**
 * A table of `information_schema` with its rows; undefined for one that local AWS does not have.
 * @see https://docs.aws.amazon.com/athena/latest/ug/querying-glue-catalog.html
 */
export function informationSchema(
  name: string,
  athena: Athena,
  request: RequestContext,
): EngineTable | undefined {
  const table = Object.hasOwn(TABLES, name) ? TABLES[name] : undefined;
  if (!table) return undefined;
  const columns = table.columns.map((column): EngineColumn => {
    const isNumber = column === 'ordinal_position';
    return { name: column, type: isNumber ? 'bigint' : 'string' };
  });
  const rows = table.rows({ athena, request });
  return { database: 'information_schema', name, columns, partitionKeys: [], files: [], rows };
}

type Row = readonly (string | null)[];
type Catalog = { readonly athena: Athena; readonly request: RequestContext };

const TABLES: Readonly<Record<string, { columns: readonly string[]; rows: (catalog: Catalog) => Row[] }>> = {
  schemata: {
    columns: ['catalog_name', 'schema_name'],
    rows: (catalog) => [...schemas(catalog), 'information_schema'].map((name) => [CATALOG, name]),
  },
  tables: {
    columns: ['table_catalog', 'table_schema', 'table_name', 'table_type'],
    rows: (catalog) =>
      all(catalog).map((table) => [
        CATALOG,
        table.database,
        table.input.Name,
        isView(table) ? 'VIEW' : 'BASE TABLE',
      ]),
  },
  columns: {
    columns: [
      'table_catalog',
      'table_schema',
      'table_name',
      'column_name',
      'ordinal_position',
      'column_default',
      'is_nullable',
      'data_type',
      'comment',
      'extra_info',
    ],
    rows: (catalog) => all(catalog).flatMap(columnRows),
  },
  views: {
    columns: ['table_catalog', 'table_schema', 'table_name', 'view_definition'],
    rows: (catalog) =>
      all(catalog)
        .filter(isView)
        .map((view) => [CATALOG, view.database, view.input.Name, definitionOf(view)]),
  },
};

const schemas = (catalog: Catalog) => databasesOf(catalog).map(({ input }) => input.Name);

const all = (catalog: Catalog) => schemas(catalog).flatMap((schema) => tablesOf(catalog, schema));

function definitionOf(view: TableEntry): string | null {
  try {
    return decodeView(view).originalSql;
  } catch {
    return null;
  }
}

function columnRows({ database, input }: TableEntry): Row[] {
  const columns = (input.StorageDescriptor?.Columns ?? []).map((column) => ({ ...column, extra: null }));
  const keys = (input.PartitionKeys ?? []).map((column) => ({ ...column, extra: 'partition key' }));
  return [...columns, ...keys].map(({ Name, Type = 'string', Comment, extra }, i) => [
    CATALOG,
    database,
    input.Name,
    Name.toLowerCase(),
    String(i + 1),
    null,
    'YES',
    trinoType(Type),
    Comment ?? null,
    extra,
  ]);
}

function trinoType(hiveType: string): string {
  try {
    return typeText(parseHiveType(hiveType));
  } catch {
    return hiveType;
  }
}
