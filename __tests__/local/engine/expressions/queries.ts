import { from, type Row } from './table.js';

const T = '(VALUES (1, 10), (1, 20), (2, 30)) AS t(a, b)';

/** Rows apart by ` | `, as CSV. */
export const QUERIES: readonly Row[] = [
  ...from('https://trino.io/docs/current/sql/select.html', [
    [`SELECT a, sum(b) FROM ${T} GROUP BY a ORDER BY a`, '"1","30" | "2","30"'],
    [`SELECT a, sum(b) FROM ${T} GROUP BY GROUPING SETS ((a), ()) ORDER BY a`, '"1","30" | "2","30" | ,"60"'],
    [
      `SELECT a, b, count(*) FROM ${T} GROUP BY CUBE (a, b) HAVING count(*) > 1 ORDER BY a, b`,
      '"1",,"2" | ,,"3"',
    ],
    [
      `SELECT a, b, grouping(a, b) FROM ${T} GROUP BY ROLLUP (a, b) ORDER BY 3, 1, 2`,
      '"1","10","0" | "1","20","0" | "2","30","0" | "1",,"1" | "2",,"1" | ,,"3"',
    ],
    ['SELECT 1 UNION SELECT 1 UNION ALL SELECT 1', '"1" | "1"'],
    ['SELECT 1 UNION SELECT 2 INTERSECT SELECT 3', '1'],
    ['SELECT x FROM (VALUES 1, 2, 3) AS t(x) EXCEPT SELECT 2 ORDER BY 1', '"1" | "3"'],
    ['SELECT x FROM (VALUES 1, 1, 2) AS t(x) INTERSECT ALL SELECT x FROM (VALUES 1, 1) AS t(x)', '"1" | "1"'],
    ['SELECT x FROM (VALUES 3, 1, 2) AS t(x) ORDER BY x OFFSET 1 ROW FETCH FIRST ROW ONLY', '2'],
    ['SELECT x FROM (VALUES 1, 1, 2) AS t(x) ORDER BY x FETCH FIRST 1 ROW WITH TIES', '"1" | "1"'],
    ['SELECT x FROM (VALUES 1, 1, 2) AS t(x) FETCH FIRST 1 ROW WITH TIES', '! MISSING_ORDER_BY'],
    ['SELECT x FROM (VALUES 2, NULL, 1) AS t(x) ORDER BY x DESC', '"2" | "1" | '],
    ["SELECT n FROM (VALUES 'a', 'B') AS t(n) ORDER BY n", '"B" | "a"'],
    [
      'SELECT numbers, n FROM (VALUES ARRAY[2, 5], ARRAY[7]) AS x (numbers) CROSS JOIN UNNEST(numbers) AS t (n) ORDER BY n',
      '"[2, 5]","2" | "[2, 5]","5" | "[7]","7"',
    ],
    [
      'SELECT n, a FROM (VALUES ARRAY[2, 5], ARRAY[7]) AS x (numbers) CROSS JOIN UNNEST(numbers) WITH ORDINALITY AS t (n, a) ORDER BY n',
      '"2","1" | "5","2" | "7","1"',
    ],
    [
      "SELECT * FROM UNNEST(ARRAY['cat', 'dog', 'bird'], MAP(ARRAY['x'], ARRAY[1])) AS t(animal, k, v)",
      '"cat","x","1" | "dog",, | "bird",,',
    ],
    [
      "SELECT a, b FROM UNNEST(ARRAY[ROW('Java', 1995), ROW('SQL', 1974)]) AS t(a, b) ORDER BY b",
      '"SQL","1974" | "Java","1995"',
    ],
    ['SELECT checkpoint FROM (VALUES ARRAY[]) AS x(c) LEFT JOIN UNNEST(c) AS t(checkpoint) ON TRUE', null],
    ['SELECT (SELECT sum(x) FROM UNNEST(c) AS t(x)) FROM (VALUES ARRAY[1, 2]) AS v(c)', '3'],
    [
      'SELECT a, m FROM (VALUES 1, 2) AS t(a) CROSS JOIN LATERAL (SELECT a * 10 AS m) ORDER BY a',
      '"1","10" | "2","20"',
    ],
    ['SELECT a FROM (VALUES 1, 2) AS t(a) WHERE EXISTS (SELECT 1 FROM (VALUES 2) AS u(b) WHERE b = a)', '2'],
    ['SELECT a FROM (VALUES 1, 2) AS t(a) WHERE a NOT IN (SELECT NULL)', null],
    ['SELECT (SELECT a FROM (VALUES 1, 2) AS t(a))', '! SUBQUERY_MULTIPLE_ROWS'],
    ['SELECT (SELECT 1 WHERE false)', null],
    [
      'SELECT a.x, b.x FROM (VALUES 1, 2) AS a(x) FULL JOIN (VALUES 2, 3) AS b(x) ON a.x = b.x ORDER BY 1, 2',
      '"1", | "2","2" | ,"3"',
    ],
    [
      'SELECT x FROM (VALUES 1, 2) AS a(x) FULL JOIN (VALUES 2, 3) AS b(x) USING (x) ORDER BY x',
      '"1" | "2" | "3"',
    ],
    ['WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT y FROM b', '2'],
    ["VALUES (1, 'a'), (2, 'b')", '"1","a" | "2","b"'],
    ['SELECT t.* FROM (VALUES (1, 2)) AS t(a, b)', '"1","2"'],
    ['SELECT DISTINCT a FROM (VALUES 1, 1) AS t(a)', '1'],
    [
      'WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 4) SELECT sum(n) FROM t',
      '10',
    ],
    [
      'WITH RECURSIVE t(n) AS (VALUES 1 UNION ALL SELECT n + 1 FROM t WHERE n < 11) SELECT max(n) FROM t',
      '11',
    ],
    [
      'WITH RECURSIVE t(n) AS (VALUES 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t',
      '! NOT_SUPPORTED',
    ],
    [
      'WITH RECURSIVE t(n) AS (VALUES 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t',
      '! NOT_SUPPORTED',
    ],
    [
      'WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t',
      '! MISSING_COLUMN_ALIASES',
    ],
    [
      'WITH RECURSIVE t(n) AS (VALUES 1 UNION ALL SELECT n || NULL FROM t) SELECT max(n) FROM t',
      '! TYPE_MISMATCH',
    ],
    ['WITH RECURSIVE a(n) AS (SELECT 1), b AS (SELECT n FROM a) SELECT n FROM b', '1'],
  ]),
  ...from('TestAnalyzer', [
    [`SELECT a, b FROM ${T} GROUP BY a`, '! EXPRESSION_NOT_AGGREGATE'],
    [`SELECT a AS k FROM ${T} GROUP BY k`, '! COLUMN_NOT_FOUND'],
    [`SELECT nope FROM ${T}`, '! COLUMN_NOT_FOUND'],
    [`SELECT a FROM ${T} JOIN (VALUES 1) AS u(a) ON true`, '! AMBIGUOUS_NAME'],
    [`SELECT a FROM ${T} ORDER BY 5`, '! INVALID_COLUMN_REFERENCE'],
    [`SELECT DISTINCT a FROM ${T} ORDER BY b`, '! EXPRESSION_NOT_IN_DISTINCT'],
    ['SELECT * FROM nosuch', '! TABLE_NOT_FOUND'],
    ['SELECT *', '! COLUMN_NOT_FOUND'],
    ['SELECT foo(1)', '! FUNCTION_NOT_FOUND'],
    ['SELECT 1 UNION SELECT 1, 2', '! TYPE_MISMATCH'],
    ["SELECT 1 UNION SELECT 'a'", '! TYPE_MISMATCH'],
    ["VALUES (1), ('a')", '! TYPE_MISMATCH'],
    [`SELECT sum(b) FROM ${T} WHERE sum(b) > 1`, '! EXPRESSION_NOT_SCALAR'],
    [`SELECT a FROM ${T} HAVING a`, '! TYPE_MISMATCH'],
    ['SELECT * FROM UNNEST(1)', '! INVALID_FUNCTION_ARGUMENT'],
    ["SELECT lower(DISTINCT 'a')", '! FUNCTION_NOT_AGGREGATE'],
    ['SELECT 1 +', '! SYNTAX_ERROR'],
    ['SELECT x -> x', '! SYNTAX_ERROR'],
  ]),
  ...from('SqlBase.g4: an empty grouping set; no BETWEEN SYMMETRIC', [
    ['SELECT sum(a) FROM (VALUES 1, 2) AS t(a) GROUP BY ()', '3'],
    ['SELECT a, sum(b) FROM (VALUES (1, 2)) AS t(a, b) GROUP BY (), a', '"1","2"'],
    ['SELECT 2 BETWEEN SYMMETRIC 3 AND 1', '! SYNTAX_ERROR'],
  ]),
];
