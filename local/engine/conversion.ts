import type { EngineColumn } from './engine.js';

/** What Firehose, and a table of text, ask of the engine: the rows of some records as one Parquet file. */
export interface ConvertRequest {
  /** File that holds the records' bytes one after another, without a separator of its own. */
  readonly recordsPath: string;
  /** Length in bytes of each record, in the file's order. */
  readonly recordLengths: readonly number[];
  /** The table's columns, without its partitions. */
  readonly columns: readonly EngineColumn[];
  readonly deserializer: Deserializer;
  readonly codec: 'UNCOMPRESSED' | 'SNAPPY' | 'GZIP';
  /** Where the Parquet file goes; not written where no record converts. Lies in the staging folder. */
  readonly parquetPath: string;
  /**
   * Whether a value that its column cannot hold becomes a null, and not its record a failure; then there is a Parquet
   * file even where no record converts. @default - false
   */
  readonly nullsMisfits?: boolean;
}

export interface ConvertResult {
  /** Rows in the Parquet file; 0 where there is none. */
  readonly rows: number;
  /** The records that are not in the Parquet file, in the file's order. */
  readonly failures: readonly ConvertFailure[];
  /** Of each column the first value that became a null, where values do. */
  readonly misfits: readonly Misfit[];
}

export interface ConvertFailure {
  /** Position of the record in `recordLengths`. */
  readonly record: number;
  readonly code: 'DataFormatConversion.ParseError' | 'DataFormatConversion.MalformedData';
  /** What Firehose says of it. */
  readonly message: string;
}

/** A value that its column cannot hold. */
export interface Misfit {
  /** Position of its record in `recordLengths`. */
  readonly record: number;
  /** Name of the column in lower case. */
  readonly column: string;
  /** What Firehose would say of the record. */
  readonly message: string;
}

/** How a record's JSON is read. */
export type Deserializer =
  | {
      readonly kind: 'openx';
      /** Whether names match columns whatever their case; true unless said. */
      readonly isCaseInsensitive: boolean;
      /** Whether a dot in a name stands for an underscore. */
      readonly dotsToUnderscores: boolean;
      /** The JSON name of a column that is not called by its own. */
      readonly namesByColumn: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'hive';
      /** Joda-Time patterns, or `millis`; empty: the form that java.sql.Timestamp has. */
      readonly timestampFormats: readonly string[];
    };
