/**
 * A query, and another, mostly of VALUES, that has the same rows in whatever order, as Trino's published tests say; and
 * which test that is.
 */
export type SameRows = readonly [query: string, values: string, source: string];

function test(source: string, pairs: readonly (readonly [string, string])[]): SameRows[] {
  return pairs.map(([query, values]) => [query, values, source]);
}

export const SAME_ROWS: readonly SameRows[] = [
  ...test('TestGrouping', [
    [
      'SELECT 1e0 * count(*), grouping(x) FROM (VALUES 1) t(x) GROUP BY GROUPING SETS ((x), ())',
      'VALUES (1e0, 1), (1e0, 0)',
    ],
    [
      "SELECT a, b, grouping(a, b) FROM (VALUES ('x0', 'y0'), ('x1', 'y1') ) AS t (a, b) GROUP BY CUBE (a, b) HAVING grouping(a, b) = 0",
      "VALUES ('x0', 'y0', 0), ('x1', 'y1', 0)",
    ],
  ]),
  ...test('TestGroupingSets', [
    [
      'WITH t AS (SELECT a FROM (VALUES 1, 2) AS u(a) GROUP BY GROUPING SETS ((), (a))) SELECT * FROM t WHERE a IS NOT NULL',
      'VALUES 1, 2',
    ],
    ['SELECT a FROM (VALUES 1) t(a) GROUP BY DISTINCT ROLLUP(a, t.a)', 'VALUES (1), (NULL)'],
    ['SELECT a FROM (VALUES 1) t(a) GROUP BY DISTINCT GROUPING SETS ((a), (t.a))', 'VALUES 1'],
    ['SELECT a FROM (VALUES 3, 2, 1) t(a) GROUP BY ROLLUP (a) ORDER BY a LIMIT 2', 'VALUES 1, 2'],
  ]),
  ...test('by the words of https://trino.io/docs/current/sql/select.html', [
    [
      'SELECT a, b, sum(c) FROM (VALUES (1, 2, 3)) t(a, b, c) GROUP BY a, ROLLUP(b)',
      'VALUES (1, 2, 3), (1, NULL, 3)',
    ],
    [
      'SELECT a, count(*) FROM (VALUES 1, 2) t(a) GROUP BY GROUPING SETS ((), (a), (), (a))',
      'VALUES (1, 1), (2, 1), (1, 1), (2, 1), (NULL, 2), (NULL, 2)',
    ],
    [
      'SELECT a, count(*) FROM (SELECT 1 WHERE false) t(a) GROUP BY GROUPING SETS ((), (a), ())',
      'VALUES (CAST(NULL AS integer), 0), (NULL, 0)',
    ],
    [
      'SELECT a, count(*) FROM (SELECT 1 WHERE false) t(a) GROUP BY ROLLUP (a)',
      'VALUES (CAST(NULL AS integer), 0)',
    ],
    [
      'SELECT a, count(*) FROM (VALUES 1) t(a) GROUP BY CUBE (a), GROUPING SETS ((), ())',
      'VALUES (1, 1), (1, 1), (NULL, 1), (NULL, 1)',
    ],
    ['SELECT r FROM UNNEST(ARRAY[ROW(1, 2), NULL]) t(a, r)', 'VALUES 2, NULL'],
    [
      'SELECT array_agg(a) OVER(ORDER BY a ASC NULLS FIRST GROUPS BETWEEN 2 FOLLOWING AND 1 FOLLOWING) FROM (VALUES 3, 1, null) t(a)',
      'VALUES CAST(null AS array(integer)), null, null',
    ],
    [
      'SELECT max(x, 3) OVER () FROM (VALUES 1, 2, 3, 4, 5) t(x)',
      'VALUES ARRAY[5, 4, 3], ARRAY[5, 4, 3], ARRAY[5, 4, 3], ARRAY[5, 4, 3], ARRAY[5, 4, 3]',
    ],
    ['SELECT count() OVER (PARTITION BY x) FROM (VALUES 1, 1) t(x)', 'VALUES 2, 2'],
    [
      "SELECT a, map_agg(a, b) OVER (PARTITION BY b) FROM (VALUES (1, 'x'), (2, 'y')) t(a, b)",
      "VALUES (1, MAP(ARRAY[1], ARRAY['x'])), (2, MAP(ARRAY[2], ARRAY['y']))",
    ],
  ]),
  ...test('TestFilteredAggregations', [
    [
      'SELECT k, count(DISTINCT x) FILTER (WHERE y = 100), count(DISTINCT x) FILTER (WHERE y = 200) FROM (VALUES (1, 1, 100), (1, 1, 200), (1, 2, 100), (1, 3, 300), (2, 1, 100), (2, 10, 100), (2, 20, 100), (2, 20, 200), (2, 30, 300), (2, 40, 100)) t(k, x, y) GROUP BY GROUPING SETS ((), (k))',
      'VALUES (1, 2, 1), (2, 4, 1), (NULL, 5, 2)',
    ],
  ]),
  ...test('AbstractTestAggregations', [
    [
      'WITH company AS (SELECT * FROM (VALUES (1, 10), (2, 20)) t(dep_id, salary)), department AS (SELECT 1 id) SELECT dep_id, sum(salary), sum(salary) FILTER (WHERE EXISTS (SELECT 1 FROM department WHERE department.id = company.dep_id)) FROM company GROUP BY dep_id',
      'VALUES (1, 10, 10), (2, 20, NULL)',
    ],
    [
      'SELECT count(*) FILTER (WHERE x > 4), sum(x) FILTER (WHERE y > 5) FROM (VALUES (1, 3), (2, 4), (2, 4), (4, 5)) t (x, y)',
      'SELECT 0, CAST(null AS bigint)',
    ],
    [
      'SELECT count(*) FROM (SELECT DISTINCT a, b FROM (VALUES (1, 1), (1, 2)) l(a, b)) l LEFT JOIN (SELECT 1 a) r ON l.a = r.a GROUP BY l.a, l.b',
      'VALUES 1, 1',
    ],
  ]),
  ...test('TestJoin', [
    [
      'WITH t(x, y) AS (VALUES (1, 10), (2, 20)), u(x) AS (VALUES 1, 2), w(z) AS (VALUES 10, 20) SELECT * FROM t LEFT JOIN u ON t.x = u.x AND t.y IN (SELECT z FROM w)',
      'VALUES (2, 20, 2), (1, 10, 1)',
    ],
    [
      'SELECT * FROM (VALUES 1, 2, NULL) t(x) JOIN (VALUES 1, 3, NULL) u(x) ON t.x IN (VALUES 1)',
      'VALUES (1, 1), (1, 3), (1, NULL)',
    ],
    [
      'SELECT * FROM (VALUES 1, 2, NULL) t(x) LEFT JOIN (VALUES 1, 3, NULL) u(x) ON t.x IN (VALUES 1)',
      'VALUES (1, 1), (1, 3), (1, NULL), (2, NULL), (NULL, NULL)',
    ],
    [
      'SELECT * FROM (VALUES 1, 2, NULL) t(x) RIGHT JOIN (VALUES 1, 3, NULL) u(x) ON t.x IN (VALUES 1)',
      'VALUES (1, 1), (1, 3), (1, NULL)',
    ],
    [
      'SELECT * FROM (VALUES 1, 2, NULL) t(x) FULL JOIN (VALUES 1, 3, NULL) u(x) ON t.x IN (VALUES 1)',
      'VALUES (1, 1), (1, 3), (1, NULL), (2, NULL), (NULL, NULL)',
    ],
    [
      'SELECT * FROM (VALUES 1, 2, NULL) t(x) LEFT JOIN (VALUES 1, 3, NULL) u(x) ON u.x IN (VALUES 1)',
      'VALUES (1, 1), (2, 1), (NULL, 1)',
    ],
    [
      'SELECT * FROM (VALUES 1, 2, NULL) t(x) RIGHT JOIN (VALUES 1, 3, NULL) u(x) ON u.x IN (VALUES 1)',
      'VALUES (1, 1), (2, 1), (NULL, 1), (NULL, 3), (NULL, NULL)',
    ],
    [
      'SELECT * FROM (VALUES 1, 2, NULL) t(x) FULL JOIN (VALUES 1, 3, NULL) u(x) ON u.x IN (VALUES 1)',
      'VALUES (1, 1), (2, 1), (NULL, 1), (NULL, 3), (NULL, NULL)',
    ],
    [
      'SELECT * FROM (VALUES 1, 2, NULL) t(x) JOIN (VALUES 1, 3, NULL) u(x) ON u.x IN (SELECT v.x FROM (VALUES 1, 2) v(x) WHERE t.x = v.x)',
      'VALUES (1,1)',
    ],
    [
      'SELECT * FROM (VALUES 1, 2, NULL) t(x) RIGHT JOIN (VALUES 1, 3, NULL) u(x) ON u.x > ALL (VALUES 1)',
      'VALUES (1, 3), (2, 3), (NULL, 3), (NULL, 1), (NULL, NULL)',
    ],
    [
      'SELECT * FROM (VALUES 1, 2, NULL) t(x) JOIN (VALUES 1, 3, NULL) u(x) ON t.x + u.x > ALL (VALUES 2)',
      'VALUES (1, 3), (2, 1), (2, 3)',
    ],
  ]),
  ...test('TestJoinUsing', [
    [
      'SELECT * FROM (VALUES (0, 1, 2), (3, 6, 5)) a(x1, y, z1) FULL OUTER JOIN (VALUES (3, 1, 5), (0, 4, 2)) b(x2, y, z2) USING (y)',
      'VALUES (1, 0, 2, 3, 5), (6, 3, 5, NULL, NULL), (4, NULL, NULL, 0, 2)',
    ],
    [
      'SELECT y, x1, x2 FROM (VALUES (0, 1, 2), (3, 6, 5), (3, null, 5)) a(x1, y, z1) FULL OUTER JOIN (VALUES (3, 1, 5), (0, 4, 2)) b(x2, y, z2) USING (y)',
      'VALUES (1, 0, 3), (6, 3, NULL), (NULL, 3, NULL), (4, NULL, 0)',
    ],
  ]),
  ...test('TestLambdaExpressions', [
    [
      'WITH t AS (SELECT count(*) AS "a.b c; d" FROM (VALUES (42)) UNION ALL SELECT * FROM (VALUES (77)) v("a.b c; d")) SELECT transform(ARRAY[1], x -> x + "a.b c; d") FROM t',
      'VALUES ARRAY[2], ARRAY[78]',
    ],
  ]),
  ...test('TestLateral', [['SELECT * FROM LATERAL (VALUES 1, 2, 3)', 'VALUES 1, 2, 3']]),
  ...test('TestOrderedAggregation', [
    [
      'SELECT x, array_agg(z ORDER BY y + z DESC) FROM (VALUES (1, 2, 2), (2, 2, 3), (2, 4, 5), (3, 4, 4), (3, 2, 1), (1, 1, 1)) t(x, y, z) GROUP BY x',
      'VALUES (1, ARRAY[2, 1]), (2, ARRAY[5, 3]), (3, ARRAY[4, 1])',
    ],
    [
      'SELECT x, y, array_agg(z ORDER BY z DESC NULLS LAST) FROM (VALUES (1, 2, 3), (1, 2, 1), (1, 2, 2), (2, 1, 3), (2, 1, 4), (2, 1, NULL)) t(x, y, z) GROUP BY GROUPING SETS ((x), (x, y))',
      'VALUES (1, 2, ARRAY[3, 2, 1]), (1, NULL, ARRAY[3, 2, 1]), (2, 1, ARRAY[4, 3, NULL]), (2, NULL, ARRAY[4, 3, NULL])',
    ],
    [
      'SELECT x, array_agg(DISTINCT z + y ORDER BY z + y DESC) FROM (VALUES (1, 2, 2), (2, 2, 3), (2, 4, 5), (3, 4, 4), (3, 2, 1), (1, 1, 1)) t(x, y, z) GROUP BY x',
      'VALUES (1, ARRAY[4, 2]), (2, ARRAY[9, 5]), (3, ARRAY[8, 3])',
    ],
    [
      'SELECT x, array_agg(y ORDER BY y), array_agg(y ORDER BY y) FILTER (WHERE y > 1), count(*) FROM (VALUES (1, 3), (1, 1), (2, 3), (2, 4)) t(x, y) GROUP BY GROUPING SETS ((), (x))',
      'VALUES (1, ARRAY[1, 3], ARRAY[3], 2), (2, ARRAY[3, 4], ARRAY[3, 4], 2), (NULL, ARRAY[1, 3, 3, 4], ARRAY[3, 3, 4], 4)',
    ],
  ]),
  ...test('TestRecursiveCte', [
    [
      'WITH RECURSIVE t(n, m) AS (SELECT * FROM (VALUES(1, 2), (4, 100)) UNION ALL SELECT n + 1, m - 1 FROM t WHERE n < 5) SELECT * from t',
      'VALUES (1, 2), (4, 100), (2, 1), (5, 99), (3, 0), (4, -1), (5, -2)',
    ],
    [
      'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT * FROM (WITH t2(m) AS (SELECT 4) SELECT m FROM t2 UNION SELECT n + 1 FROM t) t(n) WHERE n < 4) SELECT * from t',
      'VALUES (1), (2), (3)',
    ],
    [
      'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT * FROM (WITH t(n) AS (SELECT 5) SELECT n + 1 FROM t)) SELECT * from t',
      'VALUES (1), (6)',
    ],
    [
      'WITH t(n) AS (WITH t2(m) AS (WITH RECURSIVE t3(p) AS (SELECT 1 UNION ALL SELECT * FROM (WITH t4(q) AS (SELECT 4) SELECT p + 1 FROM t3 WHERE p < 3)) SELECT * from t3) SELECT * FROM t2) SELECT * FROM t',
      'VALUES (1), (2), (3)',
    ],
    [
      'WITH RECURSIVE a(x) AS (SELECT 1), b(y) AS (SELECT x FROM a UNION ALL SELECT y + 1 FROM b WHERE y < 2), c(z) AS (SELECT y FROM b UNION ALL SELECT z * 4 FROM c WHERE z < 4) SELECT * FROM a, b, c',
      'VALUES (1, 1, 1), (1, 1, 2), (1, 1, 4), (1, 1, 8), (1, 2, 1), (1, 2, 2), (1, 2, 4), (1, 2, 8)',
    ],
    [
      "WITH RECURSIVE t(n) AS (SELECT CAST(n AS varchar) FROM (VALUES('a'), ('b')) AS T(n) UNION ALL SELECT n || 'x' FROM t WHERE n < 'axx') SELECT * from t",
      "VALUES ('a'), ('b'), ('ax'), ('axx')",
    ],
    [
      "WITH RECURSIVE t(n) AS (SELECT BIGINT '1' UNION ALL SELECT CAST(n + 1 AS integer) FROM t WHERE n < 3) SELECT * from t",
      'VALUES 1, 2, 3',
    ],
    [
      'WITH RECURSIVE t(n) AS (SELECT CAST(1 AS decimal(20,10)) UNION ALL SELECT CAST(n + 1 AS decimal(10,0)) FROM t WHERE n < 2) SELECT * from t',
      'VALUES CAST(1 AS decimal(20,10)), CAST(2 AS decimal(20,10))',
    ],
    [
      'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT b + 1 FROM ((SELECT 5) JOIN t ON true) t(a, b)  WHERE b < 3) SELECT * from t',
      'VALUES (1), (2), (3)',
    ],
    [
      'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 2 FROM (SELECT 10) u RIGHT JOIN t ON true WHERE n < 6) SELECT * FROM t',
      'VALUES (1), (3), (5), (7)',
    ],
    [
      'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT b + 1 FROM ((SELECT 5) t1(m) JOIN LATERAL (SELECT * FROM t WHERE n * 3 < m) ON true) t(a, b)  WHERE b < 3) SELECT * from t',
      'VALUES (1), (2)',
    ],
    [
      'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT * FROM (SELECT * FROM (VALUES 5) t1(m) WHERE 1 IN (SELECT * FROM t WHERE n * 3 < m))) SELECT * from t',
      'VALUES (1), (5)',
    ],
    [
      'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL (SELECT n + 2 FROM ((TABLE t) INTERSECT DISTINCT (SELECT 1)) u(n))) SELECT * FROM t',
      'VALUES (1), (3)',
    ],
    [
      'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL (SELECT n + 2 FROM ((TABLE t) EXCEPT DISTINCT (SELECT 10)) u(n) WHERE n < 3)) SELECT * FROM t',
      'VALUES (1), (3)',
    ],
    [
      "WITH RECURSIVE T(a, orig_a) AS (VALUES (1, 0), (2, 0), (3, 1), (4, 1), (5, 2), (6, 3), (7, 5)), CTE(a, orig_a, base_id, root_a) AS (SELECT a, orig_a, 'base_entry', a FROM T WHERE orig_a = 0 UNION ALL SELECT T.a, T.orig_a, 'derived', CTE.root_a FROM T INNER JOIN CTE ON CTE.a = T.orig_a) SELECT * FROM CTE",
      "VALUES (1, 0, 'base_entry', 1), (2, 0, 'base_entry', 2), (3, 1, 'derived', 1), (4, 1, 'derived', 1), (5, 2, 'derived', 2), (6, 3, 'derived', 1), (7, 5, 'derived', 2)",
    ],
    [
      'WITH RECURSIVE t(list, a) AS (SELECT ARRAY[0], 1 UNION ALL SELECT list || a, a + 1 FROM t WHERE all_match(list, x -> x < a) AND cardinality(list) < 4) SELECT list FROM t',
      'VALUES (ARRAY[0]), (ARRAY[0, 1]), (ARRAY[0, 1, 2]), (ARRAY[0, 1, 2, 3])',
    ],
  ]),
  ...test('TestUnnest', [
    [
      "SELECT * FROM UNNEST(ARRAY[ROW(1, 1.1), ROW(3, 3.3)], ARRAY[ROW('a', true), ROW('b', false)])",
      "VALUES (1, 1.1, 'a', true), (3, 3.3, 'b', false)",
    ],
    [
      'SELECT x, y, z FROM (VALUES (ARRAY[ROW(1, 2), ROW(3, 4)])) t(a) CROSS JOIN (VALUES (1), (2)) s(z) CROSS JOIN UNNEST(a) t(x, y)',
      'VALUES (1, 2, 1), (1, 2, 2), (3, 4, 1), (3, 4, 2)',
    ],
    [
      "SELECT x FROM UNNEST(CAST(ARRAY[ROW(1, 'a'), ROW(2, 'b')] as ARRAY(ROW(x int, y varchar))))",
      'VALUES (1), (2)',
    ],
    [
      "SELECT u.x FROM (VALUES (3)) AS t(x) CROSS JOIN UNNEST(CAST(ARRAY[ROW(1, 'a'), ROW(2, 'b')] as ARRAY(ROW(x int, y varchar)))) u",
      'VALUES (1), (2)',
    ],
    [
      "SELECT t3 FROM UNNEST(CAST(ARRAY[ROW(1, 'a'), ROW(2, 'b')] as ARRAY(ROW(x int, y varchar))), CAST(ARRAY[ROW(3, 'c'), ROW(4, 'd')] as ARRAY(ROW(x int, y varchar)))) t(t1,t2,t3,t4)",
      'VALUES (3), (4)',
    ],
    [
      'SELECT * FROM (VALUES ARRAY[1, null]) a(x) LEFT OUTER JOIN UNNEST(x) ON true',
      'VALUES (ARRAY[1, null], 1), (ARRAY[1, null], null)',
    ],
    [
      'SELECT * FROM (VALUES ARRAY[1, null]) a(x) LEFT OUTER JOIN UNNEST(x) WITH ORDINALITY ON true',
      'VALUES (ARRAY[1, null], 1, 1), (ARRAY[1, null], null, 2)',
    ],
    [
      'SELECT * FROM (VALUES ARRAY[]) a(x) LEFT OUTER JOIN UNNEST(x) WITH ORDINALITY ON true',
      'VALUES (ARRAY[], null, null)',
    ],
    ["SELECT * FROM (VALUES 'a', 'b') LEFT JOIN UNNEST(ARRAY[]) ON TRUE", "VALUES ('a', null), ('b', null)"],
    [
      'SELECT id, e FROM (VALUES (1, ARRAY[3,4]), (2, NULL), (3, ARRAY[4]), (4, NULL), (5, ARRAY[]), (6, ARRAY[7,8])) x(id, a) LEFT JOIN UNNEST(a) AS y(e) ON true',
      'VALUES (1,3), (1,4), (2,NULL), (3,4), (4,NULL), (5,NULL), (6,7), (6,8)',
    ],
    [
      "SELECT * FROM (VALUES 1) LEFT OUTER JOIN UNNEST (MAP(ARRAY[1, 2], ARRAY['a', 'b']), ARRAY[ROW(3, 'c', true)]) WITH ORDINALITY ON TRUE",
      "VALUES (1, 1, 'a', 3, 'c', true, 1), (1, 2, 'b', null, null, null, 2)",
    ],
    [
      "SELECT * FROM (VALUES 1) LEFT OUTER JOIN UNNEST (MAP(ARRAY[1], ARRAY['a']), ARRAY[true, false], ARRAY[]) WITH ORDINALITY ON TRUE",
      "VALUES (1, 1, 'a', true, null, 1), (1, null, null, false, null, 2)",
    ],
    [
      'SELECT * FROM (VALUES ARRAY[1, null]) a(x) RIGHT OUTER JOIN UNNEST(ARRAY[2, null]) ON true',
      'VALUES (ARRAY[1, null], 2), (ARRAY[1, null], null)',
    ],
    [
      'SELECT * FROM (VALUES ARRAY[1, null]) a(x) FULL OUTER JOIN UNNEST(ARRAY[2, null]) WITH ORDINALITY ON true',
      'VALUES (ARRAY[1, null], 2, 1), (ARRAY[1, null], null, 2)',
    ],
    [
      'SELECT * FROM (VALUES ARRAY[1, null]) a(x) INNER JOIN UNNEST(x) ON true',
      'VALUES (ARRAY[1, null], 1), (ARRAY[1, null], null)',
    ],
    [
      "SELECT * FROM (VALUES 1) t, UNNEST(ARRAY['a', 'b'], ARRAY['a', 'b']) u (x, y)",
      "VALUES (1, 'a', 'a'), (1, 'b', 'b')",
    ],
  ]),
  ...test('TestValues', [
    ['VALUES 1, 2', 'VALUES ROW(1), ROW(2)'],
    [
      "VALUES CAST(ROW(1, 'TruE') AS row(double, boolean)), ROW(2e0, false), (3e0, null)",
      'VALUES ROW(1e0, true), ROW(2e0, false), ROW(3e0, null)',
    ],
    [
      "SELECT key FROM (VALUES CAST(ROW(1, 'TruE') AS row(double, boolean)), ROW(2e0, false), (3e0, null)) T(key, value)",
      'VALUES 1e0, 2e0, 3e0',
    ],
    ['VALUES (1, 2), (3, 4e0)', 'VALUES ROW(1, 2e0), ROW(3, 4e0)'],
    ['VALUES CAST(ROW(1, null) AS row(integer, double)), (3, 4)', 'VALUES ROW(1, null), ROW(3, 4e0)'],
    ["VALUES (null, null), ('a', 'b')", "VALUES ROW(null, null), ROW('a', 'b')"],
  ]),
  ...test('TestSetOperations', [
    [
      'WITH t(id) AS (VALUES 1, 2, 3) SELECT * FROM t WHERE id IN (VALUES 1, 1, 2, 2, 3 EXCEPT ALL VALUES 1, 2, 2)',
      'VALUES 1, 3',
    ],
    [
      'WITH t(id) AS (VALUES 1, 2, 3) SELECT * FROM t WHERE id IN (VALUES 1, 1, 2 INTERSECT ALL VALUES 2, 3)',
      'VALUES 2',
    ],
  ]),
  ...test('TestDistinctAggregations', [
    [
      'SELECT k, count(DISTINCT x), sum(DISTINCT x) FROM (VALUES (1, 1), (1, 1), (1, 2), (1, 3), (2, 1), (2, 10), (2, 10), (2, 20), (2, 30)) t(k, x) GROUP BY GROUPING SETS ((), (k))',
      'VALUES (1, 3, 6), (2, 4, 61), (NULL, 6, 66)',
    ],
  ]),
  ...test('TestSubqueries', [
    [
      'SELECT (SELECT count(*) FROM (SELECT t.a FROM (VALUES 1, 1, null, 3) t(a) WHERE t.a=t2.b LIMIT 1)) FROM (VALUES 1, 2) t2(b)',
      'VALUES 1, 0',
    ],
    [
      "SELECT * FROM (VALUES 1, 2, 3, null) outer_relation(id) LEFT JOIN LATERAL (SELECT value FROM (VALUES (1, 'd'), (1, 'c'), (1, 'b'), (1, 'a'), (2, 'w'), (null, 'x')) inner_relation(id, value) WHERE outer_relation.id = inner_relation.id ORDER BY inner_relation.value LIMIT 2) ON TRUE",
      "VALUES (1, 'a'), (1, 'b'), (2, 'w'), (3, null), (null, null)",
    ],
    [
      'SELECT((SELECT b FROM (SELECT array_agg(a) FROM (VALUES 1) A(a)) B(b) WHERE b = c)) FROM (VALUES ARRAY[1], ARRAY[2]) C(c)',
      'VALUES ARRAY[1], null',
    ],
    [
      'SELECT (SELECT count(*) FROM (VALUES 1, 1, 2, 3, null) t(a) WHERE t.a<t2.b GROUP BY t.a HAVING count(*) > 1) FROM (VALUES 1, 2) t2(b)',
      'VALUES null, 2',
    ],
    [
      'SELECT * FROM (VALUES 1, 3, null) t(a) LEFT JOIN LATERAL (SELECT * FROM (VALUES 2, null)) t2(b) ON a < b',
      'VALUES (1, 2), (3, null), (null, null)',
    ],
    [
      'SELECT * FROM (VALUES 1, null) t(a) FULL JOIN LATERAL (SELECT * FROM (VALUES 2, null)) t2(b) ON TRUE',
      'VALUES (1, 2), (1, null), (null, 2), (null, null)',
    ],
    [
      'SELECT (SELECT count(x) FROM UNNEST(a) u(x)) FROM (VALUES ARRAY[1, 2, 3], null, ARRAY[4], ARRAY[]) t(a)',
      'VALUES 3, 0, 1, 0',
    ],
    [
      "SELECT (SELECT max(count) FROM (SELECT count(v) AS count FROM UNNEST(id, val) u(i, v) GROUP BY i)) FROM (VALUES (ARRAY['a', 'a', 'b'], ARRAY[1, 2, 3]), (ARRAY[], ARRAY[]), (null, null)) t(id, val)",
      'VALUES 2, null, null',
    ],
    [
      'SELECT b FROM (VALUES ARRAY[1, 2, 3], null, ARRAY[4], ARRAY[]) t(a) LEFT JOIN LATERAL (SELECT avg(x) FROM (SELECT x FROM (VALUES 1) LEFT JOIN UNNEST(a) u(x) ON TRUE)) t2(b) ON TRUE',
      'VALUES 2e0, null, 4, null',
    ],
    [
      'SELECT (SELECT * FROM UNNEST(a) u(x) ORDER BY x FETCH FIRST ROW WITH TIES) FROM (VALUES ARRAY[3, 1, 2], ARRAY[5, 4]) t(a)',
      'VALUES 1, 4',
    ],
    [
      'SELECT (SELECT * FROM UNNEST(a) u(x) ORDER BY x LIMIT 1) FROM (VALUES ARRAY[3, 1, 2], ARRAY[5, 4]) t(a)',
      'VALUES 1, 4',
    ],
    [
      'SELECT (SELECT x IS NULL FROM (VALUES 1) LEFT JOIN UNNEST(a) u(x) ON TRUE) FROM (VALUES ARRAY[1], ARRAY[], null) t(a)',
      'VALUES false, true, true',
    ],
    [
      'SELECT (SELECT ROW(x, ordinality) FROM UNNEST(a) WITH ORDINALITY u(x, ordinality)) FROM (VALUES ARRAY[1], ARRAY[2]) t(a)',
      'VALUES ROW(ROW(1, 1)), ROW(ROW(2, 1))',
    ],
    [
      'SELECT * FROM (VALUES ARRAY[2, 2, 1, 3, 4], ARRAY[5]) t(a) INNER JOIN LATERAL (SELECT * FROM UNNEST(a) u(x) ORDER BY x FETCH FIRST 2 ROWS WITH TIES) ON TRUE',
      'VALUES (ARRAY[2, 2, 1, 3, 4], 1), (ARRAY[2, 2, 1, 3, 4], 2), (ARRAY[2, 2, 1, 3, 4], 2), (ARRAY[5], 5)',
    ],
    [
      'SELECT * FROM (VALUES ARRAY[1, 2], ARRAY[], null) t(a) LEFT JOIN LATERAL (SELECT x IS NULL FROM UNNEST(a) u (x)) ON TRUE',
      'VALUES (ARRAY[1, 2], false), (ARRAY[1, 2], false), (ARRAY[], null), (null, null)',
    ],
  ]),
  ...test('TestWindowFrameRows', [
    [
      "SELECT array_agg(a) OVER(ORDER BY a ASC NULLS FIRST ROWS BETWEEN TINYINT '1' PRECEDING AND TINYINT '2' FOLLOWING) FROM (VALUES 2, 2, 1, null, null) t(a)",
      'VALUES ARRAY[null, null, 1], ARRAY[null, null, 1, 2], ARRAY[null, 1, 2, 2], ARRAY[1, 2, 2], ARRAY[2, 2]',
    ],
    [
      "SELECT array_agg(a) OVER(ORDER BY a ASC NULLS FIRST ROWS BETWEEN DECIMAL '1' PRECEDING AND DECIMAL '2' FOLLOWING) FROM (VALUES 2, 2, 1, null, null) t(a)",
      'VALUES ARRAY[null, null, 1], ARRAY[null, null, 1, 2], ARRAY[null, 1, 2, 2], ARRAY[1, 2, 2], ARRAY[2, 2]',
    ],
    [
      "SELECT array_agg(a) OVER(ORDER BY a ASC NULLS FIRST ROWS BETWEEN 1 PRECEDING AND DECIMAL '9223372036854775808' FOLLOWING) FROM (VALUES 2, 2, 1, null, null) t(a)",
      'VALUES ARRAY[null, null, 1, 2, 2], ARRAY[null, null, 1, 2, 2], ARRAY[null, 1, 2, 2], ARRAY[1, 2, 2], ARRAY[2, 2]',
    ],
  ]),
  ...test('TestWindowFrameGroups', [
    [
      'SELECT array_agg(a) OVER(ORDER BY a ASC NULLS FIRST GROUPS BETWEEN 1 PRECEDING AND 2 FOLLOWING) FROM (VALUES 3, 3, 3, 2, 2, 1, null, null) t(a)',
      'VALUES ARRAY[null, null, 1, 2, 2], ARRAY[null, null, 1, 2, 2], ARRAY[null, null, 1, 2, 2, 3, 3, 3], ARRAY[1, 2, 2, 3, 3, 3], ARRAY[1, 2, 2, 3, 3, 3], ARRAY[2, 2, 3, 3, 3], ARRAY[2, 2, 3, 3, 3], ARRAY[2, 2, 3, 3, 3]',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a ASC NULLS FIRST GROUPS CURRENT ROW) FROM (VALUES 3, 3, 3, 2, 2, 1, null, null) t(a)',
      'VALUES ARRAY[null, null], ARRAY[null, null], ARRAY[1], ARRAY[2, 2], ARRAY[2, 2], ARRAY[3, 3, 3], ARRAY[3, 3, 3], ARRAY[3, 3, 3]',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a ASC NULLS LAST GROUPS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) FROM (VALUES 1, null, null, 2, 1) t(a)',
      'VALUES ARRAY[2, null, null], ARRAY[2, null, null], ARRAY[null, null], null, null',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a ASC NULLS LAST GROUPS BETWEEN 90 PRECEDING AND 100 PRECEDING) FROM (VALUES 1, 2) t(a)',
      'VALUES CAST(null AS array(integer)), null',
    ],
    [
      "SELECT array_agg(a) OVER(ORDER BY a GROUPS BETWEEN x PRECEDING AND y FOLLOWING) FROM (VALUES ('a', 1, 1), ('b', 2, 0), ('c', 0, 3)) t(a, x, y)",
      "VALUES ARRAY['a', 'b'], ARRAY['a', 'b'], ARRAY['c']",
    ],
  ]),
  ...test('TestWindowFrameRange', [
    [
      'SELECT array_agg(a) OVER(ORDER BY a ASC NULLS FIRST RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM (VALUES 1, 2, 3, null, null, 2, 1, null, null) T(a)',
      'VALUES ARRAY[null, null, null, null], ARRAY[null, null, null, null], ARRAY[null, null, null, null], ARRAY[null, null, null, null], ARRAY[1, 1, 2, 2], ARRAY[1, 1, 2, 2], ARRAY[1, 1, 2, 2, 3], ARRAY[1, 1, 2, 2, 3], ARRAY[2, 2, 3]',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a DESC NULLS LAST RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM (VALUES 1, 2, 3, null, null, 2, 1, null, null) T(a)',
      'VALUES ARRAY[3, 2, 2], ARRAY[3, 2, 2, 1, 1], ARRAY[3, 2, 2, 1, 1], ARRAY[2, 2, 1, 1], ARRAY[2, 2, 1, 1], ARRAY[null, null, null, null], ARRAY[null, null, null, null], ARRAY[null, null, null, null], ARRAY[null, null, null, null]',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a ASC NULLS LAST RANGE BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING) FROM (VALUES 1, null, null, 2) T(a)',
      'VALUES ARRAY[1, 2, null, null], ARRAY[1, 2, null, null], ARRAY[null, null], ARRAY[null, null]',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a ASC NULLS FIRST RANGE BETWEEN UNBOUNDED PRECEDING AND 0.5 PRECEDING) FROM (VALUES 1, null, null, 2, 1) T(a)',
      'VALUES ARRAY[null, null], ARRAY[null, null], ARRAY[null, null], ARRAY[null, null], ARRAY[null, null, 1, 1]',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a ASC NULLS FIRST RANGE BETWEEN 0.5 FOLLOWING AND UNBOUNDED FOLLOWING) FROM (VALUES 1, null, null, 2, 1) T(a)',
      'VALUES ARRAY[null, null, 1, 1, 2], ARRAY[null, null, 1, 1, 2], ARRAY[2], ARRAY[2], null',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a ASC NULLS LAST RANGE BETWEEN UNBOUNDED PRECEDING AND 0.5 PRECEDING) FROM (VALUES 1, null, null, 2, 1) T(a)',
      'VALUES null, null, ARRAY[1, 1], ARRAY[1, 1, 2, null, null], ARRAY[1, 1, 2, null, null]',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a DESC NULLS FIRST RANGE BETWEEN UNBOUNDED PRECEDING AND 0.5 FOLLOWING) FROM (VALUES 1, null, null, 2, 1) T(a)',
      'VALUES ARRAY[null, null], ARRAY[null, null], ARRAY[null, null, 2], ARRAY[null, null, 2, 1, 1], ARRAY[null, null, 2, 1, 1]',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a DESC NULLS LAST RANGE BETWEEN 1 PRECEDING AND 10 PRECEDING) FROM (VALUES 1, 2, 3, null, null, 2, 1, null, null) T(a)',
      'VALUES CAST(null AS array(integer)), null, null, null, null, ARRAY[null, null, null, null], ARRAY[null, null, null, null], ARRAY[null, null, null, null], ARRAY[null, null, null, null]',
    ],
    [
      "SELECT array_agg(a) OVER(ORDER BY a RANGE BETWEEN 1 FOLLOWING AND 2 FOLLOWING) FROM (VALUES DECIMAL '1.0', DECIMAL '1.1') T(a)",
      'VALUES CAST(null AS array(decimal(2, 1))), null',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a NULLS FIRST RANGE BETWEEN 2 PRECEDING AND 1.5 PRECEDING) FROM (VALUES null, 1, 2) T(a)',
      'VALUES CAST(ARRAY[null] AS array(integer)), null, null',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a ASC NULLS LAST RANGE BETWEEN 0 PRECEDING AND 0 FOLLOWING) FROM (VALUES 1, 2, 1, null) T(a)',
      'VALUES ARRAY[1, 1], ARRAY[1, 1], ARRAY[2], ARRAY[null]',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a RANGE BETWEEN x * 10 PRECEDING AND y / 10.0 FOLLOWING) FROM (VALUES (1, 0.1, 10), (2, 0.2, 20), (4, 0.4, 40)) T(a, x, y)',
      'VALUES ARRAY[1, 2], ARRAY[1, 2, 4], ARRAY[1, 2, 4]',
    ],
    [
      "SELECT a, p, array_agg(a) OVER(PARTITION BY p ORDER BY a ASC NULLS FIRST RANGE BETWEEN 0.5 PRECEDING AND 1 FOLLOWING) FROM (VALUES (1, 'x'), (2, 'x'), (null, 'x'), (null, 'y'), (2, 'y')) T(a, p)",
      "VALUES (null, 'x', ARRAY[null]), (1, 'x', ARRAY[1, 2]), (2, 'x', ARRAY[2]), (null, 'y', ARRAY[null]), (2, 'y', ARRAY[2])",
    ],
    [
      "SELECT array_agg(a) OVER(ORDER BY a RANGE BETWEEN DOUBLE '0.5' PRECEDING AND TINYINT '1' FOLLOWING) FROM (VALUES 1, null, 2) T(a)",
      'VALUES ARRAY[1, 2], ARRAY[2], ARRAY[null]',
    ],
    [
      "SELECT x, array_agg(x) OVER(ORDER BY x DESC RANGE BETWEEN interval '1' month PRECEDING AND interval '1' month FOLLOWING) FROM (VALUES DATE '2001-01-31', DATE '2001-08-25', DATE '2001-09-25', DATE '2001-09-26') T(x)",
      "VALUES (DATE '2001-09-26', ARRAY[DATE '2001-09-26', DATE '2001-09-25']), (DATE '2001-09-25', ARRAY[DATE '2001-09-26', DATE '2001-09-25', DATE '2001-08-25']), (DATE '2001-08-25', ARRAY[DATE '2001-09-25', DATE '2001-08-25']), (DATE '2001-01-31', ARRAY[DATE '2001-01-31'])",
    ],
    [
      "SELECT x, array_agg(x) OVER(ORDER BY x RANGE BETWEEN CURRENT ROW AND interval '1' month FOLLOWING) FROM (VALUES DATE '2001-01-31', DATE '2001-02-28', DATE '2001-03-01') T(x)",
      "VALUES (DATE '2001-01-31', ARRAY[DATE '2001-01-31', DATE '2001-02-28']), (DATE '2001-02-28', ARRAY[DATE '2001-02-28', DATE '2001-03-01']), (DATE '2001-03-01', ARRAY[DATE '2001-03-01'])",
    ],
    [
      "SELECT x, array_agg(x) OVER(ORDER BY x RANGE BETWEEN interval '1' year PRECEDING AND interval '1' month FOLLOWING) FROM (VALUES INTERVAL '1' month, INTERVAL '2' month, INTERVAL '5' year) T(x)",
      "VALUES (INTERVAL '1' month, ARRAY[INTERVAL '1' month, INTERVAL '2' month]), (INTERVAL '2' month, ARRAY[INTERVAL '1' month, INTERVAL '2' month]), (INTERVAL '5' year, ARRAY[INTERVAL '5' year])",
    ],
    [
      "SELECT x, array_agg(date) OVER(ORDER BY x RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING), avg(number) OVER(ORDER BY x RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM (VALUES (2, DATE '2222-01-01', DECIMAL '4.4'), (1, DATE '1111-01-01', DECIMAL '2.2'), (3, DATE '3333-01-01', DECIMAL '6.6')) T(x, date, number)",
      "VALUES (1, ARRAY[DATE '1111-01-01', DATE '2222-01-01'], DECIMAL '3.3'), (2, ARRAY[DATE '1111-01-01', DATE '2222-01-01', DATE '3333-01-01'], DECIMAL '4.4'), (3, ARRAY[DATE '2222-01-01', DATE '3333-01-01'], DECIMAL '5.5')",
    ],
  ]),
  ...test('TestMinMaxNWindow', [
    [
      'SELECT min(x, 3) OVER () FROM (VALUES 1, 2, 3, 4, 5) t(x)',
      'VALUES ARRAY[1, 2, 3], ARRAY[1, 2, 3], ARRAY[1, 2, 3], ARRAY[1, 2, 3], ARRAY[1, 2, 3]',
    ],
  ]),
  ...test('TestHistogram', [
    ['SELECT histogram(x) FROM (VALUES 2, null, 1) t(x)', 'VALUES MAP(ARRAY[1, 2], ARRAY[1, 1])'],
  ]),
  ...test('AbstractTestWindowQueries', [
    [
      'SELECT (MAX(x.a) OVER () - x.a) * 100.0E0 / MAX(x.a) OVER () FROM (VALUES 1, 2, 3, 4) x(a)',
      'VALUES 75e0, 50e0, 25e0, 0e0',
    ],
    [
      "SELECT x, y, z, rank() OVER (PARTITION BY x, z ORDER BY y) r FROM (VALUES (1.0, 0.1, 'a'), (nan(), 0.1, 'a'), (nan(), nan(), 'a'), (1.0, nan(), 'a'), (1.0, NULL, 'a'), (nan(), NULL, 'a')) t(x, y, z)",
      "VALUES (1.0, 0.1, 'a', 1), (1.0, nan(), 'a', 2), (1.0, null, 'a', 3), (nan(), 0.1, 'a', 1), (nan(), nan(), 'a', 2), (nan(), null, 'a', 3)",
    ],
    [
      'SELECT a.col0, SUM(a.col1[1].col1) OVER (PARTITION BY a.col2.col0), SUM(a.col2.col1) OVER (PARTITION BY a.col2.col0) FROM (VALUES ROW(CAST(ROW(1.0, ARRAY[row(31, 14.5E0), row(12, 4.2E0)], row(3, 4.0E0)) AS ROW(col0 double, col1 array(ROW(col0 integer, col1 double)), col2 row(col0 integer, col1 double)))), ROW(CAST(ROW(2.2, ARRAY[row(41, 13.1E0), row(32, 4.2E0)], row(6, 6.0E0)) AS ROW(col0 double, col1 array(ROW(col0 integer, col1 double)), col2 row(col0 integer, col1 double))))) t(a)',
      'VALUES (1.0, 14.5, 4.0), (2.2, 13.1, 6.0)',
    ],
  ]),
];
