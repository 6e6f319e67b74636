import { docs, from, type Row } from './table.js';

const NUMBERS = 'FROM (VALUES 1, 2, 2, NULL, 5) AS t(x)';
const PAIRS = "FROM (VALUES ('a', 1), ('b', 2), ('a', 3), (NULL, 4)) AS t(k, v)";

export const AGGREGATES: readonly Row[] = [
  ...from(
    'CorrelationAggregation, RegressionAggregation and GeometricMeanAggregations of Trino, by their rules',
    [
      ['SELECT corr(x, y), regr_slope(y, x) FROM (VALUES (1, 1), (1, 2)) AS t(x, y)', ','],
      ['SELECT corr(x, x) FROM (VALUES 1) AS t(x)', null],
      [
        'SELECT corr(x, y), regr_slope(y, x), regr_intercept(y, x) FROM (VALUES (1, 2), (2, 4)) AS t(x, y)',
        '"1.0","2.0","0.0"',
      ],
      ['SELECT geometric_mean(x) FROM (VALUES 0, 2) AS t(x)', '0.0'],
      ['SELECT geometric_mean(x) FROM (VALUES -1, 2) AS t(x)', 'NaN'],
      ['SELECT geometric_mean(x) FROM (VALUES 2, 8) AS t(x)', '4.0'],
      [
        'SELECT corr(x, y), regr_slope(y, x), regr_slope(x, y) FROM (VALUES (infinity(), 1), (1, 2)) AS t(x, y)',
        ',,',
      ],
      [
        'SELECT corr(x, y), regr_slope(y, x) FROM (VALUES (1, 1), (2, 3), (3, 5), (nan(), NULL), (NULL, infinity())) AS t(x, y)',
        '"1.0","2.0"',
      ],
    ],
  ),
  ...from('RealSumAggregation of Trino, by its rule', [
    ["SELECT sum(x) FROM (VALUES REAL '3e38', REAL '3e38') AS t(x)", 'Infinity'],
    [
      "SELECT sum(x) FILTER (WHERE x > 1), sum(DISTINCT x) FROM (VALUES REAL '1.5', REAL '1.5') AS t(x)",
      '"3.0","1.5"',
    ],
  ]),
  ...from('VarianceAggregation and CentralMomentsState of Trino, by their rules', [
    ['SELECT stddev(x), var_pop(x) FROM (VALUES infinity(), 1) AS t(x)', '"NaN","NaN"'],
    ['SELECT stddev(x), var_pop(x) FROM (VALUES nan()) AS t(x)', ',"NaN"'],
    ['SELECT kurtosis(x), skewness(x) FROM (VALUES infinity(), 1, 2, 3) AS t(x)', '"NaN","NaN"'],
    ['SELECT kurtosis(x), skewness(x) FROM (VALUES infinity(), 1) AS t(x)', ','],
    ['SELECT stddev(x) FILTER (WHERE x < 5) FROM (VALUES 1, 3, infinity()) AS t(x)', '1.4142135623730951'],
  ]),
  ...from(`${docs('aggregate')}, by its words`, [
    [`SELECT count(*) ${NUMBERS}`, '5'],
    [`SELECT count(x) ${NUMBERS}`, '4'],
    [`SELECT count(DISTINCT x) ${NUMBERS}`, '3'],
    [`SELECT count_if(x > 1) ${NUMBERS}`, '3'],
    [`SELECT sum(x) ${NUMBERS}`, '10'],
    [`SELECT avg(x) ${NUMBERS}`, '2.5'],
    [`SELECT min(x) ${NUMBERS}`, '1'],
    [`SELECT max(x, 2) ${NUMBERS}`, '[5, 2]'],
    [`SELECT min(x, 2) ${NUMBERS}`, '[1, 2]'],
    ['SELECT sum(x) FROM (VALUES 1) AS t(x) WHERE false', null],
    ['SELECT count(*) FROM (VALUES 1) AS t(x) WHERE false', '0'],
    ['SELECT array_agg(x) FROM (VALUES 1) AS t(x) WHERE false', null],
    [`SELECT array_agg(x ORDER BY x DESC) ${NUMBERS}`, '[5, 2, 2, 1, null]'],
    [`SELECT array_agg(x ORDER BY x) FILTER (WHERE x IS NOT NULL) ${NUMBERS}`, '[1, 2, 2, 5]'],
    [`SELECT array_agg(DISTINCT x ORDER BY x) ${NUMBERS}`, '[1, 2, 5, null]'],
    [`SELECT map_agg(k, v ORDER BY v) ${PAIRS}`, '{a=1, b=2}'],
    [`SELECT multimap_agg(k, v ORDER BY v) ${PAIRS}`, '{a=[1, 3], b=[2]}'],
    [`SELECT histogram(x) ${NUMBERS}`, '{1=1, 2=2, 5=1}'],
    [
      'SELECT map_union(m ORDER BY k) FROM (VALUES (1, MAP(ARRAY[1], ARRAY[2])), (2, MAP(ARRAY[3], ARRAY[4]))) AS t(k, m)',
      '{1=2, 3=4}',
    ],
    [`SELECT max_by(k, v) ${PAIRS}`, null],
    [`SELECT min_by(k, v) ${PAIRS}`, 'a'],
    [`SELECT max_by(k, v, 2) ${PAIRS}`, '[null, a]'],
    [`SELECT min_by(v, v, 2) ${PAIRS}`, '[1, 2]'],
    [`SELECT bool_and(x > 0) ${NUMBERS}`, 'true'],
    [`SELECT every(x > 1) ${NUMBERS}`, 'false'],
    [`SELECT bool_or(x > 4) ${NUMBERS}`, 'true'],
    [`SELECT approx_distinct(x) ${NUMBERS}`, '3'],
    [`SELECT approx_percentile(x, 0.5) ${NUMBERS}`, '2'],
    ['SELECT approx_percentile(x, -0.5) FROM (VALUES 1, 2) AS t(x)', '! INVALID_FUNCTION_ARGUMENT'],
    ['SELECT approx_percentile(x, ARRAY[0.5, 0.9]) FROM (VALUES 1, 2, 3) AS t(x)', '[2, 3]'],
    ['SELECT bitwise_and_agg(x) FROM (VALUES 7, 5) AS t(x)', '5'],
    ['SELECT bitwise_or_agg(x) FROM (VALUES 1, 4) AS t(x)', '5'],
    ['SELECT geometric_mean(x) FROM (VALUES 2, 8) AS t(x)', '4.0'],
    ['SELECT stddev_pop(x) FROM (VALUES 1, 3) AS t(x)', '1.0'],
    ['SELECT var_samp(x) FROM (VALUES 1, 3) AS t(x)', '2.0'],
    ['SELECT stddev(x) FROM (VALUES 1) AS t(x)', null],
    ['SELECT corr(x, y) FROM (VALUES (1, 2), (2, 4)) AS t(x, y)', '1.0'],
    ['SELECT covar_samp(x, y) FROM (VALUES (1, 2), (2, 4)) AS t(x, y)', '1.0'],
    ['SELECT regr_slope(y, x) FROM (VALUES (1, 2), (2, 4)) AS t(x, y)', '2.0'],
    ['SELECT regr_intercept(y, x) FROM (VALUES (1, 3), (2, 5)) AS t(x, y)', '1.0'],
    ['SELECT skewness(x) FROM (VALUES 1, 2) AS t(x)', null],
    [
      "SELECT listagg(value, ',') WITHIN GROUP (ORDER BY value) FROM (VALUES 'a', 'c', 'b') t(value)",
      'a,b,c',
    ],
    [
      "SELECT listagg(value, ',' ON OVERFLOW ERROR) WITHIN GROUP (ORDER BY value) FROM (VALUES 'a', 'c', 'b') t(value)",
      'a,b,c',
    ],
    [
      "SELECT listagg(value, ',') WITHIN GROUP (ORDER BY value) FILTER (WHERE value <> 'b') FROM (VALUES 'a', 'c', 'b') t(value)",
      'a,c',
    ],
    ['SELECT sum(x) FROM (VALUES 9223372036854775807, 1) AS t(x)', '! NUMERIC_VALUE_OUT_OF_RANGE'],
    ['SELECT max(x) FROM (VALUES nan(), 1e0) AS t(x)', '1.0'],
    ['SELECT min(x) FROM (VALUES nan(), 1e0) AS t(x)', '1.0'],
    ['SELECT max(x) FROM (VALUES MAP(ARRAY[1], ARRAY[1])) AS t(x)', '! FUNCTION_NOT_FOUND'],
    ["SELECT sum(x) FROM (VALUES INTERVAL '1' DAY, INTERVAL '2' HOUR) AS t(x)", '1 02:00:00.000'],
    ['SELECT sum(DISTINCT x) FILTER (WHERE x > 1) FROM (VALUES 1, 2, 2, 5) AS t(x)', '7'],
    ['SELECT count(*) FILTER (WHERE x) FROM (VALUES 1) AS t(x)', '! TYPE_MISMATCH'],
    ['SELECT sum(count(x)) FROM (VALUES 1) AS t(x)', '! EXPRESSION_NOT_SCALAR'],
    ["SELECT sum(x) FROM (VALUES 'a') AS t(x)", '! FUNCTION_NOT_FOUND'],
    ['SELECT arbitrary(x) FROM (VALUES NULL, 3) AS t(x)', '3'],
  ]),
  ...from('TestAggregation', [
    [
      'SELECT v > ALL (VALUES 1) FROM (VALUES (1, 1), (1, 2)) t(k, v) GROUP BY k',
      '! EXPRESSION_NOT_AGGREGATE',
    ],
    ['SELECT count_if(v > ALL (VALUES 0, 1)) FROM (VALUES (1, 1), (1, 2)) t(k, v) GROUP BY k', '1'],
    ['SELECT count_if(v > ANY (VALUES 0, 1)) FROM (VALUES (1, 1), (1, 2)) t(k, v) GROUP BY k', '2'],
  ]),
  ...from('TestFilteredAggregations', [
    [
      'SELECT sum(x) FILTER(WHERE x > 0), sum(x) FILTER(WHERE x < 3) FROM (VALUES 1, 1, 0, 5, 3, 8) t(x)',
      '"18","2"',
    ],
    [
      'SELECT count(DISTINCT x) FILTER (WHERE x > 1), sum(DISTINCT y) FILTER (WHERE x < 3) FROM (VALUES (1, 10),(1, 20),(1, 20),(2, 20),(3, 30)) t(x, y)',
      '"2","30"',
    ],
  ]),
  ...from('AbstractTestAggregations', [
    ['SELECT sum(b) FILTER (WHERE true) FROM (SELECT count(*) FILTER (WHERE true) AS b)', '1'],
    ['SELECT DISTINCT a/a FROM (VALUES (0.0e0), (0.0e0)) x (a)', 'NaN'],
    [
      'SELECT a, b, c FROM (VALUES ROW(nan(), 1, 2), ROW(nan(), 1, 2)) t(a, b, c) GROUP BY 1, 2, 3',
      '"NaN","1","2"',
    ],
    [
      'SELECT a FROM (VALUES (ARRAY[nan(), 2e0, 3e0]), (ARRAY[nan(), 2e0, 3e0])) t(a) GROUP BY a',
      '[NaN, 2.0, 3.0]',
    ],
    ['SELECT count(DISTINCT a), max(b) FROM (VALUES (row(1, 2), 3)) t(a, b)', '"1","3"'],
    ['SELECT a, count(1) FROM (VALUES 1, 2, 3, 2) t(a) GROUP BY a HAVING count(1) > 1', '"2","2"'],
  ]),
  ...from('TestListagg', [
    [
      "SELECT id, listagg(value) WITHIN GROUP (ORDER BY value) FROM (VALUES (1, 'c'), (2, 'b'), (1, 'a'), (2, 'd')) t(id, value) GROUP BY id ORDER BY id",
      '"1","ac" | "2","bd"',
    ],
    [
      "SELECT listagg(value, ',') WITHIN GROUP (ORDER BY value DESC) FROM (VALUES 'a', 'bb', 'ccc', 'dddd') t(value)",
      'dddd,ccc,bb,a',
    ],
    [
      "SELECT listagg(value, ',') WITHIN GROUP (ORDER BY sortitem1, sortitem2) FROM (VALUES (2, 'C', 'ccc'), (2, 'B', 'bb'), (3, 'D', 'dddd'), (1, 'A', 'a')) t(sortitem1, sortitem2, value)",
      'a,bb,ccc,dddd',
    ],
    [
      "SELECT listagg(upper(value), ' ') WITHIN GROUP (ORDER BY value) FROM (VALUES 'Trino', 'SQL', 'everything') t(value)",
      'SQL TRINO EVERYTHING',
    ],
    [
      "SELECT listagg(value, ',') WITHIN GROUP (ORDER BY value) FROM (VALUES 'a', NULL, 'bb', NULL, 'ccc', NULL, 'dddd', NULL) t(value)",
      'a,bb,ccc,dddd',
    ],
    [
      "SELECT id, listagg(value, ',') WITHIN GROUP (ORDER BY value) FROM (VALUES (1, 'a'), (2, NULL), (3, 'bb'), (1, NULL), (1, 'ccc'), (2, NULL), (3, 'dddd'), (2, NULL)) t(id, value) GROUP BY id ORDER BY id",
      '"1","a,ccc" | "2", | "3","bb,dddd"',
    ],
    ["SELECT listagg(v, ',') FROM (VALUES 'a') t(v)", '! SYNTAX_ERROR'],
    ["SELECT listagg(v) FROM (VALUES 'a') t(v)", '! SYNTAX_ERROR'],
    ["SELECT listagg(v, ',', '...') WITHIN GROUP (ORDER BY v) FROM (VALUES 'a') t(v)", '! SYNTAX_ERROR'],
    [
      "SELECT listagg(v, ',') WITHIN GROUP (ORDER BY v) OVER (PARTITION BY id) FROM (VALUES (1, 'a')) t(id, v)",
      '! SYNTAX_ERROR',
    ],
    [
      "SELECT listagg(v, ',' ON OVERFLOW COLLAPSE) WITHIN GROUP (ORDER BY v) FROM (VALUES 'a') t(v)",
      '! SYNTAX_ERROR',
    ],
    [
      "SELECT LISTAGG(v, 123) WITHIN GROUP (ORDER BY v) FROM (VALUES 'Trino', 'SQL', 'everything') t(v)",
      '! SYNTAX_ERROR',
    ],
    [
      "SELECT listagg(value, ',') WITHIN GROUP (ORDER BY value) FROM (VALUES 1, NULL, 2, 3, 4) t(value)",
      '! TYPE_MISMATCH',
    ],
    [
      "SELECT listagg(value, ',') WITHIN GROUP (ORDER BY value) FROM (VALUES array['abc', 'def'], array['sql']) t(value)",
      '! TYPE_MISMATCH',
    ],
    [
      "SELECT listagg(try_cast(value as varchar), ',') WITHIN GROUP (ORDER BY value) FROM (VALUES 1, NULL, 2, 3, 4) t(value)",
      '1,2,3,4',
    ],
    [
      "SELECT listagg( DISTINCT value, ',') WITHIN GROUP (ORDER BY value) FROM (VALUES  'a', 'b', 'a', 'b', 'c', 'd', 'd', 'a', 'd', 'b', 'd') t(value)",
      'a,b,c,d',
    ],
  ]),
  ...from('TestOrderedAggregation', [
    ['SELECT sum(x ORDER BY y) FROM (VALUES (1, 2), (3, 5), (4, 1)) t(x, y)', '8'],
    [
      'SELECT array_agg(y ORDER BY x) FROM (VALUES ((1, 2), 2), ((3, 4), 5), ((1, 1), 1)) t(x, y)',
      '[1, 2, 5]',
    ],
    [
      'SELECT array_agg(z ORDER BY x, y DESC) FROM (VALUES (1, 2, 2), (2, 2, 3), (2, 4, 5), (3, 4, 4), (1, 1, 1)) t(x, y, z)',
      '[2, 1, 5, 3, 4]',
    ],
    [
      'SELECT array_agg(y ORDER BY x.a DESC) FROM (VALUES (CAST(ROW(1) AS ROW(a BIGINT)), 1), (CAST(ROW(2) AS ROW(a BIGINT)), 2)) t(x, y)',
      '[2, 1]',
    ],
    [
      "SELECT x, sum(cast(x AS double)) FROM (VALUES '1.0') t(x) GROUP BY x ORDER BY sum(cast(t.x AS double) ORDER BY t.x)",
      '"1.0","1.0"',
    ],
    [
      'SELECT array_agg(z ORDER BY z) OVER (PARTITION BY x) FROM (VALUES (1, 2, 3), (1, 2, 1), (2, 1, 3), (2, 1, 4)) t(x, y, z) GROUP BY x, z',
      '! NOT_SUPPORTED',
    ],
    [
      'SELECT array_agg(DISTINCT x ORDER BY y) FROM (VALUES (1, 2), (3, 5), (4, 1)) t(x, y)',
      '! EXPRESSION_NOT_IN_DISTINCT',
    ],
    [
      'SELECT array_agg(DISTINCT x+y ORDER BY y) FROM (VALUES (1, 2), (3, 5), (4, 1)) t(x, y)',
      '! EXPRESSION_NOT_IN_DISTINCT',
    ],
    [
      'SELECT x, array_agg(DISTINCT y ORDER BY z + y DESC) FROM (VALUES (1, 2, 2), (2, 2, 3), (2, 4, 5), (3, 4, 4), (3, 2, 1), (1, 1, 1)) t(x, y, z) GROUP BY x',
      '! EXPRESSION_NOT_IN_DISTINCT',
    ],
  ]),
  ...from('TestDistinctAggregations', [
    ['SELECT corr(DISTINCT x, y) FROM (VALUES (1, 1), (2, 2), (2, 2), (3, 3)) t(x, y)', '1.0'],
    [
      'SELECT sum(DISTINCT x) FILTER (WHERE y > 3), sum(DISTINCT y) FILTER (WHERE x > 1) FROM (VALUES (1, 3), (2, 4), (2, 4), (4, 5)) t (x, y)',
      '"6","9"',
    ],
  ]),
  ...from('TestCountIfAggregation, with no positions', [
    ['SELECT count_if(x > 1) FROM (VALUES 1) t(x) WHERE x > 5', '0'],
    ['SELECT count_if(x > 1) FILTER (WHERE x > 5) FROM (VALUES 1) t(x)', '0'],
    [
      'SELECT count_if(x > 0) OVER (ORDER BY x ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) FROM (VALUES 1, 2) t(x)',
      '"0" | "1"',
    ],
    ['SELECT (SELECT count_if(x = y) FROM (VALUES 1) u(y) WHERE y = x) FROM (VALUES 2) t(x)', '0'],
    ['SELECT count_if(DISTINCT x > 0) FROM (VALUES 1, 2, NULL) t(x)', '1'],
  ]),
  ...from('TestApproximatePercentileAggregation', [
    ['SELECT approx_percentile(x, 0.5) FROM (VALUES CAST(NULL AS bigint), NULL) t(x)', null],
    ['SELECT approx_percentile(x, 0.5) FROM (VALUES NULL, 1) t(x)', '1'],
    ['SELECT approx_percentile(x, 0.5) FROM (VALUES NULL, 1, 2, 3) t(x)', '2'],
    [
      'SELECT approx_percentile(x, 0.5) FROM (VALUES 1, null, 2, 2, null, 2, 2, null, 2, 2, null, 3, 3, null, 3, null, 3, 4, 5, 6, 7) t(x)',
      '3',
    ],
    ['SELECT approx_percentile(x, ARRAY[0.5, 0.99]) FROM (VALUES CAST(NULL AS bigint), NULL) t(x)', null],
    ['SELECT approx_percentile(x, ARRAY[0.5, 0.5]) FROM (VALUES NULL, 1) t(x)', '[1, 1]'],
    ['SELECT approx_percentile(x, ARRAY[0.2, 0.5, 0.8]) FROM (VALUES NULL, 1, 2, 3) t(x)', '[1, 2, 3]'],
    ['SELECT approx_percentile(x, ARRAY[0.5, 0.99]) FROM (VALUES 1, 2, 3) t(x)', '[2, 3]'],
    [
      'SELECT approx_percentile(x, ARRAY[0.01, 0.5]) FROM (VALUES 1, null, 2, 2, null, 2, 2, null, 2, 2, null, 3, 3, null, 3, null, 3, 4, 5, 6, 7) t(x)',
      '[1, 3]',
    ],
    ['SELECT approx_percentile(x, ARRAY[0.8, 0.2, 0.5]) FROM (VALUES NULL, 1, 2, 3) t(x)', '[3, 1, 2]'],
    ["SELECT approx_percentile(x, 0.5) FROM (VALUES REAL '-1.0', REAL '1.0') t(x)", '1.0'],
    ["SELECT approx_percentile(x, 0.5) FROM (VALUES REAL '-2.0', REAL '3.0', REAL '-1.0') t(x)", '-1.0'],
    [
      "SELECT approx_percentile(x, ARRAY[0.8, 0.2, 0.5]) FROM (VALUES REAL '1', REAL '2', REAL '3') t(x)",
      '[3.0, 1.0, 2.0]',
    ],
    ['SELECT approx_percentile(x, ARRAY[0.2, 0.5, 0.8]) FROM (VALUES 1e0, 2e0, 3e0) t(x)', '[1.0, 2.0, 3.0]'],
    ['SELECT approx_percentile(x, w, 0.5) FROM (VALUES (CAST(NULL AS bigint), 1), (NULL, 1)) t(x, w)', null],
    ['SELECT approx_percentile(x, w, 0.5) FROM (VALUES (NULL, 1e0), (1, 1e0)) t(x, w)', '1'],
    [
      'SELECT approx_percentile(x, w, 0.5) FROM (VALUES (NULL, 1e0), (1, 1e0), (2, 1e0), (3, 1e0)) t(x, w)',
      '2',
    ],
    ['SELECT approx_percentile(x, w, 0.5) FROM (VALUES (1, 23.4e0), (2, 23.4e0), (3, 23.4e0)) t(x, w)', '2'],
    [
      'SELECT approx_percentile(x, w, 0.5) FROM (VALUES (1, 1), (NULL, 1), (2, 2), (NULL, 1), (2, 2), (NULL, 1), (2, 2), (NULL, 1), (3, 2), (NULL, 1), (3, 1), (NULL, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 1)) t(x, w)',
      '3',
    ],
    [
      'SELECT approx_percentile(x, w, 0.5) FROM (VALUES (1, 1.1e0), (NULL, 1.1e0), (2, 2.2e0), (NULL, 1.1e0), (2, 2.2e0), (NULL, 1.1e0), (2, 2.2e0), (NULL, 1.1e0), (3, 2.2e0), (NULL, 1.1e0), (3, 1.1e0), (NULL, 1.1e0), (3, 1.1e0), (4, 1.1e0), (5, 1.1e0), (6, 1.1e0), (7, 1.1e0)) t(x, w)',
      '3',
    ],
    [
      'SELECT approx_percentile(x, w, 0.5) FROM (VALUES (1e0, 1), (NULL, 1), (2e0, 2), (NULL, 1), (2e0, 2), (NULL, 1), (2e0, 2), (NULL, 1), (3e0, 2), (NULL, 1), (3e0, 1), (NULL, 1), (3e0, 1), (4e0, 1), (5e0, 1), (6e0, 1), (7e0, 1)) t(x, w)',
      '2.75',
    ],
    [
      'SELECT round(approx_percentile(x, w, 0.5), 10) FROM (VALUES (1e0, 1.1e0), (NULL, 1.1e0), (2e0, 2.2e0), (NULL, 1.1e0), (2e0, 2.2e0), (NULL, 1.1e0), (2e0, 2.2e0), (NULL, 1.1e0), (3e0, 2.2e0), (NULL, 1.1e0), (3e0, 1.1e0), (NULL, 1.1e0), (3e0, 1.1e0), (4e0, 1.1e0), (5e0, 1.1e0), (6e0, 1.1e0), (7e0, 1.1e0)) t(x, w)',
      '2.75',
    ],
    [
      "SELECT approx_percentile(x, w, 0.5) FROM (VALUES (REAL '1', 1), (NULL, 1), (REAL '2', 2), (NULL, 1), (REAL '2', 2), (NULL, 1), (REAL '2', 2), (NULL, 1), (REAL '3', 2), (NULL, 1), (REAL '3', 1), (NULL, 1), (REAL '3', 1), (REAL '4', 1), (REAL '5', 1), (REAL '6', 1), (REAL '7', 1)) t(x, w)",
      '2.75',
    ],
    [
      'SELECT approx_percentile(x, w, ARRAY[0.5, 0.8]) FROM (VALUES (1, 4e0), (2, 2e0), (3, 1e0)) t(x, w)',
      '[2, 3]',
    ],
    [
      'SELECT approx_percentile(x, w, ARRAY[0.5, 0.8]) FROM (VALUES (1e0, 4e0), (2e0, 2e0), (3e0, 1e0)) t(x, w)',
      '[1.5, 2.6000000000000005]',
    ],
    [
      "SELECT approx_percentile(x, w, ARRAY[0.5, 0.8]) FROM (VALUES (REAL '1', 4e0), (REAL '2', 2e0), (REAL '3', 1e0)) t(x, w)",
      '[1.5, 2.6]',
    ],
  ]),
  ...from('TDigestFunctions checks values and weights, the aggregations percentiles and whole numbers', [
    ['SELECT approx_percentile(x, 0.5e0, 0.5) FROM (VALUES 1, 2) t(x)', '! INVALID_FUNCTION_ARGUMENT'],
    ['SELECT approx_percentile(x, infinity(), 0.5) FROM (VALUES 1, 2) t(x)', '! INVALID_FUNCTION_ARGUMENT'],
    ['SELECT approx_percentile(nan(), x, 0.5) FROM (VALUES 1, 2) t(x)', '! INVALID_FUNCTION_ARGUMENT'],
    ['SELECT approx_percentile(x, 2, 1.5) FROM (VALUES 1, 2) t(x)', '! INVALID_FUNCTION_ARGUMENT'],
    [
      'SELECT approx_percentile(9007199254740993, x, 0.5) FROM (VALUES 1, 2) t(x)',
      '! INVALID_FUNCTION_ARGUMENT',
    ],
    ['SELECT approx_percentile(x, NULL, 0.5) FROM (VALUES 1, 2) t(x)', null],
  ]),
  ...from('TestMinMaxByAggregation', [
    ["SELECT max_by(x, y) FROM (VALUES ('a', nan()), ('b', 1e0), ('c', 2e0)) t(x, y)", 'c'],
    ["SELECT max_by(x, y) FROM (VALUES ('a', 1e0), ('b', nan()), ('c', 2e0)) t(x, y)", 'c'],
    ["SELECT max_by(x, y) FROM (VALUES ('a', 1e0), ('b', 2e0), ('c', nan())) t(x, y)", 'b'],
    [
      "SELECT min_by(x, y) FROM (VALUES ('a', CAST(nan() AS real)), ('b', REAL '1'), ('c', REAL '2')) t(x, y)",
      'b',
    ],
    [
      "SELECT min_by(x, y) FROM (VALUES ('a', REAL '1'), ('b', CAST(nan() AS real)), ('c', REAL '2')) t(x, y)",
      'a',
    ],
    ['SELECT min_by(x, y) FROM (VALUES (10e0, 1e0), (9e0, null), (8e0, 2e0), (11e0, null)) t(x, y)', '10.0'],
    ['SELECT max_by(x, y) FROM (VALUES (1e0, 1e0), (null, 2e0)) t(x, y)', null],
    ['SELECT max_by(x, y) FROM (VALUES (3e0, 1e0), (2e0, 1.5e0), (null, null)) t(x, y)', '2.0'],
    [
      'SELECT min_by(x, y) FROM (VALUES (1, ARRAY[8, 9]), (2, ARRAY[1, 2]), (2, ARRAY[6, 7]), (3, ARRAY[1, 1])) t(x, y)',
      '3',
    ],
    [
      'SELECT max_by(x, y) FROM (VALUES (0, ARRAY[-8, 9]), (1, ARRAY[-6, 7]), (2, ARRAY[-1, -3]), (-1, ARRAY[-1])) t(x, y)',
      '2',
    ],
    ['SELECT min_by(x, y) FROM (VALUES (ARRAY[3, 4], true), (null, false), (null, true)) t(x, y)', null],
  ]),
  ...from('TestHistogram', [['SELECT histogram(x) FROM (VALUES CAST(NULL AS bigint)) t(x)', null]]),
  ...from('TestMapAggAggregation', [
    ['SELECT map_agg(k, v) FROM (VALUES (1e0, 2e0), (null, 3e0), (null, 4e0)) t(k, v)', '{1.0=2.0}'],
    ['SELECT map_agg(k, v) FROM (VALUES (CAST(null AS double), 2e0), (null, 3e0)) t(k, v)', null],
    [
      'SELECT map_agg(k, v ORDER BY k) FROM (VALUES (1e0, CAST(NULL AS double)), (2e0, null), (3e0, null)) t(k, v)',
      '{1.0=null, 2.0=null, 3.0=null}',
    ],
    [
      "SELECT map_agg(k, v) = MAP(ARRAY[ARRAY['a', 'b'], ARRAY['c', 'd']], ARRAY[1e0, 2e0]) FROM (VALUES (ARRAY['a', 'b'], 1e0), (ARRAY['c', 'd'], 2e0)) t(k, v)",
      'true',
    ],
    ["SELECT map_agg(k, v) FROM (VALUES (1, MAP(ARRAY['a'], ARRAY['b']))) t(k, v)", '{1={a=b}}'],
  ]),
  ...from('TestMapUnionAggregation', [
    [
      "SELECT map_union(m ORDER BY i) FROM (VALUES (1, MAP(ARRAY[23, 33], ARRAY['aaa', null])), (2, null), (3, MAP(ARRAY[43], ARRAY['ccc']))) t(i, m)",
      '{23=aaa, 33=null, 43=ccc}',
    ],
  ]),
  ...from(`${docs('aggregate')}, by its words`, [
    ['SELECT approx_percentile(x, 0.7) FROM UNNEST(sequence(1, 10)) t(x)', '8'],
    ['SELECT approx_percentile(x, 1) FROM UNNEST(sequence(1, 10)) t(x)', '10'],
    ['SELECT approx_percentile(x, 0) FROM UNNEST(sequence(1, 10)) t(x)', '1'],
    ['SELECT approx_percentile(x, 1.5) FROM UNNEST(sequence(1, 10)) t(x)', '! INVALID_FUNCTION_ARGUMENT'],
    [
      'SELECT approx_percentile(x, ARRAY[1.5]) FROM UNNEST(sequence(1, 10)) t(x)',
      '! INVALID_FUNCTION_ARGUMENT',
    ],
    ['SELECT approx_percentile(x, 0.5) FILTER (WHERE x > 5) FROM UNNEST(sequence(1, 10)) t(x)', '8'],
    ['SELECT approx_distinct(x) FROM UNNEST(sequence(1, 1000)) t(x)', '1000'],
    ['SELECT approx_distinct(x, 0.01) FROM UNNEST(sequence(1, 10)) t(x)', '10'],
    ['SELECT approx_distinct(x, 0.5) FROM UNNEST(sequence(1, 10)) t(x)', '! INVALID_FUNCTION_ARGUMENT'],
    ['SELECT approx_distinct(x) FROM (VALUES CAST(NULL AS integer)) t(x)', '0'],
    ['SELECT approx_distinct(DISTINCT x) FROM (VALUES 1, 1) t(x)', '1'],
    ['SELECT array_agg(c) FROM (SELECT approx_distinct(x) OVER () AS c FROM (VALUES 1, 1) t(x))', '[1, 1]'],
    ["SELECT max_by(x, y) FROM (VALUES ('a', CAST(nan() AS real))) t(x, y)", 'a'],
    ['SELECT max_by(x, y, 2) FROM (VALUES (1, 1e0), (2, 2e0)) t(x, y)', '[2, 1]'],
    ['SELECT max_by(x, y, 2) FROM (VALUES (1, 1e0), (2, nan())) t(x, y)', '! NOT_SUPPORTED'],
    ['SELECT max(x, 2) FROM (VALUES 1e0, 2e0) t(x)', '[2.0, 1.0]'],
    ['SELECT max(x, 0) FROM (VALUES 1, 2) t(x)', '! INVALID_FUNCTION_ARGUMENT'],
    ['SELECT min(x, 10001) FROM (VALUES 1, 2) t(x)', '! INVALID_FUNCTION_ARGUMENT'],
    ['SELECT min_by(x, x, -1) FROM (VALUES 1, 2) t(x)', '! INVALID_FUNCTION_ARGUMENT'],
    [
      "SELECT histogram(x) = MAP(ARRAY[ARRAY['a', 'b'], ARRAY['c']], ARRAY[BIGINT '1', 2]) FROM (VALUES ARRAY['a', 'b'], ARRAY['c'], ARRAY['c']) t(x)",
      'true',
    ],
    [
      'SELECT map_union(m ORDER BY i) FROM (VALUES (1, MAP(ARRAY[1, 2, 3], ARRAY[99, 99, 99])), (2, MAP(ARRAY[1, 2, 4], ARRAY[44, 44, 44]))) t(i, m)',
      '{1=99, 2=99, 3=99, 4=44}',
    ],
  ]),
];
