import { expect, it } from 'vitest';
import { unfilteredTables } from '../../../athena/index.js';

const TABLES = ['customers', 'page_views'];

it.each([
  ['SELECT * FROM customers', ['customers']],
  ['select * from "lakehouse_dev"."Customers" limit 10', ['customers']],
  ['SELECT count(*) FROM customers c JOIN page_views p ON c.uuid = p.id', ['customers', 'page_views']],
  ['SELECT count(*) FROM x, page_views', ['page_views']],
  ['WITH a AS (SELECT * FROM customers) SELECT * FROM a', ['customers']],
  ['SELECT year FROM customers GROUP BY year', ['customers']],
  ['SELECT 1 FROM customers WHERE year(event_date) = 2026', ['customers']],
  ["SELECT 1 FROM customers -- WHERE year = '2026'", ['customers']],
  ["SELECT 1 FROM customers WHERE name = 'year'", ['customers']],
  ["UNLOAD (SELECT * FROM customers) TO 's3://b/x/' WITH (format = 'PARQUET')", ['customers']],
])('%s reads every folder', (statement, expected) => {
  expect(unfilteredTables(statement, TABLES)).toEqual(expected);
});

it.each([
  'SELECT 1',
  'SELECT customers FROM other',
  "SELECT 'FROM customers'",
  'SELECT * FROM customers.other',
  "SELECT 1 FROM customers WHERE year = '2026'",
  "SELECT 1 FROM customers c WHERE c.\"day\" BETWEEN '01' AND '03'",
  "SELECT 1 FROM customers WHERE year || month = '202602' GROUP BY year",
  'DROP TABLE customers',
  'SHOW PARTITIONS customers',
])('%s does not, or is none that reads', (statement) => {
  expect(unfilteredTables(statement, TABLES)).toEqual([]);
});
