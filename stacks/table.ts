import { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table/index.js';
import { Construct } from 'constructs';
import type { Dataset } from '../datasets/index.js';
import { PARTITIONS } from '../settings/index.js';
import type { Account } from './account.js';
import type { Bucket } from './bucket.js';
import type { Database } from './database.js';
import { InvalidConstructError } from './invalid-construct-error.js';
import { checkName } from './limits.js';
import type { Statement } from './policy-document.js';
import { type ProjectedYears, projectionOf } from './projection.js';

/** What a table is made from. */
export interface TableProps extends ProjectedYears {
  /** The table's name, which SQL can use unquoted. */
  readonly name: string;
  /** What the data is: its columns become the table's. */
  readonly dataset: Dataset;
  /** The database that the table belongs to. */
  readonly database: Database;
  /** The bucket that the data lies in. */
  readonly bucket: Bucket;
  /** The folder in the bucket under which the partitions' folders begin; ends in `/`. */
  readonly folder: string;
}

/**
 * A table over Parquet objects, partitioned by the hour of arrival. Athena works its partitions out by projection, so
 * that none has to be registered and no crawler has to run.
 *
 * @example
 * new Table(this, 'table', {
 *   name: 'customers', dataset: customers, database, bucket, folder: 'customers/', firstYear: 2025, lastYear: 2030,
 * });
 */
export class Table extends Construct {
  /** The table's name, as a reference that waits for the table. */
  readonly name: string;
  readonly arn: string;
  readonly database: Database;
  /** The folder in the bucket that holds the data; ends in `/`. */
  readonly folder: string;

  constructor(
    scope: Construct,
    id: string,
    { name, dataset, database, bucket, folder, ...years }: TableProps,
  ) {
    super(scope, id);
    checkName(this, 'catalog', name);
    checkColumns(this, dataset);
    const table = new GlueCatalogTable(this, 'Default', {
      name,
      databaseName: database.name,
      description: dataset.comment,
      tableType: 'EXTERNAL_TABLE',
      parameters: {
        EXTERNAL: 'TRUE',
        classification: 'parquet',
        'parquet.compression': 'SNAPPY',
        ...projectionOf(years),
      },
      partitionKeys: PARTITIONS.map(({ name, comment }) => ({ name, type: 'string', comment })),
      storageDescriptor: {
        location: `s3://${bucket.name}/${folder}`,
        columns: Object.entries(dataset.columns).map(([name, { type, comment }]) => ({
          name,
          type,
          comment,
        })),
        ...PARQUET,
      },
    });
    this.name = table.name;
    this.arn = table.arn;
    this.database = database;
    this.folder = folder;
  }

  /** The permission to read the table's columns, in every version. Glue asks for the database and the catalog too. */
  readSchemaStatement(account: Account): Statement {
    return {
      sid: 'ReadSchema',
      actions: ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
      resources: [account.arn('glue', 'catalog'), this.database.arn, this.arn],
    };
  }
}

const PARQUET = {
  inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  serDeInfo: {
    serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
    parameters: { 'serialization.format': '1' },
  },
} as const;

/** Glue takes a column that is named like a partition; every query of the table then fails. */
function checkColumns(table: Table, dataset: Dataset): void {
  const partitions = PARTITIONS.map(({ name }): string => name);
  const taken = Object.keys(dataset.columns).find((column) => partitions.includes(column.toLowerCase()));
  if (taken === undefined) return;
  const allowed = `named otherwise than the table's partitions (${partitions.join(', ')})`;
  throw new InvalidConstructError(table, `a column of dataset "${dataset.name}"`, taken, allowed);
}
