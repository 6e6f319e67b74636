import type { ConvertRequest, ConvertResult } from './conversion.js';
import type { StatementTarget, WriteRequest, WrittenColumn, WrittenFile } from './statement-target.js';
import type { TextFormat } from './text/text-format.js';

/**
 * What the rest of local AWS asks of the engine: JSON to Parquet for Firehose and SQL for Athena. The engine itself
 * runs in a process of its own; these types are what crosses to it and back, so all of them are plain data.
 */
export interface Engine {
  /**
   * Writes the rows of some records as one Parquet file.
   * @throws EngineFault if the engine failed; a record that does not fit the table is not a fault but in `failures`.
   */
  convert(request: ConvertRequest): Promise<ConvertResult>;
  /**
   * Parses a statement in Athena's dialect, checks it against what is allowed and names the tables that it reads.
   * @throws QueryFault if the statement is not one that Athena, or this engine, can run.
   */
  prepare(request: PrepareRequest): Promise<PreparedStatement>;
  /**
   * Runs a statement and writes its result file.
   * @throws QueryFault if the statement fails or is cancelled.
   */
  execute(request: ExecuteRequest): Promise<ExecuteResult>;
  /** Stops the execution with this id, if it is running. */
  cancel(id: string): Promise<void>;
  /** Ends the engine's process, if one was started. */
  close(): Promise<void>;
}

/** A column of a Glue table. */
export interface EngineColumn {
  readonly name: string;
  /** The Hive type as Glue has it, such as `decimal(10,2)` or `array<string>`. */
  readonly type: string;
  /** What it is called in the files. @default - as it is */
  readonly key?: string;
}

export interface PrepareRequest {
  readonly sql: string;
  /** Values of the `?` in the statement, each a SQL literal. */
  readonly parameters: readonly string[];
  /** Database of the tables that are named without one. */
  readonly database: string;
}

export interface PreparedStatement {
  readonly statementType: 'DML' | 'DDL' | 'UTILITY';
  /** The first word or words of the statement, as Athena's SubstatementType has it, such as `SELECT`. */
  readonly kind: string;
  /** The tables that the statement reads, each once, in lower case. */
  readonly tables: readonly NamedTable[];
  /** What a statement that does not only read does with its query. */
  readonly target?: StatementTarget;
  /** Whether another's result may stand for this one's: it is a query, and any LIMIT of it has an ORDER BY. */
  readonly reusable?: boolean;
}

export interface TableName {
  readonly database: string;
  readonly name: string;
}

/** A table as a statement names it. */
export interface NamedTable extends TableName {
  /** Where it is first named; both count from 1. */
  readonly position?: { readonly line: number; readonly column: number };
}

export interface ExecuteRequest extends PrepareRequest {
  /** Names the execution for `cancel`. */
  readonly id: string;
  /** Every table that `prepare` named, with what the catalog knows of it. */
  readonly tables: readonly EngineTable[];
  /** Where the result CSV goes: a header line, every value quoted, NULL an empty field. Lies in the staging folder. */
  readonly resultPath: string;
  /** Bytes after which the statement is stopped, if there is a limit. */
  readonly scanLimitBytes?: number;
  /** The views that the statement, or another of them, names. Their tables are among `tables`. */
  readonly views?: readonly EngineView[];
  /** How the rows of a statement that writes are written, in place of a result. */
  readonly write?: WriteRequest;
}

/** A view: a query under a name. */
export interface EngineView extends TableName {
  readonly sql: string;
  /** Database of the tables that the query names without one. */
  readonly context: string;
  /** Names of its columns. */
  readonly columns: readonly string[];
}

export interface EngineTable extends TableName {
  readonly columns: readonly EngineColumn[];
  readonly partitionKeys: readonly EngineColumn[];
  /** How its files are read. @default - Parquet */
  readonly format?: TextFormat;
  /** The rows of a table that has no files, such as those of `information_schema`, as text. */
  readonly rows?: readonly (readonly (string | null)[])[];
  /** Partition columns for which a statement has to name values. */
  readonly injected?: readonly string[];
  /** The table's objects. Projection has left out what lies outside its ranges; a statement's predicates have not. */
  readonly files: readonly EngineFile[];
}

export interface EngineFile {
  /** The file on this machine. Its folders name its partition as Hive does (`…/year=2026/month=02/…`) where the key does. */
  readonly path: string;
  /** What `"$path"` says: `s3://bucket/key`. */
  readonly uri: string;
  /** Value of each of the table's partition keys, in their order. */
  readonly partition: readonly string[];
  /** Bytes. @default - 0 */
  readonly size?: number;
  /** Milliseconds since 1970. @default - 0 */
  readonly modified?: number;
  /** Of a file that was made of text: the bytes of that, which is what a query of it scans. */
  readonly textBytes?: number;
}

export interface ExecuteResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: number;
  /** Bytes read from the tables' files. */
  readonly bytesScanned: number;
  /** The tables' files that were opened, by their paths. */
  readonly filesOpened: readonly string[];
  /** The columns of what was written, or of a view. */
  readonly schema?: readonly WrittenColumn[];
  /** The files that were written. */
  readonly written?: readonly WrittenFile[];
}

/** A column as Athena's ColumnInfo has it. */
export interface ResultColumn {
  readonly name: string;
  /** Athena's name of the type: `varchar`, `integer`, `timestamp`, … */
  readonly type: string;
  readonly precision: number;
  readonly scale: number;
  readonly nullable: 'NULLABLE' | 'NOT_NULL' | 'UNKNOWN';
  readonly caseSensitive: boolean;
}

/** The engine could not do what it should: a defect, a full disk, a lost process. */
export class EngineFault extends Error {
  override readonly name = 'EngineFault';
}

/** A statement that cannot be run, with what Athena says of it, such as `TABLE_NOT_FOUND: line 1:15: …`. */
export class QueryFault extends Error {
  override readonly name = 'QueryFault';
  constructor(
    /** Trino's name of the error, such as `SYNTAX_ERROR`, `COLUMN_NOT_FOUND`, `NOT_SUPPORTED`. */
    readonly code: string,
    message: string,
    /** Who is at fault: 1 system, 2 user, 3 other, as AthenaError counts. */
    readonly category: 1 | 2 | 3 = 2,
  ) {
    super(message);
  }
}
