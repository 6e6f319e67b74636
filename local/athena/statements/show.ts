import { QueryFault } from '../../engine/engine.js';
import { StatementFault } from '../statement-fault.js';
import { decodeView, viewText } from '../views/view-definition.js';
import { databasesOf, findDatabase, findRealTable, findTable, isView, tablesOf } from './catalog-lookup.js';
import type { Ddl } from './ddl.js';
import { type DdlContext, type DdlOutcome, listOutcome, stringColumn } from './ddl-outcome.js';
import type { HiveTable } from './hive-tokens.js';
import { namePattern } from './name-pattern.js';

export function runShowDatabases(
  { pattern }: Ddl & { kind: 'SHOW_DATABASES' },
  context: DdlContext,
): DdlOutcome {
  const names = databasesOf(context).map(({ input }) => input.Name);
  // A pattern of databases is a regular expression to Hive, in which a star alone repeats what stands before it.
  if (pattern !== undefined && pattern !== '*' && /(?<!\.)\*/.test(pattern)) {
    const message = `SHOW DATABASES LIKE '${pattern}' is not supported by local AWS: a star needs a dot in front of it`;
    throw new QueryFault('NOT_SUPPORTED', message);
  }
  const matches = pattern === undefined ? () => true : namePattern(pattern);
  return listOutcome(names.filter(matches), stringColumn('database_name'));
}

/** Views are among the tables, as they are in Athena. */
export function runShowTables(
  { kind, database = '', pattern }: Ddl & { kind: 'SHOW_TABLES' | 'SHOW_VIEWS' },
  context: DdlContext,
): DdlOutcome {
  const inDatabase = database || context.database;
  findDatabase(context, inDatabase);
  const listed = tablesOf(context, inDatabase).filter((table) => kind === 'SHOW_TABLES' || isView(table));
  const matches = pattern === undefined ? () => true : namePattern(pattern);
  const names = listed.map(({ input }) => input.Name).filter(matches);
  const column = kind === 'SHOW_TABLES' ? stringColumn('tab_name') : stringColumn('views', 'varchar');
  return listOutcome(names, column);
}

export function runShowProperties(
  { table, property }: Ddl & { kind: 'SHOW_TABLE_PROPERTIES' },
  context: DdlContext,
): DdlOutcome {
  const { Parameters: parameters = {} } = findTable(context, table).input;
  const columns = [stringColumn('prpt_name'), stringColumn('prpt_value')];
  if (property !== undefined) {
    const value = parameters[property];
    const missing = `Table ${table.written} does not have property: ${property}`;
    return listOutcome([value ?? missing], ...columns);
  }
  const lines = Object.entries(parameters).map(([key, value]) => `${key}\t${value}`);
  // A line break in a value makes rows of it.
  return listOutcome(
    lines.flatMap((line) => line.split('\n')),
    ...columns,
  );
}

/** The text that would make the view again. */
export function runShowCreateView({ table }: { readonly table: HiveTable }, context: DdlContext): DdlOutcome {
  const entry = findTable(context, table);
  if (!isView(entry)) throw new StatementFault(`${table.written} is not a view`, 1100);
  const text = viewText(table.written, decodeView(entry));
  return listOutcome(text.split('\n'), stringColumn('create view', 'varchar'));
}

/**
 * The statement that would make the table again.
 * @see https://docs.aws.amazon.com/athena/latest/ug/show-create-table.html
 */
export function runShowCreateTable(
  { table }: { readonly table: HiveTable },
  context: DdlContext,
): DdlOutcome {
  const { input } = findRealTable(context, table);
  const { StorageDescriptor: storage = {}, PartitionKeys: keys = [], Parameters = {} } = input;
  const { SerializationLibrary: serde, Parameters: serdeParameters = {} } = storage.SerdeInfo ?? {};
  const { EXTERNAL: _, comment, ...properties } = Parameters;
  const columns = (list: typeof keys) => list.map((column) => `  ${columnText(column)}`).join(', \n');
  const pairs = (of: Readonly<Record<string, string>>) =>
    Object.entries(of)
      .map(([key, value]) => `  ${quoted(key)}=${quoted(value)}`)
      .join(', \n');
  const text = [
    `CREATE EXTERNAL TABLE \`${table.written}\`(`,
    `${columns(storage.Columns ?? [])})`,
    ...(comment === undefined ? [] : [`COMMENT ${quoted(comment)}`]),
    ...(keys.length > 0 ? [`PARTITIONED BY ( \n${columns(keys)})`] : []),
    ...(storage.BucketColumns?.length
      ? [`CLUSTERED BY ( \n  ${storage.BucketColumns.join(', ')}) \nINTO ${storage.NumberOfBuckets} BUCKETS`]
      : []),
    ...(serde === undefined ? [] : [`ROW FORMAT SERDE \n  ${quoted(serde)} `]),
    ...(Object.keys(serdeParameters).length > 0
      ? [`WITH SERDEPROPERTIES ( \n${pairs(serdeParameters)}) `]
      : []),
    `STORED AS INPUTFORMAT \n  ${quoted(storage.InputFormat ?? '')} `,
    `OUTPUTFORMAT \n  ${quoted(storage.OutputFormat ?? '')}`,
    `LOCATION\n  ${quoted(storage.Location ?? '')}`,
    `TBLPROPERTIES (\n${pairs(properties)})`,
  ].join('\n');
  return { lines: text.split('\n'), columns: [stringColumn('createtab_stmt')] };
}

const columnText = ({ Name, Type = 'string', Comment }: { Name: string; Type?: string; Comment?: string }) =>
  `\`${Name}\` ${Type}${Comment ? ` COMMENT ${quoted(Comment)}` : ''}`;

const ESCAPED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' };

/** A string of Hive. */
const quoted = (text: string) =>
  `'${text.replace(/[\\'\n\r\t\0]/g, (c) => ESCAPED[c] ?? `\\${c}`).replace(/\p{Cc}/gu, unicode)}'`;

const unicode = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
