import { writeFile } from 'node:fs/promises';
import type { EngineTable, ExecuteResult } from './engine.js';
import type { AnalyzedQuery } from './sql/analysis.js';
import { typeText } from './sql-type.js';

/**
 * Writes what a query would read and give, a line each. It is not Trino's plan, which tells of stages and workers that
 * there are none of here.
 */
export async function writePlan(
  query: AnalyzedQuery,
  tables: readonly EngineTable[],
  resultPath: string,
  validate: boolean,
): Promise<Pick<ExecuteResult, 'columns' | 'rows'>> {
  const names = query.columns.map(({ name }, i) => name ?? `_col${i}`);
  const types = query.columns.map(({ type }, i) => `${names[i]}:${typeText(type)}`);
  const lines = validate
    ? ['true']
    : [
        'Local AWS',
        `Output[columnNames = [${names.join(', ')}]]`,
        `│   Layout: [${types.join(', ')}]`,
        ...tables.map(scanLine),
        // A plan ends with an empty line, and Athena cuts the text at its line breaks.
        '',
        '',
      ];
  const text = lines.join('\n');
  await writeFile(resultPath, `${[validate ? 'Valid' : 'Query Plan', ...lines].join('\n')}\n`);
  const column = {
    name: validate ? 'Valid' : 'Query Plan',
    type: validate ? 'boolean' : 'varchar',
    precision: validate ? 0 : text.length,
    scale: 0,
    nullable: 'UNKNOWN',
    caseSensitive: !validate,
  } as const;
  return { columns: [column], rows: lines.length };
}

function scanLine({ database, name, files, partitionKeys }: EngineTable): string {
  const bytes = files.reduce((sum, { size = 0 }) => sum + size, 0);
  const partitions = new Set(files.map(({ partition }) => JSON.stringify(partition))).size;
  const keys = partitionKeys.length > 0 ? `, partitions = ${partitions}` : '';
  return `└─ TableScan[table = awsdatacatalog:${database}:${name}, files = ${files.length}, bytes = ${bytes}${keys}]`;
}
