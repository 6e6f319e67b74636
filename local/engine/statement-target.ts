import type { EngineColumn, NamedTable, TableName } from './engine.js';
import type { PropertyValue } from './sql/statements/parsed-statement.js';

/** What a statement does with the rows of its query. */
export type StatementTarget =
  | {
      readonly kind: 'table';
      readonly table: TableName;
      readonly ifNotExists: boolean;
      readonly comment: string | undefined;
      readonly properties: TargetProperties;
      readonly withData: boolean;
    }
  | {
      readonly kind: 'insert';
      readonly table: NamedTable;
      /** Those that the statement names, in its order. */
      readonly columns: readonly string[] | undefined;
    }
  | { readonly kind: 'unload'; readonly location: string; readonly properties: TargetProperties }
  | {
      readonly kind: 'view';
      readonly view: TableName;
      readonly replace: boolean;
      readonly comment: string | undefined;
      /** The view's query, as it is written. */
      readonly text: string;
    };

export type TargetProperties = Readonly<Record<string, PropertyValue>>;

export interface WriteRequest {
  /** An empty folder in the staging folder. */
  readonly folder: string;
  readonly format: 'PARQUET' | 'JSON' | 'TEXTFILE';
  readonly codec: 'UNCOMPRESSED' | 'SNAPPY' | 'GZIP' | 'ZSTD';
  /** Between the fields of TEXTFILE. */
  readonly delimiter: string;
  /** Columns by whose values the rows go to files of their own; they are the last ones. */
  readonly partitionedBy: readonly string[];
  /** Partitions that one statement may write. */
  readonly mostPartitions: number;
  /** The columns of the table that rows are added to, its partition keys last. */
  readonly into?: {
    readonly columns: readonly EngineColumn[];
    readonly named: readonly string[] | undefined;
  };
  /** Whether there are to be rows; else only the columns are wanted. */
  readonly withData: boolean;
}

export interface WrittenFile {
  readonly path: string;
  /** Value of each of the columns that it is partitioned by; null for that of no value. */
  readonly partition: readonly (string | null)[];
}

/** A column of what was written, or of a view. */
export interface WrittenColumn {
  readonly name: string;
  /** As Trino writes it. */
  readonly type: string;
  /** As Glue keeps it; of a type that Hive has not, nothing. */
  readonly hiveType: string | undefined;
}
