import { notSupported, SqlFault } from '../../engine/sql/sql-fault.js';
import type { TokenCursor } from '../../engine/sql/tokens.js';
import type { Ddl } from './ddl.js';
import { type HiveTable, hiveDatabase, hiveName, hiveString, hiveTable } from './hive-tokens.js';

/** Reads a SHOW behind that word. */
export function parseShow(t: TokenCursor): Ddl {
  if (t.accept('DATABASES') || t.accept('SCHEMAS'))
    return { kind: 'SHOW_DATABASES', pattern: parsePattern(t) };
  if (t.accept('TABLES')) return { kind: 'SHOW_TABLES', ...parseIn(t) };
  if (t.accept('VIEWS')) return { kind: 'SHOW_VIEWS', ...parseIn(t) };
  if (t.accept('COLUMNS')) return { kind: 'SHOW_COLUMNS', table: parseColumnsOf(t) };
  if (t.accept('PARTITIONS')) return { kind: 'SHOW_PARTITIONS', table: hiveTable(t) };
  if (t.accept('CREATE', 'TABLE')) return { kind: 'SHOW_CREATE_TABLE', table: hiveTable(t) };
  if (t.accept('CREATE', 'VIEW')) return { kind: 'SHOW_CREATE_VIEW', table: viewName(t) };
  if (t.accept('TBLPROPERTIES')) {
    const table = hiveTable(t);
    const property = t.is('(') ? t.inParentheses(() => hiveString(t)) : undefined;
    return { kind: 'SHOW_TABLE_PROPERTIES', table, property };
  }
  const { upper, at } = t.peek();
  if (upper === 'FUNCTIONS') throw notSupported('SHOW FUNCTIONS', at);
  throw t.mismatch(
    "'COLUMNS', 'CREATE', 'DATABASES', 'PARTITIONS', 'SCHEMAS', 'TABLES', 'TBLPROPERTIES', 'VIEWS'",
  );
}

function parseIn(t: TokenCursor) {
  const database = t.accept('IN') || t.accept('FROM') ? hiveDatabase(t) : undefined;
  return { database, pattern: parsePattern(t) };
}

function parsePattern(t: TokenCursor): string | undefined {
  const at = t.peek().at;
  if (!t.accept('LIKE') && t.peek().kind !== 'string') return undefined;
  const pattern = hiveString(t);
  if (/^[\p{L}\p{N}_.*|$%-]*$/u.test(pattern)) return pattern;
  throw new SqlFault('NOT_SUPPORTED', `The pattern '${pattern}' is not supported by local AWS`, at);
}

/** `{FROM | IN} [db.]table`, or `{FROM | IN} table {FROM | IN} db`. */
function parseColumnsOf(t: TokenCursor): HiveTable {
  const opens = () => t.accept('FROM') || t.accept('IN');
  if (!opens()) throw t.mismatch("'FROM', 'IN'");
  const table = hiveTable(t);
  if (!opens()) return table;
  const database = hiveName(t);
  return { database, name: table.name, written: `${database}.${table.name}` };
}

/** A view's name may stand in double quotes, as in queries. */
export function viewName(t: TokenCursor): HiveTable {
  const part = () => (t.peek().kind === 'string' ? t.next().text.toLowerCase() : hiveName(t));
  const { at } = t.peek();
  const parts = [part()];
  while (t.accept('.')) parts.push(part());
  const [name = '', database, ...more] = parts.reverse();
  const isCatalog = more.length === 1 && more[0] === 'awsdatacatalog';
  if (more.length > 0 && !isCatalog) throw new SqlFault('SYNTAX_ERROR', 'Invalid view name', at);
  return { database, name, written: database === undefined ? name : `${database}.${name}` };
}
