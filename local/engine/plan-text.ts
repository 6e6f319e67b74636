import type { ScannedTable } from './scanned-table.js';
import type { AnalyzedQuery } from './sql/analysis.js';
import type { ExplainForm } from './sql/statements/parsed-statement.js';
import { typeText } from './sql-type.js';

/** What a run of the query came to, which EXPLAIN ANALYZE tells. */
export interface Measured {
  readonly milliseconds: number;
  readonly rows: number;
}

/**
 * What a query reads and gives, in lines, or as JSON. It is not Trino's plan, which tells of stages and workers that
 * there are none of here; its nodes are written as Trino writes its own.
 */
export function planText(
  query: AnalyzedQuery,
  tables: readonly ScannedTable[],
  { format, type, verbose }: ExplainForm,
  measured?: Measured,
): string {
  const outputs = query.columns.map((column, i) => ({
    symbol: column.name ?? `_col${i}`,
    type: typeText(column.type),
  }));
  const root: PlanNode = {
    name: 'Output',
    descriptor: { columnNames: `[${outputs.map(({ symbol }) => symbol).join(', ')}]` },
    outputs,
    details: measured ? [`Output: ${counted(measured.rows, 'row')}`] : [],
    children: tables.map((table) => scanNode(table, measured !== undefined, verbose)),
  };
  if (format === 'JSON') {
    const plan = jsonNode(root, { next: 0 });
    return JSON.stringify(type === 'LOGICAL' ? plan : { 0: plan }, null, 2);
  }
  const execution = measured ? [`Execution: ${measured.milliseconds.toFixed(2)}ms`] : [];
  const layout = `Layout: [${outputs.map(({ symbol, type }) => `${symbol}:${type}`).join(', ')}]`;
  return [
    'Local AWS',
    ...execution,
    title(root),
    ...[layout, ...root.details].map((line) => `│   ${line}`),
    ...root.children.flatMap((node) => [
      `└─ ${title(node)}`,
      ...node.details.map((line) => `       ${line}`),
    ]),
    // A plan ends with an empty line, and Athena cuts the text at its line breaks.
    '',
    '',
  ].join('\n');
}

interface PlanNode {
  readonly name: string;
  readonly descriptor: Readonly<Record<string, string>>;
  readonly outputs: readonly { readonly symbol: string; readonly type: string }[];
  readonly details: readonly string[];
  readonly children: readonly PlanNode[];
}

function scanNode({ table, scans }: ScannedTable, isMeasured: boolean, isVerbose: boolean): PlanNode {
  const { database, name, files, partitionKeys } = table;
  const partitions = new Set(files.map(({ partition }) => JSON.stringify(partition))).size;
  const read = `Input: ${counted(scans.length, 'file')} (${counted(total(scans.map(({ bytes }) => bytes)), 'byte')})`;
  const each = isVerbose ? scans.map(({ uri, bytes }) => `${uri} (${counted(bytes, 'byte')})`) : [];
  return {
    name: 'TableScan',
    descriptor: {
      table: `awsdatacatalog:${database}:${name}`,
      files: String(files.length),
      bytes: String(total(files.map(({ size = 0 }) => size))),
      ...(partitionKeys.length > 0 && { partitions: String(partitions) }),
    },
    outputs: [],
    details: isMeasured ? [read, ...each] : [],
    children: [],
  };
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

function title({ name, descriptor }: PlanNode): string {
  const entries = Object.entries(descriptor).map(([key, value]) => `${key} = ${value}`);
  return `${name}[${entries.join(', ')}]`;
}

function jsonNode({ children, ...node }: PlanNode, ids: { next: number }): object {
  return { id: String(ids.next++), ...node, children: children.map((child) => jsonNode(child, ids)) };
}
