import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hiveTokens } from '../../../local/athena/statements/hive-tokens.js';
import { namePattern } from '../../../local/athena/statements/name-pattern.js';
import { parseDdl } from '../../../local/athena/statements/parse-ddl.js';
import { readStatement } from '../../../local/athena/statements/read-statement.js';
import { QueryFault } from '../../../local/engine/engine.js';

const read = (sql: string) => {
  try {
    return readStatement(sql).grammar;
  } catch (error) {
    if (error instanceof QueryFault) return error.code;
    throw error;
  }
};

it.each([
  ['/*'.repeat(60_000)],
  [`CREATE TABLE ${'/*'.repeat(60_000)}`],
  [`PREPARE ${'/*'.repeat(60_000)}`],
  [`SHOW TABLES '${"\\'".repeat(60_000)}`],
  [`DROP TABLE ${'`'.repeat(60_001)}`],
  [`DROP TABLE ${'a.'.repeat(60_000)}b`],
  [`CREATE EXTERNAL TABLE t (a ${'array<'.repeat(40_000)}`],
  [`CREATE EXTERNAL TABLE t (a ${'struct<a:'.repeat(200)}int${'>'.repeat(200)}) LOCATION 's3://b/'`],
  [`SHOW TABLES '${'*'.repeat(50)}x'`],
  [`ALTER TABLE t ${'ADD '.repeat(60_000)}`],
])('what is long and wrong is refused at once: %#', (sql) => {
  expect(['SYNTAX_ERROR', 'NOT_SUPPORTED', 'hive', 'trino']).toContain(read(sql));
});

const WORDS =
  `CREATE EXTERNAL TABLE DATABASE ALTER DROP SHOW TABLES MSCK REPAIR DESCRIBE PARTITION PARTITIONED BY ROW FORMAT
  SERDE DELIMITED LOCATION TBLPROPERTIES ADD COLUMNS IF NOT EXISTS PREPARE EXECUTE FROM USING AS SELECT ( ) , = . ; < > 'a'
  "b" \`c\` int array /* */ -- \\ ' " \` 1`.split(/\s+/);

it('a pattern of names is matched, and takes no longer for its stars', () => {
  const matches = (pattern: string, ...names: string[]) => names.filter(namePattern(pattern));
  expect(matches('a*', 'a', 'ab', 'ba')).toEqual(['a', 'ab']);
  expect(matches('a.*|c', 'abc', 'b', 'c')).toEqual(['abc', 'c']);
  expect(matches('*b*d', 'abcd', 'abc', 'bd', 'bdd')).toEqual(['abcd', 'bd', 'bdd']);
  expect(matches('a.c', 'abc', 'ac', 'abbc')).toEqual(['abc']);
  expect(matches(`${'a*'.repeat(1_000)}b`, 'a'.repeat(250))).toEqual([]);
});

it('any text is a statement or refused with a reason', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 5 })), { maxLength: 12 }),
      fc.constantFrom(' ', '', '\n'),
      (parts, between) => {
        read(parts.join(between));
      },
    ),
    { numRuns: 2_000 },
  );
});

it('a string of Hive has escapes, a name in backticks has none', () => {
  const texts = hiveTokens(String.raw`'it\'s' "a\"b" '\001\t\u0041\%' ${'`a\\`'}`).map(({ text }) => text);
  expect(texts).toEqual(["it's", 'a"b', '\u0001\tA\\%', 'a\\', '<EOF>']);
});

it('every clause of CREATE EXTERNAL TABLE is read', () => {
  const sql = `create external table if not exists awsdatacatalog.Db.\`2026 Events\` (
      Id bigint comment 'the id', \`when\` timestamp, price DECIMAL(10, 2), m map<string, array<int>>)
    comment 'all' partitioned by (day string comment 'of it') clustered by (id, price) into 4 buckets
    row format serde 'a.b.C' with serdeproperties ('x' = 'y') stored as inputformat 'i' outputformat 'o'
    location 's3://b/p/' tblproperties ('k' = 'v');`;
  expect(parseDdl(sql)).toEqual({
    kind: 'CREATE_TABLE',
    table: {
      table: { database: 'db', name: '2026 events', written: 'db.2026 events' },
      ifNotExists: true,
      columns: [
        { name: 'id', type: 'bigint', comment: 'the id' },
        { name: 'when', type: 'timestamp', comment: undefined },
        { name: 'price', type: 'decimal(10,2)', comment: undefined },
        { name: 'm', type: 'map<string,array<int>>', comment: undefined },
      ],
      comment: 'all',
      partitionKeys: [{ name: 'day', type: 'string', comment: 'of it' }],
      buckets: { columns: ['id', 'price'], count: 4 },
      serde: { library: 'a.b.C', parameters: { 'serialization.format': '1', x: 'y' } },
      formats: { input: 'i', output: 'o' },
      location: 's3://b/p/',
      properties: { k: 'v' },
    },
  });
});
