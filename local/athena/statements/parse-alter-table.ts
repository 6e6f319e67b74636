import { notSupported } from '../../engine/sql/sql-fault.js';
import type { TokenCursor } from '../../engine/sql/tokens.js';
import type { Ddl } from './ddl.js';
import { type HiveTable, hiveProperties, hiveString, hiveTable } from './hive-tokens.js';
import { parseColumns, parsePartitionSpec } from './parse-columns.js';

/** Reads an ALTER TABLE behind those words. */
export function parseAlterTable(t: TokenCursor): Ddl {
  const table = hiveTable(t);
  if (t.accept('ADD', 'COLUMNS')) return { kind: 'ALTER_TABLE_ADD_COLUMN', table, columns: parseColumns(t) };
  if (t.accept('REPLACE', 'COLUMNS'))
    return { kind: 'ALTER_TABLE_REPLACE_COLUMN', table, columns: parseColumns(t) };
  if (t.is('ADD')) return parseAddPartition(t, table);
  if (t.is('DROP')) return parseDropPartition(t, table);
  const partition = t.accept('PARTITION') ? parsePartitionSpec(t) : undefined;
  if (t.accept('SET', 'LOCATION'))
    return { kind: 'ALTER_TABLE_SET_LOCATION', table, partition, location: hiveString(t) };
  if (partition) {
    t.expect('RENAME', 'TO', 'PARTITION');
    return { kind: 'ALTER_TABLE_RENAME_PARTITION', table, from: partition, to: parsePartitionSpec(t) };
  }
  if (t.accept('SET', 'TBLPROPERTIES'))
    return { kind: 'ALTER_TABLE_PROPERTIES', table, properties: hiveProperties(t) };
  if (t.is('RENAME', 'TO') || t.is('CHANGE'))
    throw notSupported(`ALTER TABLE ${t.peek().upper}`, t.peek().at);
  throw t.mismatch("'ADD', 'DROP', 'PARTITION', 'REPLACE', 'SET'");
}

function parseAddPartition(t: TokenCursor, table: HiveTable): Ddl {
  t.expect('ADD');
  const ifNotExists = t.accept('IF', 'NOT', 'EXISTS');
  const partitions = [];
  do {
    t.expect('PARTITION');
    const spec = parsePartitionSpec(t);
    partitions.push({ spec, location: t.accept('LOCATION') ? hiveString(t) : undefined });
  } while (t.is('PARTITION'));
  return { kind: 'ALTER_TABLE_ADD_PARTITION', table, ifNotExists, partitions };
}

function parseDropPartition(t: TokenCursor, table: HiveTable): Ddl {
  t.expect('DROP');
  const ifExists = t.accept('IF', 'EXISTS');
  if (t.is('COLUMN')) throw notSupported('ALTER TABLE DROP COLUMN', t.peek().at);
  const partitions = t.list(() => {
    t.expect('PARTITION');
    return parsePartitionSpec(t);
  });
  return { kind: 'ALTER_TABLE_DROP_PARTITION', table, ifExists, partitions };
}
