import { createHash } from 'node:crypto';
import path from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type EngineFile, type EngineTable, QueryFault } from '../engine.js';
import { conversionObstacle } from '../hive-type.js';
import type { PartitionFiles } from '../partition-files.js';
import { type TypedColumn, typedColumns } from '../table-columns.js';
import { convertText } from './convert-text.js';
import type { CopyOrder, HeldCopies } from './text-copies.js';
import type { TextFault } from './text-fault.js';
import type { TextFormat } from './text-format.js';

/**
 * Tables of text as tables of Parquet, so that whatever is done for Parquet, from pruning to types, holds for text. The
 * files of a partition are converted when a statement wants its rows; until then an empty file stands for them.
 */
export class TextTables {
  constructor(
    /** Where text becomes Parquet, which is not to count as read. */
    private readonly conversion: () => Promise<DuckDBInstance>,
    private readonly partitions: PartitionFiles,
  ) {}

  /**
   * The table with the rows of some partitions: of those whose stand-in is wanted, and of a table without partitions
   * all.
   * @throws QueryFault for a column, or for a file that is wanted, that is not as the table says.
   */
  async asParquet(
    table: EngineTable,
    connection: DuckDBConnection,
    wanted: ReadonlySet<string>,
    copies: HeldCopies,
  ): Promise<TextTable> {
    const { format } = table;
    if (!format) return { table, standIns: new Set(), faults: new Map() };
    const columns = columnsInFiles(table, format);
    const keys = typedColumns(table, table.partitionKeys);
    const whole = { table, columns: typedColumns(table, columns), keys };
    const schema = keys.length > 0 ? await this.partitions.schemaOf(connection, whole) : undefined;
    const standIns = new Map<string, EngineFile>();
    const read = table.files.filter((file) => {
      if (schema === undefined) return true;
      const standIn = { path: schema, uri: file.uri, partition: file.partition, textBytes: 0 };
      const standInPath = this.partitions.pathOf(standIn, keys);
      if (wanted.has(standInPath)) return true;
      standIns.set(standInPath, standIn);
      return false;
    });
    const faults = new Map<string, readonly TextFault[]>();
    const made = await Promise.all(
      read.map(async (file) => {
        const order = this.copyOf(file, { format, columns, keys });
        const found = await copies.get(order);
        if (found.length > 0) faults.set(order.copyPath, found);
        return { ...file, path: order.copyPath, textBytes: file.size ?? 0 };
      }),
    );
    return {
      table: { ...table, columns, files: [...made, ...standIns.values()] },
      standIns: new Set(standIns.keys()),
      faults,
    };
  }

  private copyOf(file: EngineFile, { format, columns, keys }: TextColumns): CopyOrder {
    const folder = this.partitions.folderOf(file.partition, keys);
    const inText = columns.map((column) => ({ ...column, type: typeInText(column.type) }));
    const name = JSON.stringify([file.path, file.uri.endsWith('.gz'), format, inText]);
    return {
      sourcePath: file.path,
      copyPath: path.join(folder, createHash('sha256').update(name).digest('hex')),
      make: async (parquetPath, signal) =>
        convertText(await this.conversion(), { file, format, columns: inText }, parquetPath, signal),
    };
  }
}

interface TextColumns {
  readonly format: TextFormat;
  readonly columns: EngineTable['columns'];
  readonly keys: readonly TypedColumn[];
}

export interface TextTable {
  readonly table: EngineTable;
  /** The paths of the empty files that stand for partitions that are not converted. */
  readonly standIns: ReadonlySet<string>;
  /** What is wrong with files that are converted, by their paths. */
  readonly faults: ReadonlyMap<string, readonly TextFault[]>;
}

/** A char(n) may be of any length in a file; it is made of its own when the table is read. */
function typeInText(type: string): string {
  return type.replace(/\bchar\s*\(\s*\d+\s*\)/gi, 'string');
}

/** @throws QueryFault for a column of a type that is not read from text. */
function columnsInFiles(table: EngineTable, format: TextFormat): EngineTable['columns'] {
  const columns = table.columns.map((column) => {
    const key = format.kind === 'json' ? format.mappings[column.name.toLowerCase()] : undefined;
    return key === undefined ? column : { ...column, key };
  });
  for (const { name, type } of columns) {
    const obstacle = conversionObstacle(typeInText(type));
    const isNested = format.kind !== 'json' && /[<]/.test(type);
    if (obstacle === undefined && !isNested) continue;
    const what = `Column ${name} of ${table.database}.${table.name}, of type ${type} in text,`;
    throw new QueryFault('NOT_SUPPORTED', `${what} is not supported by local AWS`);
  }
  return columns;
}
