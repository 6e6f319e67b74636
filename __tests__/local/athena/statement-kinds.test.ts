import { expect, it } from 'vitest';
import { statementsDocument } from '../../../local/athena/statements/document.js';
import { STATEMENT_KINDS, statementKind } from '../../../local/athena/statements/statement-kinds.js';

// SubstatementTypes as measured of Athena (github.com/aoyagikouhei/athena-local, docs/dev/measurements/statements.md).
it.each([
  ['SELECT 1', 'DML SELECT'],
  ['(SELECT 1)', 'DML SELECT'],
  ['with x AS (SELECT 1 AS n) SELECT * FROM x', 'DML SELECT'],
  ['TABLE t', 'DML SELECT'],
  ['/* SHOW TABLES */ SELECT 1', 'DML SELECT'],
  ['-- SELECT\nSHOW TABLES', 'UTILITY SHOW_TABLES'],
  ['INSERT INTO t VALUES 1', 'DML INSERT'],
  ["UNLOAD (SELECT 1) TO 's3://b/'", 'DML UNLOAD'],
  ['EXPLAIN SELECT 1', 'DML EXPLAIN'],
  ['VACUUM t', 'DML VACUUM_TABLE'],
  ['OPTIMIZE t REWRITE DATA USING BIN_PACK', 'DDL CREATE_TABLE_AS_SELECT'],
  ["CREATE TABLE c WITH (format = 'PARQUET') AS SELECT * FROM t", 'DDL CREATE_TABLE_AS_SELECT'],
  ['CREATE TABLE "t" AS -- c\n(VALUES 1)', 'DDL CREATE_TABLE_AS_SELECT'],
  ['CREATE TABLE t (id string)', 'DDL CREATE_TABLE'],
  ["CREATE EXTERNAL /* c */ TABLE t (a int) LOCATION 's3://b/'", 'DDL CREATE_TABLE'],
  ['CREATE OR REPLACE VIEW v AS SELECT 1 AS n', 'DDL CREATE_VIEW'],
  ['CREATE SCHEMA IF NOT EXISTS db', 'DDL CREATE_DATABASE'],
  ['DROP DATABASE IF EXISTS db CASCADE', 'DDL DROP_DATABASE'],
  ['DROP TABLE IF EXISTS t', 'DDL DROP_TABLE'],
  ['DROP VIEW v', 'DDL DROP_VIEW'],
  [
    "ALTER TABLE t SET TBLPROPERTIES('comment' = 'remember to add columns for region')",
    'DDL ALTER_TABLE_PROPERTIES',
  ],
  ['ALTER TABLE `a`.`b` -- c\n ADD COLUMNS(m int)', 'DDL ALTER_TABLE_ADD_COLUMN'],
  ['ALTER TABLE t REPLACE COLUMNS (n int)', 'DDL ALTER_TABLE_REPLACE_COLUMN'],
  ["ALTER TABLE t ADD IF NOT EXISTS PARTITION (p = 'v')", 'DDL ALTER_TABLE_ADD_PARTITION'],
  ["ALTER TABLE t DROP PARTITION (p = 'v')", 'DDL ALTER_TABLE_DROP_PARTITION'],
  ["ALTER TABLE t PARTITION (p = 'v') RENAME TO PARTITION (p = 'w')", 'DDL ALTER_TABLE_RENAME_PARTITION'],
  ['ALTER TABLE t RENAME TO u', 'DDL ALTER_TABLE_RENAME'],
  ['ALTER TABLE t DROP COLUMN c', 'DDL ALTER_TABLE_DROP_COLUMN'],
  ["ALTER TABLE t SET LOCATION 's3://b/'", 'DDL ALTER_TABLE_SET_LOCATION'],
  ['MSCK REPAIR TABLE t', 'DDL MSCK_REPAIR'],
  ['SHOW SCHEMAS', 'UTILITY SHOW_DATABASES'],
  ['SHOW CREATE VIEW v', 'UTILITY SHOW_CREATE_VIEW'],
  ['SHOW TBLPROPERTIES t', 'UTILITY SHOW_TABLE_PROPERTIES'],
  ['DESC t', 'UTILITY DESCRIBE_TABLE'],
])('%s is %s', (sql, expected) => {
  const { type, kind } = statementKind(sql) ?? {};
  expect(`${type} ${kind}`).toBe(expected);
});

it('the document has every kind, with a reason for each that is refused', () => {
  const document = statementsDocument();
  for (const { statement, support, note } of STATEMENT_KINDS) {
    if (statement !== '(') expect(document).toContain(`| \`${statement}\` | ${support}`);
    if (support !== 'supported') expect(note, statement).toBeTruthy();
  }
});
