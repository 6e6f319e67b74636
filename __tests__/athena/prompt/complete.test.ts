import { expect, it } from 'vitest';
import { complete } from '../../../athena/prompt/complete.js';

const column = (name: string) => ({ name, type: 'string', comment: '', isPartition: false });
const TABLES = [
  { name: 'customers', comment: '', columns: ['uuid', 'status'].map(column) },
  { name: 'page_views', comment: '', columns: ['id', 'seconds'].map(column) },
];

it.each([
  ['SELECT * FROM cu', ['customers'], 'cu'],
  ['SELECT * FROM ', ['customers', 'page_views'], ''],
  ['SELECT * FROM customers JOIN p', ['page_views'], 'p'],
  ['SELECT st', ['status'], 'st'],
  ['SELECT 1 FROM customers WHERE u', ['uuid', 'using', 'union', 'unnest', 'unload'], 'u'],
  ['SELECT customers.', ['uuid', 'status'], ''],
  ['SELECT 1 FROM page_views AS p WHERE p.s', ['seconds'], 's'],
  ['SELECT 1 FROM page_views p\nWHERE p.', ['id', 'seconds'], ''],
  ['SELECT nothing.', [], ''],
  ['sel', ['select'], 'sel'],
  ['SEL', ['SELECT'], 'SEL'],
  ['SELECT 1 FROM customers WHERE se', ['select'], 'se'],
  ['\\', ['\\d', '\\n', '\\f', '\\x', '\\c', '\\q', '\\?'], '\\'],
  ['\\d p', ['page_views'], 'p'],
  ['\\n customers-d', ['customers-duplicates'], 'customers-d'],
])('%j may go on with %j', (text, expected, word) => {
  expect(complete(text, TABLES)).toEqual([expected, word]);
});

it('knows the words of SQL where there is no catalog', () => {
  expect(complete('SELECT count(*) WH', [])).toEqual([['WHERE', 'WHEN'], 'WH']);
});
