import type { Column, Table } from '@aws-sdk/client-glue';
import type { Connection } from '../../settings/index.js';

/** A table as its catalog describes it. */
export interface CatalogTable {
  readonly name: string;
  readonly comment: string;
  readonly columns: readonly CatalogColumn[];
}

export interface CatalogColumn {
  readonly name: string;
  /** Hive's name of the type. */
  readonly type: string;
  readonly comment: string;
  readonly isPartition: boolean;
}

/** The tables of a database. */
export interface Catalog {
  /** Asked for once, and kept for a minute. */
  tables(): Promise<readonly CatalogTable[]>;
}

export const NO_TABLES: readonly CatalogTable[] = [];

/** Milliseconds that tables are kept for. */
const KEPT = 60_000;

/** The Glue Data Catalog. */
export function glueCatalog(connection: Connection, database: string): Catalog {
  let known: { readonly at: number; readonly tables: Promise<readonly CatalogTable[]> } | undefined;
  return {
    tables: () => {
      if (!known || performance.now() - known.at > KEPT) {
        const tables = readTables(connection, database);
        known = { at: performance.now(), tables };
        // What failed is asked for again.
        tables.catch(() => {
          known = undefined;
        });
      }
      return known.tables;
    },
  };
}

async function readTables(connection: Connection, database: string): Promise<readonly CatalogTable[]> {
  const { GlueClient, paginateGetTables } = await import('@aws-sdk/client-glue');
  const client = new GlueClient({ ...connection });
  try {
    const tables: CatalogTable[] = [];
    for await (const { TableList = [] } of paginateGetTables({ client }, { DatabaseName: database }))
      tables.push(...TableList.map(tableOf));
    return tables;
  } finally {
    client.destroy();
  }
}

function tableOf({
  Name = '',
  Description = '',
  StorageDescriptor,
  PartitionKeys = [],
}: Table): CatalogTable {
  const column =
    (isPartition: boolean) =>
    ({ Name: name = '', Type: type = '', Comment: comment = '' }: Column): CatalogColumn => ({
      name,
      type,
      comment,
      isPartition,
    });
  return {
    name: Name,
    comment: Description,
    columns: [...(StorageDescriptor?.Columns ?? []).map(column(false)), ...PartitionKeys.map(column(true))],
  };
}
