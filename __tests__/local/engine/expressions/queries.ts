import { from, type Row } from './table.js';

const T = '(VALUES (1, 10), (1, 20), (2, 30)) AS t(a, b)';

/** Rows apart by ` | `, as CSV. */
export const QUERIES: readonly Row[] = [
  ...from('StatementAnalyzer.analyzeOrderBy: a literal is a position only if it is a whole number', [
    ["SELECT x FROM (VALUES 1, 2) t(x) ORDER BY 'x', x DESC", '"2" | "1"'],
    ['SELECT x FROM (VALUES 1, 2) t(x) ORDER BY true, NULL, x DESC', '"2" | "1"'],
    ["SELECT array_agg(x ORDER BY 'x', x DESC) FROM (VALUES 1, 2) t(x)", '[2, 1]'],
    ["SELECT 'a' x UNION ALL SELECT 'b' ORDER BY 'c', x DESC", '"b" | "a"'],
  ]),
  ...from('https://trino.io/docs/current/sql/select.html, by its words', [
    [
      'SELECT * FROM (VALUES 1, 2) a(x), (VALUES 1) b(y) RIGHT JOIN (VALUES 1, 5) c(z) ON b.y = c.z ORDER BY x, z',
      '"1","1","1" | "1",,"5" | "2","1","1" | "2",,"5"',
    ],
    [
      'SELECT * FROM (VALUES 1, 2) a(x), (VALUES 1) b(y) FULL JOIN (VALUES 5) c(z) ON b.y = c.z ORDER BY x, z',
      '"1",,"5" | "1","1", | "2",,"5" | "2","1",',
    ],
    [
      'SELECT * FROM (VALUES 1) a(x), (VALUES 1) b(y) LEFT JOIN UNNEST(ARRAY[x, 7]) AS c(z) ON true ORDER BY z',
      '"1","1","1" | "1","1","7"',
    ],
    ['WITH a AS (SELECT 1), a AS (SELECT 2) SELECT * FROM a', '! DUPLICATE_NAMED_QUERY'],
    ['SELECT x FROM (VALUES MAP(ARRAY[1], ARRAY[2])) AS t(x) ORDER BY x', '! TYPE_MISMATCH'],
    ['SELECT x FROM (VALUES MAP(ARRAY[1], ARRAY[2])) AS t(x) ORDER BY 1', '! TYPE_MISMATCH'],
    ["SELECT row_number() OVER (ORDER BY x) FROM (VALUES JSON '1') AS t(x)", '! TYPE_MISMATCH'],
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
  ...from('TestGroupBy', [
    ['SELECT CAST(x AS bigint) FROM (VALUES 42) t(x) GROUP BY CAST(x AS BIGINT)', '42'],
    [
      'SELECT CAST(row(x) AS row(abc bigint)) FROM (VALUES 42) t(x) GROUP BY CAST(row(x) AS row(ABC bigint))',
      '{abc=42}',
    ],
    ['SELECT a + 1, a + 1 FROM (VALUES 1) t(a) GROUP BY 1, 2', '"2","2"'],
    ['SELECT 1 FROM (VALUES 1) t(a) GROUP BY t.A + 1, a + 1', '1'],
    ['SELECT a + 1 FROM (VALUES 1) t(a) GROUP BY t.A + 1, 1', '2'],
    ['SELECT t.a + 1 FROM (VALUES 1) t(a) GROUP BY A + 1', '2'],
    ['SELECT null GROUP BY 1, 1', null],
  ]),
  ...from('TestGrouping', [
    ['SELECT GROUPING(k), SUM(v) + 1e0 FROM (VALUES (1, 1)) AS t(k,v) GROUP BY k', '"0","2.0"'],
  ]),
  ...from('TestDistinctWithOrderBy', [
    ['SELECT DISTINCT a + B FROM (VALUES (2, 2), (1, 1), (2, 2)) t(a, b) ORDER BY a + t.b', '"2" | "4"'],
    [
      'SELECT DISTINCT a, b a FROM (VALUES (2, 10), (1, 20), (2, 10)) T(a, b) ORDER BY T.a',
      '"1","20" | "2","10"',
    ],
    [
      'SELECT DISTINCT 1 AS a, a + b FROM (VALUES (1, 2)) t(a, b) ORDER BY a + b',
      '! EXPRESSION_NOT_IN_DISTINCT',
    ],
    [
      'SELECT DISTINCT -a AS a, a + b FROM (VALUES (1, 2)) t(a, b) ORDER BY a + b',
      '! EXPRESSION_NOT_IN_DISTINCT',
    ],
    ['SELECT DISTINCT a, a + b FROM (VALUES (1, 2)) t(a, b) ORDER BY a + b', '! EXPRESSION_NOT_IN_DISTINCT'],
  ]),
  ...from('TestFullJoin', [
    [
      'SELECT * FROM (VALUES 1, 2) AS l(v) FULL OUTER JOIN (VALUES 2) AS r(v) ON l.v = r.v ORDER BY l.v NULLS FIRST LIMIT 1',
      '"1",',
    ],
    [
      'SELECT * FROM (VALUES 2) AS l(v) FULL OUTER JOIN (VALUES 1, 2) AS r(v) ON l.v = r.v ORDER BY r.v NULLS FIRST LIMIT 1',
      ',"1"',
    ],
  ]),
  ...from('TestJoin', [
    [
      'SELECT * FROM (VALUES 1, 2, NULL) t(x) FULL JOIN (VALUES 1, 3, NULL) u(x) ON u.x IN (VALUES t.x)',
      '! NOT_SUPPORTED',
    ],
    [
      'SELECT * FROM (VALUES 1, 2, NULL) t(x) LEFT JOIN (VALUES 1, 3, NULL) u(x) ON t.x IN (VALUES t.x)',
      '! NOT_SUPPORTED',
    ],
    [
      'SELECT * FROM (VALUES 1, 2, NULL) t(x) RIGHT JOIN (VALUES 1, 3, NULL) u(x) ON t.x + u.x > ALL (VALUES 1)',
      '! NOT_SUPPORTED',
    ],
  ]),
  ...from('a subquery that names no column of the join can be in the condition of an outer join (TestJoin)', [
    [
      'SELECT x, y FROM (VALUES 1, 2) a(x) LEFT JOIN (VALUES 1, 2) b(y) ON x = y AND EXISTS (SELECT 1) AND y < (SELECT 2) ORDER BY 1',
      '"1","1" | "2",',
    ],
    [
      'SELECT x, y FROM (VALUES 1, 2) a(x) FULL JOIN (VALUES 2, 3) b(y) ON x = y AND x IN (SELECT 2) AND y NOT IN (SELECT 3) ORDER BY 1, 2',
      '"1", | "2","2" | ,"3"',
    ],
    ['SELECT count(y) FROM (VALUES 1) a(x) LEFT JOIN (VALUES 1) b(y) ON TRY(1 / (SELECT 0)) = y', '0'],
    [
      'SELECT (SELECT count(y) FROM (VALUES 1) a(x) LEFT JOIN (VALUES 1) b(y) ON y = o) FROM (VALUES 1) z(o)',
      '! NOT_SUPPORTED',
    ],
  ]),
  ...from('Trino unnests row by row, the elements in their order (UnnestOperator)', [
    [
      'SELECT i, v FROM UNNEST(sequence(1, 3)) t(i) LEFT JOIN UNNEST(if(i = 2, ARRAY[], ARRAY[3, 1, 2])) AS u(v) ON TRUE',
      '"1","3" | "1","1" | "1","2" | "2", | "3","3" | "3","1" | "3","2"',
    ],
    [
      'SELECT count(*) FROM (SELECT i * 10 + v AS n, lag(i * 10 + v) OVER () AS p FROM UNNEST(sequence(1, 10000)) t(i) CROSS JOIN UNNEST(sequence(1, 5)) AS u(v)) WHERE p > n',
      '0',
    ],
    ['SELECT array_agg(v) FROM (VALUES ARRAY[3, 1, 2]) t(l), UNNEST(l) AS u(v)', '[3, 1, 2]'],
    [
      'SELECT x, v FROM (VALUES 1) a(x) JOIN ((VALUES ARRAY[3, 2]) b(l) CROSS JOIN UNNEST(l) AS u(v)) ON x < v',
      '"1","3" | "1","2"',
    ],
    [
      'SELECT q, x, v FROM (VALUES 5) z(q), (VALUES 1) a(x) RIGHT JOIN (VALUES ARRAY[3, 2]) b(l) ON true CROSS JOIN UNNEST(l) AS u(v)',
      '"5","1","3" | "5","1","2"',
    ],
    [
      'SELECT q, v FROM (VALUES ARRAY[9, 8]) z(q), (VALUES 1) a(x) CROSS JOIN UNNEST(q) AS u(v) ORDER BY v',
      '"[9, 8]","8" | "[9, 8]","9"',
    ],
    [
      "SELECT i, k, v, w, o FROM (VALUES 1, 2) t(i) LEFT JOIN UNNEST(if(i = 1, MAP(ARRAY['b', 'a'], ARRAY[1, 2])), if(i = 1, ARRAY[7, 8, 9])) WITH ORDINALITY AS u(k, v, w, o) ON true",
      '"1","b","1","7","1" | "1","a","2","8","2" | "1",,,"9","3" | "2",,,,',
    ],
    [
      'SELECT count_if(a <> b) FROM UNNEST(sequence(1, 1000)) t(i) CROSS JOIN UNNEST(transform(ARRAY[random()], r -> ROW(r, r))) AS u(a, b)',
      '0',
    ],
  ]),
  ...from('TestJoinUsing', [
    [
      "SELECT k, v1, v2, t.v1, u.v2 FROM (VALUES (1, 'a')) AS t(k, v1) JOIN (VALUES (1, 'b')) AS u(k, v2) USING (k)",
      '"1","a","b","a","b"',
    ],
    [
      "SELECT t.k FROM (VALUES (1, 'a')) AS t(k, v1) JOIN (VALUES (1, 'b')) AS u(k, v2) USING (k)",
      '! COLUMN_NOT_FOUND',
    ],
    [
      "SELECT * FROM (VALUES (1, 'a', 2)) AS t(k1, v1, k2) JOIN (VALUES (1, 'b', 2)) AS u(k1, v2, k2) USING (k1, k2)",
      '"1","2","a","b"',
    ],
    [
      "SELECT * FROM (VALUES (1e0, 'a')) AS t(k, v1) JOIN (VALUES (1, 'b')) AS u(k, v2) USING (k)",
      '"1.0","a","b"',
    ],
    [
      "SELECT * FROM (VALUES (DECIMAL '0000000000000000001', 2e0)) x (a, b) JOIN (VALUES (1, 3)) y (a, b) USING(a)",
      '"1","2.0","3"',
    ],
    [
      "SELECT * FROM (VALUES (1, 'a')) AS t(k, v1) JOIN (VALUES (1, 'b')) AS u(k, v2) USING (k, k)",
      '! DUPLICATE_COLUMN_NAME',
    ],
    [
      "SELECT * FROM (VALUES ('a', 1)) AS t(v1, k) JOIN (VALUES (1, 'b')) AS u(k, v2) USING (k)",
      '"1","a","b"',
    ],
    [
      "SELECT * FROM (VALUES (1, 'a')) AS t(k, v1) RIGHT JOIN (VALUES (2, 'b')) AS u(k, v2) USING (k)",
      '"2",,"b"',
    ],
    ["WITH t(k, v) AS (VALUES (1, 'a')) SELECT * FROM t JOIN t USING (k)", '"1","a","a"'],
  ]),
  ...from('TestLambdaExpressions', [
    [
      'SELECT cardinality(filter(a, x -> x > 0)) FROM (VALUES ARRAY[1,2,3], ARRAY[0,1,2], ARRAY[0,0,0]) AS t(a) GROUP BY cardinality(filter(a, x -> x > 0)) ORDER BY cardinality(filter(a, x -> x > 0))',
      '"0" | "2" | "3"',
    ],
    [
      'SELECT transform(a, x -> x + 1), transform(b, x -> x + 1) FROM (VALUES ROW(ARRAY[1, 2, 3], ARRAY[10e0, 20e0, 30e0])) t(a, b)',
      '"[2, 3, 4]","[11.0, 21.0, 31.0]"',
    ],
    [
      'SELECT transform(a, x -> transform(ARRAY[x], x -> x + 1)) FROM (VALUES ARRAY[1, 2, 3]) t(a)',
      '[[2], [3], [4]]',
    ],
  ]),
  ...from('TestLateral', [
    ["SELECT * FROM LATERAL (VALUES 1), (VALUES 'a')", '"1","a"'],
    ['SELECT * FROM (VALUES 1) t(a), LATERAL (SELECT * FROM LATERAL (SELECT a))', '"1","1"'],
    ['SELECT (SELECT * FROM LATERAL (SELECT a)) FROM (VALUES 1) t(a)', '1'],
    ['SELECT * FROM (VALUES 1) t(a), (SELECT * FROM LATERAL (SELECT a))', '! COLUMN_NOT_FOUND'],
  ]),
  ...from('TestRecursiveCte', [
    [
      'WITH RECURSIVE t(n) AS (SELECT * FROM (VALUES(1), (1), (10)) UNION SELECT n + 2 FROM t WHERE n < 4) SELECT * from t',
      '! NOT_SUPPORTED',
    ],
  ]),
  ...from('TestUnnest', [
    [
      "SELECT x FROM (VALUES (3)) AS t(x) CROSS JOIN UNNEST(CAST(ARRAY[ROW(1, 'a'), ROW(2, 'b')] as ARRAY(ROW(x int, y varchar))))",
      '! AMBIGUOUS_NAME',
    ],
    [
      'SELECT * FROM (VALUES ARRAY[1, null]) a(x) LEFT OUTER JOIN UNNEST(x) b(y) ON b.y = 1',
      '! NOT_SUPPORTED',
    ],
    [
      'SELECT * FROM (VALUES ARRAY[1, null]) a(x) RIGHT OUTER JOIN UNNEST(ARRAY[2, null]) b(y) ON b.y = 1',
      '! NOT_SUPPORTED',
    ],
    [
      'SELECT * FROM (VALUES ARRAY[1, null]) a(x) FULL OUTER JOIN UNNEST(ARRAY[2, null]) b(y) ON b.y = 1',
      '! NOT_SUPPORTED',
    ],
    ['SELECT * FROM (VALUES ARRAY[1, null]) a(x) INNER JOIN UNNEST(x) b(y) ON b.y = 1', '! NOT_SUPPORTED'],
  ]),
  ...from('TestValues', [["VALUES CAST(ROW(1, 'TruE') AS row(double, boolean))", '"1.0","true"']]),
  ...from('TestHaving', [["SELECT 'x' FROM (VALUES 1, 1, 2) t(a) HAVING true", 'x']]),
  ...from('TestComplexTypesWithNull', [
    [
      'SELECT r.a, r.b, c FROM (VALUES ROW(CAST(ROW(1, NULL) AS ROW(a INTEGER, b INTEGER)))) t(r) JOIN (VALUES 1) u(c) ON c = r.a',
      '"1",,"1"',
    ],
    [
      'SELECT t.a, t.b, c FROM UNNEST(ARRAY[CAST(ROW(1, NULL) as ROW(a INTEGER, b INTEGER)) ]) t JOIN (VALUES 1) u(c) ON c = t.a',
      '"1",,"1"',
    ],
    [
      'SELECT r.a, r[2].b, r[2].c, c FROM (VALUES ROW(CAST(ROW(1, ROW(1, NULL)) AS ROW(a INTEGER, ROW(b INTEGER, c INTEGER))))) t(r) JOIN (VALUES 1) u(c) ON c = r.a',
      '"1","1",,"1"',
    ],
  ]),
  ...from('https://github.com/trinodb/trino/pull/7863, by its words', [
    ['(1, 2) IN (SELECT 1, 2)', 'true'],
    ['(1, 2) IN (SELECT 1, 3)', 'false'],
    ['(1, NULL) IN (SELECT 1, 2)', null],
    ['(1, NULL) IN (SELECT 2, 2)', 'false'],
    ['(1, 2) IN (SELECT 1, NULL)', null],
    ['(1, 2) IN (SELECT 2, NULL)', 'false'],
    ['(1, 2) IN (VALUES (1, NULL), (1, 2))', 'true'],
    ['(1, 2) NOT IN (VALUES (1, NULL), (3, 2))', null],
    ['(1, NULL) IN (SELECT 1, 2 WHERE false)', 'false'],
    ["ROW(BIGINT '1', BIGINT '2') = ALL (SELECT 1, 2)", 'true'],
    ['ROW(1, 2) <> ANY (VALUES (1, 2), (1, 3))', 'true'],
    ['ROW(1, 2) < ALL (VALUES (1, 3), (2, 0))', 'true'],
    ['ROW(nan()) IN (SELECT nan())', 'false'],
    ['ARRAY[1] IN (VALUES ARRAY[2], ARRAY[1])', 'true'],
    ['ARRAY[1, NULL] IN (VALUES ARRAY[2, 3])', 'false'],
    ['ROW(1, 2) IN (SELECT ROW(1, 2))', '! TYPE_MISMATCH'],
    ['1 IN (SELECT 1, 2)', '! TYPE_MISMATCH'],
    ["(1, 'a') IN (SELECT 1, 2)", '! TYPE_MISMATCH'],
    ['(SELECT 1, 2)', '{field0=1, field1=2}'],
    ['(SELECT a FROM (SELECT 1 AS a, 2 AS b))', '1'],
    ['(SELECT a, b FROM (SELECT 1 AS a, 2 AS b)).b', '2'],
    ['typeof((SELECT 1, CAST(2 AS bigint) AS b))', 'row(integer, b bigint)'],
    ['(SELECT 1, 2 WHERE false)', null],
    [
      'SELECT a FROM (VALUES (1, 2), (3, 4), (5, NULL)) AS t(a, b) WHERE (a, b) IN (VALUES (1, 2), (5, NULL), (3, 0))',
      '1',
    ],
    [
      'SELECT a FROM (VALUES (1, 2), (3, 4), (5, NULL)) AS t(a, b) WHERE (a, b) NOT IN (VALUES (1, 2)) ORDER BY a',
      '"3" | "5"',
    ],
    ['2e0 > ALL (VALUES 1e0, nan())', 'false'],
    ['2e0 > ANY (VALUES nan(), 1e0)', 'true'],
  ]),
  ...from('TestSubqueries', [
    [
      'SELECT EXISTS(SELECT 1 FROM (VALUES null, 10) t(x) WHERE y > x OR y + 10 > x) FROM (values 11 + if(rand() >= 0, 0)) t2(y)',
      'true',
    ],
    [
      'SELECT (SELECT t.a FROM (VALUES 1, 1, 2, 3) t(a) WHERE t.a = t2.b LIMIT 2) FROM (VALUES 1) t2(b)',
      '! SUBQUERY_MULTIPLE_ROWS',
    ],
    [
      'SELECT (SELECT t.b FROM (VALUES (1, 2), (1, 3)) t(a, b) WHERE t.a = t2.a AND t2.b > 1 ORDER BY t.b LIMIT 1) FROM (VALUES (1, 2)) t2(a, b)',
      '2',
    ],
    [
      'SELECT * FROM (VALUES 1, null) t(a) FULL JOIN LATERAL (SELECT * FROM (VALUES 2, null)) t2(b) ON a < b',
      '! NOT_SUPPORTED',
    ],
    ['SELECT b FROM (VALUES 1) t(a) LEFT JOIN LATERAL (SELECT 2 WHERE a = 2) t2(b) ON true', null],
    [
      'SELECT (SELECT array_agg(y) FROM UNNEST(b) u2(y)) FROM (SELECT (SELECT array_agg(x) FROM UNNEST(a) u(x)) FROM (VALUES ARRAY[1, 2, 3]) t(a)) t2(b)',
      '[1, 2, 3]',
    ],
    [
      "SELECT b FROM (VALUES 'abccccdaee') t(a) LEFT JOIN LATERAL (SELECT histogram(x) FROM (SELECT x FROM (VALUES 1) LEFT JOIN UNNEST(regexp_extract_all(a, '.')) u(x) ON TRUE)) t2(b) ON TRUE",
      '{a=2, b=1, c=4, d=1, e=2}',
    ],
    [
      "SELECT b FROM (VALUES (ARRAY['a', 'b', 'b'], ARRAY[1, 2, 3])) t(id, val) LEFT JOIN LATERAL (SELECT max(avg_ord) FROM (SELECT avg(ordinality) AS avg_ord FROM (SELECT i, v, ordinality FROM (VALUES 1) LEFT JOIN UNNEST(id, val) WITH ORDINALITY u(i, v, ordinality) ON TRUE) GROUP BY i)) t2(b) ON TRUE",
      '2.5',
    ],
    ['SELECT (SELECT * FROM UNNEST(a) u(x)) FROM (VALUES ARRAY[1, 2, 3]) t(a)', '! SUBQUERY_MULTIPLE_ROWS'],
  ]),
  ...from('https://trino.io/docs/current/sql/select.html, by its words', [
    ['SELECT x FROM (VALUES 1, 1) t(x) GROUP BY ALL x', '1'],
    ['SELECT x FROM (VALUES 1, 1) t(x) GROUP BY DISTINCT x', '1'],
    ['SELECT typeof(grouping(x)) FROM (VALUES 1) t(x) GROUP BY x', 'integer'],
    ['SELECT count(*) FROM (SELECT 1 WHERE false) t(a) GROUP BY ()', '0'],
  ]),
  ...from(
    'https://github.com/trinodb/trino/blob/master/core/trino-grammar/src/main/antlr4/io/trino/grammar/sql/SqlBase.g4',
    [
      ['1 < 2 < 3', '! SYNTAX_ERROR'],
      ['1 IS NULL IS NULL', '! SYNTAX_ERROR'],
      ['(1 < 2) = true', 'true'],
      ['NOT 1 = 1', 'false'],
      ['SELECT * FROM ((WITH a AS (SELECT 1) SELECT * FROM a))', '! SYNTAX_ERROR'],
      ['SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a)', '1'],
      ['SELECT 1a', '! SYNTAX_ERROR'],
      ['SELECT `a` FROM (VALUES 1) AS t(a)', '! SYNTAX_ERROR'],
      ["U&'!0041!!!+00263a' UESCAPE '!'", 'A!☺'],
      ["U&'.0041\\0041' UESCAPE '.'", 'A\\0041'],
      ["U&'x' UESCAPE 'a'", '! SYNTAX_ERROR'],
      ["'x' UESCAPE '!'", '! SYNTAX_ERROR'],
      ["listagg('a', ',')", '! SYNTAX_ERROR'],
      ['SELECT array_agg(x) WITHIN GROUP (ORDER BY x) FROM (VALUES 1) AS t(x)', '! SYNTAX_ERROR'],
      ['SELECT first_value(x) IGNORE NULLS FROM (VALUES 1) AS t(x)', '! SYNTAX_ERROR'],
      ['count(DISTINCT)', '! SYNTAX_ERROR'],
      ["TRIM(FROM ' a ')", 'a'],
      ["TRIM(BOTH ' a ')", '! SYNTAX_ERROR'],
      ["NORMALIZE('a', xyz)", '! SYNTAX_ERROR'],
      ["DOUBLE PRECISION '1.5'", '1.5'],
      ['"lower"(\'A\')', 'a'],
      ['CAST(ARRAY[1, 2] AS varchar ARRAY)', '[1, 2]'],
      ['typeof(CAST(ROW(ARRAY[1]) AS ROW(a bigint ARRAY)))', 'row(a array(bigint))'],
      ['SELECT DISTINCT ON (a) a FROM (VALUES 1) AS t(a)', '! SYNTAX_ERROR'],
      ['SELECT count(*) FROM (VALUES 1, 2) AS t(a) GROUP BY ROLLUP ()', '2'],
      [
        `SELECT a, b, count(*) FROM ${T} GROUP BY DISTINCT ROLLUP (a), CUBE (a) ORDER BY a`,
        '! EXPRESSION_NOT_AGGREGATE',
      ],
      [
        `SELECT a, count(*) FROM ${T} GROUP BY ALL ROLLUP (a), ROLLUP (a) ORDER BY a`,
        '"1","2" | "1","2" | "1","2" | "2","1" | "2","1" | "2","1" | ,"3"',
      ],
      [
        `SELECT a, count(*) FROM ${T} GROUP BY DISTINCT ROLLUP (a), ROLLUP (a) ORDER BY a`,
        '"1","2" | "2","1" | ,"3"',
      ],
      [
        `SELECT a, b, count(*) FROM ${T} GROUP BY DISTINCT CUBE (a, b), GROUPING SETS ((a), ()) HAVING count(*) > 1 ORDER BY a`,
        '"1",,"2" | ,,"3"',
      ],
      [`SELECT count(*) FROM ${T} TABLESAMPLE BERNOULLI (100)`, '3'],
      [`SELECT count(*) FROM ${T} TABLESAMPLE SYSTEM (0)`, '0'],
      [`SELECT count(*) FROM ${T} TABLESAMPLE BERNOULLI (101)`, '! INVALID_FUNCTION_ARGUMENT'],
    ],
  ),
];
