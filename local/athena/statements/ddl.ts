import type { HiveTable } from './hive-tokens.js';

/** A statement that reads or changes the catalog and nothing else, as its text has it. */
export type Ddl =
  | { readonly kind: 'CREATE_DATABASE'; readonly database: NewDatabase }
  | { readonly kind: 'ALTER_DATABASE'; readonly name: string; readonly properties: Properties }
  | {
      readonly kind: 'DROP_DATABASE';
      readonly name: string;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | { readonly kind: 'CREATE_TABLE'; readonly table: NewTable }
  | { readonly kind: 'DROP_TABLE' | 'DROP_VIEW'; readonly table: HiveTable; readonly ifExists: boolean }
  | {
      readonly kind: 'ALTER_TABLE_ADD_COLUMN' | 'ALTER_TABLE_REPLACE_COLUMN';
      readonly table: HiveTable;
      readonly columns: readonly NewColumn[];
    }
  | { readonly kind: 'ALTER_TABLE_PROPERTIES'; readonly table: HiveTable; readonly properties: Properties }
  | {
      readonly kind: 'ALTER_TABLE_SET_LOCATION';
      readonly table: HiveTable;
      readonly partition: PartitionSpec | undefined;
      readonly location: string;
    }
  | {
      readonly kind: 'ALTER_TABLE_ADD_PARTITION';
      readonly table: HiveTable;
      readonly ifNotExists: boolean;
      readonly partitions: readonly {
        readonly spec: PartitionSpec;
        readonly location: string | undefined;
      }[];
    }
  | {
      readonly kind: 'ALTER_TABLE_DROP_PARTITION';
      readonly table: HiveTable;
      readonly ifExists: boolean;
      readonly partitions: readonly PartitionSpec[];
    }
  | {
      readonly kind: 'ALTER_TABLE_RENAME_PARTITION';
      readonly table: HiveTable;
      readonly from: PartitionSpec;
      readonly to: PartitionSpec;
    }
  | { readonly kind: 'MSCK_REPAIR'; readonly table: HiveTable }
  | { readonly kind: 'SHOW_DATABASES'; readonly pattern: string | undefined }
  | {
      readonly kind: 'SHOW_TABLES' | 'SHOW_VIEWS';
      readonly database: string | undefined;
      readonly pattern: string | undefined;
    }
  | {
      readonly kind: 'SHOW_COLUMNS' | 'SHOW_PARTITIONS' | 'SHOW_CREATE_TABLE' | 'SHOW_CREATE_VIEW';
      readonly table: HiveTable;
    }
  | {
      readonly kind: 'SHOW_TABLE_PROPERTIES';
      readonly table: HiveTable;
      readonly property: string | undefined;
    }
  | {
      readonly kind: 'DESCRIBE_TABLE';
      readonly table: HiveTable;
      readonly detail: 'EXTENDED' | 'FORMATTED' | undefined;
    };

export type Properties = Readonly<Record<string, string>>;

/** Values of partition columns by the columns' names. */
export type PartitionSpec = ReadonlyMap<string, string>;

export interface NewColumn {
  readonly name: string;
  /** As Glue keeps it, such as `array<string>`. */
  readonly type: string;
  readonly comment: string | undefined;
}

export interface NewDatabase {
  readonly name: string;
  readonly ifNotExists: boolean;
  readonly comment: string | undefined;
  readonly location: string | undefined;
  readonly properties: Properties;
}

export interface NewTable {
  readonly table: HiveTable;
  readonly ifNotExists: boolean;
  readonly columns: readonly NewColumn[];
  readonly comment: string | undefined;
  readonly partitionKeys: readonly NewColumn[];
  readonly buckets: { readonly columns: readonly string[]; readonly count: number } | undefined;
  readonly serde: { readonly library: string | undefined; readonly parameters: Properties };
  /** Input and output format, as Hadoop's classes are called. */
  readonly formats: { readonly input: string; readonly output: string };
  readonly location: string;
  readonly properties: Properties;
}
