import type { FunctionGroup } from './call-site.js';

export const WINDOW_FUNCTIONS: FunctionGroup = {
  title: 'Window',
  windows: `
row_number(): bigint = row_number()
rank(): bigint = rank()
dense_rank(): bigint = dense_rank()
percent_rank(): double = percent_rank()
cume_dist(): double = cume_dist()
ntile(bigint): bigint = ntile($1)
lag(T): T = lag($1)
lag(T, bigint): T = lag($1, trino_distance_of_row($2))
lag(T, bigint, T): T = lag($1, trino_distance_of_row($2), $3)
lead(T): T = lead($1)
lead(T, bigint): T = lead($1, trino_distance_of_row($2))
lead(T, bigint, T): T = lead($1, trino_distance_of_row($2), $3)
first_value(T): T = first_value($1)
last_value(T): T = last_value($1)
nth_value(T, bigint): T = nth_value($1, trino_offset_of_row($2, 1))
`,
  refused: {
    'It stands only in MATCH_RECOGNIZE': 'classifier first last match_number next permute prev',
  },
};

export const WINDOW_MACROS = [
  `CREATE MACRO trino_offset_of_row(n, least) AS CASE
    WHEN n < least THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Offset must be at least ' || CAST(least AS VARCHAR)) ELSE n END`,
  `CREATE MACRO trino_distance_of_row(n) AS CASE
    WHEN n IS NULL THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Offset must not be null') ELSE trino_offset_of_row(n, 0) END`,
];
