import type { TableEntry } from '../glue/catalog.js';

type Input = TableEntry['input'];
type Storage = NonNullable<Input['StorageDescriptor']>;

/** What a statement says of a new table. */
interface NewTableInput {
  readonly name: string;
  readonly comment: string | undefined;
  readonly columns: NonNullable<Storage['Columns']>;
  readonly partitionKeys: NonNullable<Input['PartitionKeys']>;
  /** Besides those that every table of Athena's has. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly location: string;
  /** Input and output format, as Hadoop's classes are called. */
  readonly formats: { readonly input: string; readonly output: string };
  readonly serde: NonNullable<Storage['SerdeInfo']>;
  readonly buckets: { readonly columns: readonly string[]; readonly count: number };
}

/** A table as Athena gives it to Glue. */
export function tableInput({ name, comment, parameters, formats, buckets, ...table }: NewTableInput): Input {
  return {
    Name: name,
    Owner: 'hadoop',
    Retention: 0,
    TableType: 'EXTERNAL_TABLE',
    ...(comment !== undefined && { Description: comment }),
    Parameters: { EXTERNAL: 'TRUE', ...(comment !== undefined && { comment }), ...parameters },
    PartitionKeys: table.partitionKeys,
    StorageDescriptor: {
      Columns: table.columns,
      Location: table.location,
      InputFormat: formats.input,
      OutputFormat: formats.output,
      Compressed: false,
      NumberOfBuckets: buckets.count,
      BucketColumns: [...buckets.columns],
      SortColumns: [],
      SerdeInfo: table.serde,
      StoredAsSubDirectories: false,
    },
  };
}
