import { SqlFault } from '../../engine/sql/sql-fault.js';
import { tokenize } from '../../engine/sql/tokens.js';
import { hiveTokens } from './hive-tokens.js';

/** A kind of statement: what Athena calls it, and what becomes of it here. */
export interface StatementKind {
  /** As a person writes it. */
  readonly statement: string;
  /** Athena's SubstatementType. */
  readonly kind: string;
  readonly type: 'DML' | 'DDL' | 'UTILITY';
  /** Whose grammar it is in. */
  readonly grammar: 'trino' | 'hive' | 'prepared';
  /** The result's object: rows as CSV, lines of text, or none of its own, as of what writes to tables. */
  readonly result: 'csv' | 'txt' | 'none' | 'tables';
  readonly support: 'supported' | 'differs' | 'refused';
  /** How it differs, or why it is refused. */
  readonly note?: string;
}

const dml = { type: 'DML', grammar: 'trino', result: 'csv', support: 'supported' } as const;
const ddl = { type: 'DDL', grammar: 'hive', result: 'txt', support: 'supported' } as const;
const utility = { type: 'UTILITY', grammar: 'hive', result: 'txt', support: 'supported' } as const;
const iceberg = {
  support: 'refused',
  note: 'For Iceberg tables only, which local AWS does not have.',
} as const;

/** By the words that they begin with, the longer first. `CREATE TABLE … AS` is told apart by more than those. */
export const STATEMENT_KINDS: readonly StatementKind[] = [
  { ...dml, statement: 'SELECT', kind: 'SELECT' },
  { ...dml, statement: 'WITH', kind: 'SELECT' },
  { ...dml, statement: 'VALUES', kind: 'SELECT' },
  { ...dml, statement: 'TABLE', kind: 'SELECT' },
  { ...dml, statement: '(', kind: 'SELECT' },
  {
    ...dml,
    statement: 'EXPLAIN',
    kind: 'EXPLAIN',
    result: 'txt',
    support: 'differs',
    note: 'The plan, as text or JSON, names the tables, their files and the columns, with ANALYZE what was read of them; it is not Trino’s. No FORMAT GRAPHVIZ, no TYPE IO.',
  },
  { ...dml, statement: 'INSERT INTO', kind: 'INSERT', result: 'none' },
  { ...dml, statement: 'UNLOAD', kind: 'UNLOAD', result: 'none' },
  { ...dml, ...iceberg, statement: 'DELETE', kind: 'DELETE' },
  { ...dml, ...iceberg, statement: 'UPDATE', kind: 'UPDATE' },
  { ...dml, ...iceberg, statement: 'MERGE', kind: 'MERGE' },
  { ...dml, ...iceberg, statement: 'VACUUM', kind: 'VACUUM_TABLE' },
  {
    ...dml,
    ...iceberg,
    statement: 'OPTIMIZE',
    kind: 'CREATE_TABLE_AS_SELECT',
    type: 'DDL',
    result: 'tables',
  },
  {
    ...dml,
    statement: 'CREATE TABLE AS',
    kind: 'CREATE_TABLE_AS_SELECT',
    type: 'DDL',
    result: 'tables',
    support: 'differs',
    note: 'Formats PARQUET, JSON and TEXTFILE. No buckets. All or nothing: what fails leaves no object.',
  },
  { ...ddl, statement: 'CREATE OR REPLACE VIEW', kind: 'CREATE_VIEW', grammar: 'trino' },
  { ...ddl, statement: 'CREATE VIEW', kind: 'CREATE_VIEW', grammar: 'trino' },
  { ...ddl, statement: 'DROP VIEW', kind: 'DROP_VIEW' },
  { ...ddl, statement: 'CREATE DATABASE', kind: 'CREATE_DATABASE' },
  { ...ddl, statement: 'CREATE SCHEMA', kind: 'CREATE_DATABASE' },
  { ...ddl, statement: 'ALTER DATABASE', kind: 'ALTER_DATABASE' },
  { ...ddl, statement: 'ALTER SCHEMA', kind: 'ALTER_DATABASE' },
  { ...ddl, statement: 'DROP DATABASE', kind: 'DROP_DATABASE' },
  { ...ddl, statement: 'DROP SCHEMA', kind: 'DROP_DATABASE' },
  {
    ...ddl,
    statement: 'CREATE EXTERNAL TABLE',
    kind: 'CREATE_TABLE',
    support: 'differs',
    note: 'Any format can be defined; queries read Parquet, JSON and delimited text.',
  },
  {
    ...ddl,
    ...iceberg,
    statement: 'CREATE TABLE',
    kind: 'CREATE_TABLE',
    note: 'Without EXTERNAL or AS it is for Iceberg tables, which local AWS does not have.',
  },
  { ...ddl, statement: 'DROP TABLE', kind: 'DROP_TABLE' },
  { ...ddl, statement: 'ALTER TABLE ADD COLUMNS', kind: 'ALTER_TABLE_ADD_COLUMN' },
  { ...ddl, statement: 'ALTER TABLE REPLACE COLUMNS', kind: 'ALTER_TABLE_REPLACE_COLUMN' },
  { ...ddl, statement: 'ALTER TABLE ADD PARTITION', kind: 'ALTER_TABLE_ADD_PARTITION' },
  { ...ddl, statement: 'ALTER TABLE DROP PARTITION', kind: 'ALTER_TABLE_DROP_PARTITION' },
  { ...ddl, statement: 'ALTER TABLE RENAME PARTITION', kind: 'ALTER_TABLE_RENAME_PARTITION' },
  { ...ddl, statement: 'ALTER TABLE SET TBLPROPERTIES', kind: 'ALTER_TABLE_PROPERTIES' },
  { ...ddl, statement: 'ALTER TABLE SET LOCATION', kind: 'ALTER_TABLE_SET_LOCATION' },
  { ...ddl, ...iceberg, statement: 'ALTER TABLE DROP COLUMN', kind: 'ALTER_TABLE_DROP_COLUMN' },
  { ...ddl, ...iceberg, statement: 'ALTER TABLE RENAME TO', kind: 'ALTER_TABLE_RENAME' },
  {
    ...ddl,
    statement: 'ALTER TABLE CHANGE COLUMN',
    kind: 'ALTER_TABLE_CHANGE_COLUMN',
    support: 'refused',
    note: 'Not there yet.',
  },
  { ...ddl, statement: 'MSCK REPAIR TABLE', kind: 'MSCK_REPAIR' },
  { ...utility, statement: 'SHOW DATABASES', kind: 'SHOW_DATABASES' },
  { ...utility, statement: 'SHOW SCHEMAS', kind: 'SHOW_DATABASES' },
  { ...utility, statement: 'SHOW TABLES', kind: 'SHOW_TABLES' },
  { ...utility, statement: 'SHOW VIEWS', kind: 'SHOW_VIEWS' },
  { ...utility, statement: 'SHOW COLUMNS', kind: 'SHOW_COLUMNS' },
  { ...utility, statement: 'SHOW PARTITIONS', kind: 'SHOW_PARTITIONS' },
  { ...utility, statement: 'SHOW CREATE TABLE', kind: 'SHOW_CREATE_TABLE' },
  { ...utility, statement: 'SHOW CREATE VIEW', kind: 'SHOW_CREATE_VIEW' },
  { ...utility, statement: 'SHOW TBLPROPERTIES', kind: 'SHOW_TABLE_PROPERTIES' },
  {
    ...utility,
    statement: 'SHOW FUNCTIONS',
    kind: 'SHOW_FUNCTIONS',
    support: 'refused',
    note: 'Not there yet.',
  },
  {
    ...utility,
    statement: 'DESCRIBE',
    kind: 'DESCRIBE_TABLE',
    support: 'differs',
    note: 'Of tables and views, with EXTENDED and FORMATTED; not of one column or partition.',
  },
  { ...utility, statement: 'DESC', kind: 'DESCRIBE_TABLE' },
  { ...ddl, statement: 'PREPARE', kind: 'PREPARE', grammar: 'prepared' },
  { ...ddl, statement: 'DEALLOCATE PREPARE', kind: 'DEALLOCATE_PREPARE', grammar: 'prepared' },
  { ...dml, statement: 'EXECUTE', kind: 'EXECUTE', grammar: 'prepared' },
];

/** The kind of a statement by its words; undefined for one that Athena has not, or that is left out of the list. */
export function statementKind(sql: string): StatementKind | undefined {
  const words = hiveTokens(sql).map(({ upper }) => upper);
  if (words[0] === 'CREATE' && words[1] === 'TABLE' && isCreateTableAs(sql))
    return kindNamed('CREATE TABLE AS');
  if (words[0] === 'ALTER' && words[1] === 'TABLE') return kindNamed(`ALTER TABLE ${alterAction(words)}`);
  const matches = STATEMENT_KINDS.filter(({ statement }) =>
    statement.split(' ').every((word, i) => words[i] === word),
  );
  return matches.reduce<StatementKind | undefined>(
    (best, kind) => (best && best.statement.length >= kind.statement.length ? best : kind),
    undefined,
  );
}

const kindNamed = (name: string) => STATEMENT_KINDS.find(({ statement }) => statement === name);

/** By Trino's tokens, whose strings know no escapes. What is none of its statements is not one. */
function isCreateTableAs(sql: string): boolean {
  try {
    const words = tokenize(sql).map(({ upper }) => upper);
    return words.some(
      (word, i) => word === 'AS' && ['SELECT', 'WITH', 'VALUES', 'TABLE', '('].includes(words[i + 1] ?? ''),
    );
  } catch (error) {
    if (error instanceof SqlFault) return false;
    throw error;
  }
}

/** What an ALTER TABLE does: the first two words that name it, behind the table. */
function alterAction(words: readonly string[]): string {
  const text = words.slice(2).join(' ');
  if (/ RENAME TO PARTITION /.test(text)) return 'RENAME PARTITION';
  const found =
    / (ADD COLUMNS|REPLACE COLUMNS|DROP COLUMN|RENAME TO|SET TBLPROPERTIES|SET LOCATION)\b/.exec(text)?.[1] ??
    / (ADD|DROP)(?: IF NOT EXISTS| IF EXISTS)? PARTITION\b/.exec(text)?.[1];
  if (found === 'ADD' || found === 'DROP') return `${found} PARTITION`;
  return found ?? (/ CHANGE\b/.test(text) ? 'CHANGE COLUMN' : 'ADD COLUMNS');
}
