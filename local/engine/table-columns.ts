import { type EngineTable, QueryFault } from './engine.js';
import { parseHiveType } from './hive-type.js';
import type { SqlType } from './sql-type.js';

/** A column as it is called in the files of its table. */
export interface TypedColumn {
  readonly name: string;
  readonly type: SqlType;
}

/** @throws QueryFault for a type that is not Hive's, or not supported. */
export function typedColumns(table: EngineTable, columns: EngineTable['columns']): TypedColumn[] {
  return columns.map(({ name, key = name, type }) => {
    try {
      return { name: key.toLowerCase(), type: parseHiveType(type) };
    } catch {
      const which = `Column ${name} of ${table.database}.${table.name}`;
      throw new QueryFault(
        'NOT_SUPPORTED',
        `${which} has the type ${type}, which is not supported by local AWS`,
      );
    }
  });
}
