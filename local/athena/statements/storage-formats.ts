/** How Hadoop reads and writes files of a kind, by the names of its classes. */
export interface StorageFormat {
  readonly input: string;
  readonly output: string;
  /** What reads a row; not given for text, whose rows are of several kinds. */
  readonly serde: string | undefined;
}

export const LAZY_SIMPLE_SERDE = 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe';
export const OPEN_CSV_SERDE = 'org.apache.hadoop.hive.serde2.OpenCSVSerde';
export const OPENX_JSON_SERDE = 'org.openx.data.jsonserde.JsonSerDe';
export const HIVE_JSON_SERDE = 'org.apache.hive.hcatalog.data.JsonSerDe';
export const PARQUET_SERDE = 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe';

export const TEXT_FORMAT: StorageFormat = {
  input: 'org.apache.hadoop.mapred.TextInputFormat',
  output: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
  serde: undefined,
};

export const PARQUET_FORMAT: StorageFormat = {
  input: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  output: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  serde: PARQUET_SERDE,
};

/** What STORED AS may be followed by. Local AWS keeps a definition of each, and reads Parquet and text. */
export const STORED_AS: Readonly<Record<string, StorageFormat>> = {
  TEXTFILE: TEXT_FORMAT,
  PARQUET: PARQUET_FORMAT,
  ORC: {
    input: 'org.apache.hadoop.hive.ql.io.orc.OrcInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat',
    serde: 'org.apache.hadoop.hive.ql.io.orc.OrcSerde',
  },
  AVRO: {
    input: 'org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat',
    serde: 'org.apache.hadoop.hive.serde2.avro.AvroSerDe',
  },
  SEQUENCEFILE: {
    input: 'org.apache.hadoop.mapred.SequenceFileInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.HiveSequenceFileOutputFormat',
    serde: undefined,
  },
  RCFILE: {
    input: 'org.apache.hadoop.hive.ql.io.RCFileInputFormat',
    output: 'org.apache.hadoop.hive.ql.io.RCFileOutputFormat',
    serde: 'org.apache.hadoop.hive.serde2.columnar.LazyBinaryColumnarSerDe',
  },
};
