import { notSupported, SqlFault } from '../../engine/sql/sql-fault.js';
import type { TokenCursor } from '../../engine/sql/tokens.js';
import type { NewTable, Properties } from './ddl.js';
import { hiveName, hiveProperties, hiveString, hiveTable } from './hive-tokens.js';
import { parseColumns } from './parse-columns.js';
import { LAZY_SIMPLE_SERDE, STORED_AS, TEXT_FORMAT } from './storage-formats.js';

/**
 * Reads a CREATE EXTERNAL TABLE behind those words.
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-table.html
 */
export function parseCreateTable(t: TokenCursor): NewTable {
  const ifNotExists = t.accept('IF', 'NOT', 'EXISTS');
  const table = hiveTable(t);
  const columns = t.is('(') ? parseColumns(t) : [];
  const comment = t.accept('COMMENT') ? hiveString(t) : undefined;
  const partitionKeys = t.accept('PARTITIONED', 'BY') ? parseColumns(t) : [];
  const buckets = parseBuckets(t);
  const rows = parseRowFormat(t);
  const stored = parseStoredAs(t);
  const more = t.accept('WITH', 'SERDEPROPERTIES') ? hiveProperties(t) : {};
  const location = t.accept('LOCATION') ? hiveString(t) : undefined;
  const properties = t.accept('TBLPROPERTIES') ? hiveProperties(t) : {};
  if (location === undefined) {
    const message = 'No location was specified for table. An S3 location must be specified';
    throw new SqlFault('SYNTAX_ERROR', message);
  }
  if (properties.table_type?.toUpperCase() === 'ICEBERG') throw notSupported('The table type ICEBERG');
  const { input, output } = stored ?? TEXT_FORMAT;
  const library = rows?.library ?? stored?.serde ?? LAZY_SIMPLE_SERDE;
  const parameters = { 'serialization.format': '1', ...rows?.parameters, ...more };
  return {
    table,
    ifNotExists,
    columns,
    comment,
    partitionKeys,
    buckets,
    serde: { library, parameters },
    formats: { input, output },
    location,
    properties,
  };
}

function parseBuckets(t: TokenCursor): NewTable['buckets'] {
  if (!t.accept('CLUSTERED', 'BY')) return undefined;
  const columns = t.inParentheses(() => t.list(() => hiveName(t)));
  t.expect('INTO');
  if (t.peek().kind !== 'integer') throw t.mismatch('<integer>');
  const count = Number(t.next().text);
  t.expect('BUCKETS');
  return { columns, count };
}

function parseRowFormat(
  t: TokenCursor,
): { readonly library: string; readonly parameters: Properties } | undefined {
  if (!t.accept('ROW', 'FORMAT')) return undefined;
  if (t.accept('DELIMITED')) return { library: LAZY_SIMPLE_SERDE, parameters: parseDelimiters(t) };
  t.expect('SERDE');
  const library = hiveString(t);
  return { library, parameters: t.accept('WITH', 'SERDEPROPERTIES') ? hiveProperties(t) : {} };
}

/** Each clause of ROW FORMAT DELIMITED with the parameter that Hive makes of it, typing error and all. */
const DELIMITERS: readonly (readonly [words: readonly string[], parameter: string])[] = [
  [['FIELDS', 'TERMINATED', 'BY'], 'field.delim'],
  [['ESCAPED', 'BY'], 'escape.delim'],
  [['COLLECTION', 'ITEMS', 'TERMINATED', 'BY'], 'colelction.delim'],
  [['MAP', 'KEYS', 'TERMINATED', 'BY'], 'mapkey.delim'],
  [['LINES', 'TERMINATED', 'BY'], 'line.delim'],
  [['NULL', 'DEFINED', 'AS'], 'serialization.null.format'],
];

function parseDelimiters(t: TokenCursor): Properties {
  const parameters: Record<string, string> = {};
  for (;;) {
    const clause = DELIMITERS.find(([words]) => t.accept(...words));
    if (!clause) return parameters;
    const value = hiveString(t);
    parameters[clause[1]] = value;
    if (clause[1] === 'field.delim') parameters['serialization.format'] = value;
  }
}

function parseStoredAs(t: TokenCursor) {
  if (!t.accept('STORED', 'AS')) {
    if (t.is('STORED', 'BY')) throw notSupported('STORED BY', t.peek().at);
    return undefined;
  }
  if (t.accept('INPUTFORMAT')) {
    const input = hiveString(t);
    t.expect('OUTPUTFORMAT');
    return { input, output: hiveString(t), serde: undefined };
  }
  const format = STORED_AS[t.peek().upper];
  if (!format) throw t.mismatch(Object.keys(STORED_AS).join(', '));
  t.next();
  return format;
}
