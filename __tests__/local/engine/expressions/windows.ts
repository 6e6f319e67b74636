import { docs, from, type Row } from './table.js';

const T = 'FROM (VALUES (1, 10), (2, 20), (3, 20), (4, 40)) AS t(k, v)';
const answers = (expression: string) =>
  `SELECT array_agg(w ORDER BY k) FROM (SELECT k, ${expression} AS w ${T})`;

export const WINDOWS: readonly Row[] = [
  ...from(`${docs('window')}, by its words`, [
    [answers('row_number() OVER (ORDER BY k DESC)'), '[4, 3, 2, 1]'],
    [answers('rank() OVER (ORDER BY v)'), '[1, 2, 2, 4]'],
    [answers('dense_rank() OVER (ORDER BY v)'), '[1, 2, 2, 3]'],
    [answers('percent_rank() OVER (ORDER BY k)'), '[0.0, 0.3333333333333333, 0.6666666666666666, 1.0]'],
    [answers('cume_dist() OVER (ORDER BY v)'), '[0.25, 0.75, 0.75, 1.0]'],
    [answers('ntile(2) OVER (ORDER BY k)'), '[1, 1, 2, 2]'],
    [answers('lag(v) OVER (ORDER BY k)'), '[null, 10, 20, 20]'],
    [answers('lag(v, 2, 0) OVER (ORDER BY k)'), '[0, 0, 10, 20]'],
    [answers('lead(v, 1) OVER (ORDER BY k)'), '[20, 20, 40, null]'],
    [answers('first_value(v) OVER (ORDER BY k DESC)'), '[40, 40, 40, 40]'],
    [answers('last_value(v) OVER (ORDER BY k)'), '[10, 20, 20, 40]'],
    [answers('nth_value(v, 2) OVER (ORDER BY k)'), '[null, 20, 20, 20]'],
    [answers('sum(v) OVER (ORDER BY k)'), '[10, 30, 50, 90]'],
    [answers('sum(v) OVER (ORDER BY v)'), '[10, 50, 50, 90]'],
    [answers('sum(v) OVER ()'), '[90, 90, 90, 90]'],
    [answers('sum(v) OVER (PARTITION BY v ORDER BY k)'), '[10, 20, 40, 40]'],
    [answers('sum(v) OVER (ORDER BY k ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)'), '[30, 50, 80, 60]'],
    [answers('sum(v) OVER (ORDER BY k ROWS 1 PRECEDING)'), '[10, 30, 40, 60]'],
    [answers('sum(k) OVER (ORDER BY v RANGE BETWEEN 10 PRECEDING AND CURRENT ROW)'), '[1, 6, 6, 4]'],
    [answers('sum(k) OVER (ORDER BY v GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW)'), '[1, 6, 6, 9]'],
    [
      answers('sum(v) OVER (ORDER BY k ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)'),
      '[90, 80, 60, 40]',
    ],
    [answers('count(*) FILTER (WHERE v > 10) OVER (ORDER BY k)'), '[0, 1, 2, 3]'],
    [answers('array_agg(k) OVER (ORDER BY k)'), '[[1], [1, 2], [1, 2, 3], [1, 2, 3, 4]]'],
    [
      'SELECT array_agg(w ORDER BY k) FROM (SELECT k, lag(v) IGNORE NULLS OVER (ORDER BY k) AS w FROM (VALUES (1, 5), (2, NULL), (3, 7)) AS t(k, v))',
      '[null, 5, 5]',
    ],
    [
      "SELECT array_agg(w ORDER BY d) FROM (SELECT d, count(*) OVER (ORDER BY d RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW) AS w FROM (VALUES DATE '2001-01-01', DATE '2001-01-02', DATE '2001-01-05') AS t(d))",
      '[1, 2, 1]',
    ],
    [`SELECT rank() ${T}`, '! MISSING_OVER'],
    [`SELECT sum(v) OVER w ${T}`, '! INVALID_WINDOW_REFERENCE'],
    [`SELECT k ${T} WHERE rank() OVER (ORDER BY k) = 1`, '! EXPRESSION_NOT_SCALAR'],
  ]),
  ...from('LagFunction, LeadFunction, NthValueFunction, StatementAnalyzer', [
    ['SELECT lag(x, -1) OVER (ORDER BY x) FROM (VALUES 1, 2) AS t(x)', '! INVALID_FUNCTION_ARGUMENT'],
    ['SELECT lead(x, -1, 0) OVER (ORDER BY x) FROM (VALUES 1, 2) AS t(x)', '! INVALID_FUNCTION_ARGUMENT'],
    ['SELECT nth_value(x, 0) OVER (ORDER BY x) FROM (VALUES 1, 2) AS t(x)', '! INVALID_FUNCTION_ARGUMENT'],
    ['SELECT count(DISTINCT x) OVER () FROM (VALUES 1, 1) AS t(x)', '! NOT_SUPPORTED'],
    ['SELECT array_agg(x ORDER BY x) OVER () FROM (VALUES 1) AS t(x)', '! NOT_SUPPORTED'],
  ]),
  ...from('TestWindowFrameGroups', [
    [
      'SELECT array_agg(a) OVER(ORDER BY a ASC GROUPS x PRECEDING) FROM (VALUES (1, 1), (2, -2)) t(a, x)',
      '! INVALID_WINDOW_FRAME',
    ],
  ]),
  ...from('TestWindowFrameRange', [
    [
      'SELECT array_agg(a) OVER(ORDER BY a ASC RANGE x PRECEDING) FROM (VALUES (1, 0.1), (2, -0.2)) T(a, x)',
      '! INVALID_WINDOW_FRAME',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a DESC RANGE x PRECEDING) FROM (VALUES (1, 0.1), (2, null)) T(a, x)',
      '! INVALID_WINDOW_FRAME',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a DESC RANGE BETWEEN 1 PRECEDING AND x FOLLOWING) FROM (VALUES (1, 0.1), (null, null)) T(a, x)',
      '! INVALID_WINDOW_FRAME',
    ],
    [
      "SELECT array_agg(a) OVER(ORDER BY a RANGE x PRECEDING) FROM (VALUES (DATE '2001-01-31', INTERVAL '-1' MONTH)) T(a, x)",
      '! INVALID_WINDOW_FRAME',
    ],
  ]),
  ...from('TestLag', [
    [
      'SELECT lag(v, null) OVER (ORDER BY k) FROM (VALUES (1, 10), (2, 20)) t(k, v)',
      '! INVALID_FUNCTION_ARGUMENT',
    ],
  ]),
  ...from('AbstractTestWindowQueries', [
    ['SELECT *, 1.0 * sum(x) OVER () FROM (VALUES 1) t(x)', '"1","1.0"'],
  ]),
  ...from('StatementAnalyzer, ExpressionAnalyzer.analyzeWindow, LeadFunction', [
    ['SELECT array_agg(a) OVER(ORDER BY a ROWS -1 PRECEDING) FROM (VALUES 1) t(a)', '! INVALID_WINDOW_FRAME'],
    ['SELECT array_agg(a) OVER(GROUPS 1 PRECEDING) FROM (VALUES 1) t(a)', '! MISSING_ORDER_BY'],
    ['SELECT array_agg(a) OVER(RANGE 1 PRECEDING) FROM (VALUES 1) t(a)', '! MISSING_ORDER_BY'],
    [
      'SELECT array_agg(a) OVER(ORDER BY a, b RANGE 1 PRECEDING) FROM (VALUES (1, 2)) t(a, b)',
      '! INVALID_ORDER_BY',
    ],
    ["SELECT array_agg(a) OVER(ORDER BY a RANGE 1 PRECEDING) FROM (VALUES 'a') t(a)", '! TYPE_MISMATCH'],
    ["SELECT array_agg(a) OVER(ORDER BY a ROWS 'x' PRECEDING) FROM (VALUES 1) t(a)", '! TYPE_MISMATCH'],
    [
      'SELECT array_agg(a) OVER(ORDER BY a ROWS BETWEEN UNBOUNDED FOLLOWING AND CURRENT ROW) FROM (VALUES 1) t(a)',
      '! INVALID_WINDOW_FRAME',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM (VALUES 1) t(a)',
      '! INVALID_WINDOW_FRAME',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a ROWS BETWEEN 1 FOLLOWING AND CURRENT ROW) FROM (VALUES 1) t(a)',
      '! INVALID_WINDOW_FRAME',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a ROWS BETWEEN 1 FOLLOWING AND 1 PRECEDING) FROM (VALUES 1) t(a)',
      '! INVALID_WINDOW_FRAME',
    ],
    [
      'SELECT array_agg(a) OVER(ORDER BY a ROWS BETWEEN CURRENT ROW AND UNBOUNDED PRECEDING) FROM (VALUES 1) t(a)',
      '! INVALID_WINDOW_FRAME',
    ],
    ['SELECT array_agg(a) OVER(ORDER BY a ROWS 1 FOLLOWING) FROM (VALUES 1) t(a)', '! INVALID_WINDOW_FRAME'],
    [
      'SELECT lead(v, null) OVER (ORDER BY k) FROM (VALUES (1, 10), (2, 20)) t(k, v)',
      '! INVALID_FUNCTION_ARGUMENT',
    ],
    [
      'SELECT sum(a) OVER w, count(a) OVER w FROM (VALUES (1, 1)) AS t(k, a) WINDOW w AS (ORDER BY k ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)',
      '"1","1"',
    ],
  ]),
];
