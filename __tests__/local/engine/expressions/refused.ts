import { from, type Row } from './table.js';

/** What Athena has and this engine names as missing. */
export const REFUSED: readonly Row[] = from('no answer: refused by its name', [
  ['SELECT (CAST(ROW(1) AS ROW(a integer))).*', '! NOT_SUPPORTED'],
  ['SELECT t.* AS (x) FROM (VALUES 1) AS t(a)', '! NOT_SUPPORTED'],
  ["U&'!0041' UESCAPE '!'", '! NOT_SUPPORTED'],
  ["JSON_OBJECT('a' : 1)", '! NOT_SUPPORTED'],
  ['SELECT checksum(x) FROM (VALUES 1) AS t(x)', '! NOT_SUPPORTED'],
  ['SELECT approx_set(x) FROM (VALUES 1) AS t(x)', '! NOT_SUPPORTED'],
  ['ST_Point(1, 2)', '! NOT_SUPPORTED'],
  ["spooky_hash_v2_32(X'00')", '! NOT_SUPPORTED'],
  ["word_stem('x')", '! NOT_SUPPORTED'],
  ['current_time', '! NOT_SUPPORTED'],
  ["TIME '01:00'", '! NOT_SUPPORTED'],
  ["CAST('x' AS char(2))", '! NOT_SUPPORTED'],
  ["json_query('{}', 'lax $')", '! NOT_SUPPORTED'],
  ["json_extract('{}', '$..a')", '! NOT_SUPPORTED'],
  ['SELECT * FROM (VALUES 1) AS t(x) TABLESAMPLE BERNOULLI (10)', '! NOT_SUPPORTED'],
  ['SELECT * FROM (VALUES 1) AS t(x) MATCH_RECOGNIZE (PATTERN (A))', '! NOT_SUPPORTED'],
  ['WITH RECURSIVE t(n) AS (VALUES 1 UNION SELECT n + 1 FROM t) SELECT * FROM t', '! NOT_SUPPORTED'],
  ["CAST('2001-01-01 00:00:00 Europe/Paris' AS timestamp with time zone)", '! NOT_SUPPORTED'],
  ["TIMESTAMP '2001-01-01 00:00:00.123456'", '! NOT_SUPPORTED'],
  ['SELECT * FROM (VALUES 1) AS a(x) NATURAL JOIN (VALUES 1) AS b(x)', '! NOT_SUPPORTED'],
  ["CAST('2001-01-01 00:00:00.123456' AS timestamp(6))", '! NOT_SUPPORTED'],
  ["SELECT at_timezone(now(), z) FROM (VALUES 'UTC') AS t(z)", '! NOT_SUPPORTED'],
  [
    "SELECT x FROM (VALUES TIMESTAMP '2001-01-01 00:00:00 UTC', TIMESTAMP '2001-01-01 00:00:00 Europe/Paris') AS t(x)",
    '! NOT_SUPPORTED',
  ],
  ["SELECT from_iso8601_timestamp(x) FROM (VALUES '2001-01-01T00:00:00+01:00') AS t(x)", '! NOT_SUPPORTED'],
]);
