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
  ["SELECT 1 FROM customers c JOIN page_views AS p ON c.uuid = p.id WHERE c.year = '2026'", ['page_views']],
  ["SELECT 1 FROM customers JOIN d.page_views ON uuid = id WHERE page_views.year = '2026'", ['customers']],
  ["SELECT 1 FROM customers c, other o WHERE o.year = '2026'", ['customers']],
  ["SELECT 1 FROM customers a JOIN customers b ON a.uuid = b.uuid WHERE a.year = '2026'", ['customers']],
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
  "SELECT 1 FROM customers c JOIN page_views p ON c.uuid = p.id AND p.day = '01' WHERE c.year = '2026'",
  "SELECT 1 FROM (SELECT * FROM customers) s WHERE s.year = '2026'",
  "WITH s AS (SELECT * FROM customers) SELECT 1 FROM s t WHERE t.year = '2026'",
  'DROP TABLE customers',
  'SHOW PARTITIONS customers',
])('%s does not, or is none that reads', (statement) => {
  expect(unfilteredTables(statement, TABLES)).toEqual([]);
});
