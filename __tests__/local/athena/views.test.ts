import { GetTableCommand, UpdateTableCommand } from '@aws-sdk/client-glue';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningAthena, runAthena } from './running-athena.js';

let athena: RunningAthena;
beforeAll(async () => {
  athena = await runAthena();
  await athena.run("CREATE TABLE people AS SELECT * FROM (VALUES (1, 'Ada'), (2, 'Bob')) AS v (id, name)");
  await athena.run('CREATE DATABASE other');
});
afterAll(() => athena.end());

it('a view is its query under a name, whoever asks and from which database', async () => {
  await athena.run(
    'CREATE VIEW other.named AS WITH people AS (SELECT * FROM d.people) SELECT name, id * 2 AS twice FROM people',
  );
  await athena.run(
    "CREATE OR REPLACE VIEW few AS SELECT twice, name AS who, 'x' AS x FROM other.named WHERE twice > 2",
  );
  expect(await athena.rows('SELECT * FROM few')).toEqual([['4', 'Bob', 'x']]);
  expect(
    await athena.rows('WITH people AS (SELECT 1 AS a) SELECT f.who, a FROM d.few f CROSS JOIN people', {
      QueryExecutionContext: { Database: 'other' },
    }),
  ).toEqual([['Bob', '1']]);
  expect(await athena.rows('SELECT few.who FROM few JOIN other.named ON named.name = few.who')).toEqual([
    ['Bob'],
  ]);
});

it('a view reads the tables of its own database, and no CTE of the statement that names it', async () => {
  await athena.run('CREATE VIEW plain AS SELECT name FROM people');
  const sql = "WITH people AS (SELECT 'of the CTE' AS name) SELECT plain.name FROM d.plain ORDER BY 1";
  const inOther = { QueryExecutionContext: { Database: 'other' } };
  expect(await athena.rows(sql, inOther)).toEqual([['Ada'], ['Bob']]);
  expect(await athena.rows('SELECT name FROM d.plain ORDER BY 1', inOther)).toEqual([['Ada'], ['Bob']]);
  await athena.run('DROP VIEW plain');
});

// https://stackoverflow.com/a/56347331 and the facts: what Athena keeps in Glue.
it('a view is kept in Glue as Athena keeps it', async () => {
  const { Table } = await athena.running.clients.glue.send(
    new GetTableCommand({ DatabaseName: 'd', Name: 'few' }),
  );
  expect(Table).toMatchObject({
    TableType: 'VIRTUAL_VIEW',
    ViewExpandedText: '/* Presto View */',
    Parameters: { presto_view: 'true' },
  });
  const [, text = ''] = /^\/\* Presto View: (.*) \*\/$/.exec(Table?.ViewOriginalText ?? '') ?? [];
  expect(JSON.parse(Buffer.from(text, 'base64').toString())).toEqual({
    originalSql: "SELECT twice, name AS who, 'x' AS x FROM other.named WHERE twice > 2",
    catalog: 'awsdatacatalog',
    schema: 'd',
    columns: [
      { name: 'twice', type: 'integer' },
      { name: 'who', type: 'varchar(3)' },
      { name: 'x', type: 'varchar(1)' },
    ],
  });
});

// Trino's StatementAnalyzer: a view is not replaced by one that reads it.
it('a view that would read itself is refused when it is replaced, and stays as it is', async () => {
  await athena.run('CREATE VIEW first AS SELECT 1 AS a');
  await athena.run('CREATE VIEW second AS SELECT * FROM first');
  expect(await athena.reason('CREATE OR REPLACE VIEW first AS SELECT a + 1 AS a FROM first')).toMatch(
    'VIEW_IS_RECURSIVE: line 1:56: Statement would create a recursive view',
  );
  expect(await athena.reason('CREATE OR REPLACE VIEW first AS SELECT * FROM second')).toMatch(
    'Statement would create a recursive view',
  );
  expect(await athena.rows('SELECT a FROM second')).toEqual([['1']]);
  await athena.run('DROP VIEW second');
  await athena.run('DROP VIEW first');
});

it('a view is listed, described and shown', async () => {
  expect(await athena.lines('SHOW VIEWS')).toEqual(['few']);
  expect(await athena.lines('SHOW TABLES')).toEqual(['few', 'people']);
  const { execution, rows } = await athena.run('DESCRIBE few');
  expect(execution.SubstatementType).toBe('DESC_VIEW');
  expect(rows).toEqual([['twice\tinteger'], ['who\tvarchar(3)'], ['x\tvarchar(1)']]);
  expect(await athena.lines('SHOW CREATE VIEW "few"')).toEqual([
    'CREATE VIEW few AS',
    "SELECT twice, name AS who, 'x' AS x FROM other.named WHERE twice > 2",
  ]);
});

it.each([
  [
    'CREATE VIEW few AS SELECT 1 AS a',
    /TABLE_ALREADY_EXISTS: line 1:1: View 'awsdatacatalog.d.few' already exists/,
  ],
  ['CREATE OR REPLACE VIEW people AS SELECT 1 AS a', /TABLE_ALREADY_EXISTS: line 1:1: Table/],
  ['CREATE VIEW v AS SELECT 1', /MISSING_COLUMN_NAME/],
  ['CREATE VIEW v AS SELECT 1 AS a, 2 AS a', /DUPLICATE_COLUMN_NAME/],
  ['CREATE VIEW v AS SELECT * FROM nothing_there', /TABLE_NOT_FOUND/],
  ['CREATE VIEW nowhere.v AS SELECT 1 AS a', /SCHEMA_NOT_FOUND/],
  ['DROP TABLE few', /Cannot drop a view with DROP TABLE/],
  ['DROP VIEW people', /Cannot drop a base table with DROP VIEW/],
  ['INSERT INTO few VALUES (1)', /Inserting into views is not supported/],
])('%s is refused', async (sql, reason) => {
  expect(await athena.reason(sql)).toMatch(reason);
});

it('views that name each other in a circle are an error, and no endless work', async () => {
  await athena.run('CREATE VIEW one AS SELECT 1 AS a');
  await athena.run('CREATE VIEW two AS SELECT a FROM one');
  // Athena makes none: what `two` is becomes that of `one` in Glue, so that it reads itself.
  const { glue } = athena.running.clients;
  const { Table } = await glue.send(new GetTableCommand({ DatabaseName: 'd', Name: 'two' }));
  const { TableType, Parameters, StorageDescriptor, ViewOriginalText, ViewExpandedText } = Table ?? {};
  const view = { TableType, Parameters, StorageDescriptor, ViewOriginalText, ViewExpandedText };
  await glue.send(new UpdateTableCommand({ DatabaseName: 'd', TableInput: { Name: 'one', ...view } }));
  expect(await athena.reason('SELECT * FROM one')).toMatch(/INVALID_VIEW|VIEW_IS_RECURSIVE/);
});

it('a view is dropped', async () => {
  await athena.run('DROP VIEW few');
  await athena.run('DROP VIEW IF EXISTS few');
  expect(await athena.reason('SELECT * FROM few')).toMatch(/TABLE_NOT_FOUND/);
  expect(athena.running.troubles).toEqual([]);
});
