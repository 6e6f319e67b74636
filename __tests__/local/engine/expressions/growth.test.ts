import { expect, it } from 'vitest';
import { Analysis } from '../../../../local/engine/sql/analysis.js';
import { analyzeQuery } from '../../../../local/engine/sql/analyze-query.js';
import { parseStatement } from '../../../../local/engine/sql/statement.js';

/** Expressions, with `?` where one goes into the next, and what is in the innermost. */
const NESTS: readonly (readonly [expression: string, innermost: string])[] = [
  ['array_union(?,ARRAY[2])', 'ARRAY[1]'],
  ['array_except(?,ARRAY[2])', 'ARRAY[1]'],
  ['array_remove(?,2)', 'ARRAY[1]'],
  ['?||ARRAY[2]', 'ARRAY[1]'],
  ['(?||2)', 'ARRAY[1]'],
  ['zip_with(?,ARRAY[1],(a,b)->a+b)', 'ARRAY[1]'],
  ['reduce(ARRAY[1],?,(s,e)->s+e,s->s)', '1'],
  ['ARRAY[1][?]', '1'],
  ['element_at(ARRAY[1],?)', '1'],
  ['substr(?,2)', "'abc'"],
  ["replace(?,'a','b')", "'abc'"],
  ["split_part(?,'b',1)", "'abc'"],
  ["lpad(?,5,'x')", "'abc'"],
  ['trim(?)', "'abc'"],
  ["regexp_extract(?,'a')", "'abc'"],
  ["regexp_replace(?,'a','b')", "'abc'"],
  ["concat(?,'b')", "'abc'"],
  ['if(?>0,1,3)', '1'],
  ['nullif(?,2)', '1'],
  ['coalesce(?,2)', '1'],
  ['greatest(?,2)', '1'],
  ['(?/3)', '10'],
  ['(?+3)', '10'],
  ['(?%3)', '10'],
  ["(?+DECIMAL '1.5')", "DECIMAL '1.5'"],
  ["(?/DECIMAL '1.5')", "DECIMAL '1.5'"],
  ["(?*DECIMAL '1.5')", "DECIMAL '1.5'"],
  ['round(?,1)', '1.5'],
  ['CAST(CAST(? AS integer) AS double)', '1.5'],
  ['CAST(CAST(? AS varchar) AS double)', '1.5'],
  ['if(?<2.5e0,1.5e0,2e0)', '1.5'],
  ['(?/2.5)', '1.5'],
  ['((?) = (1.5=2.5))', 'true'],
  ["date_add('day',1,?)", "DATE '2026-01-01'"],
  ["date_trunc('month',?)", "DATE '2026-01-01'"],
  ["(? + INTERVAL '1' DAY)", "DATE '2026-01-01'"],
  ["(? + INTERVAL '1' MONTH)", "TIMESTAMP '2026-01-01 00:00'"],
  ["date_trunc('month',? AT TIME ZONE 'Europe/Paris')", "TIMESTAMP '2026-01-01 00:00 UTC'"],
  ["date_add('day',1,?)", "TIMESTAMP '2026-01-01 00:00 Europe/Paris'"],
  ["json_extract(?,'$.a')", "JSON '{}'"],
  ['map_concat(?,MAP(ARRAY[1],ARRAY[1]))', 'MAP(ARRAY[1],ARRAY[1])'],
  ['transform(?,y->y+1)', 'ARRAY[1]'],
  ['map_filter(?,(k,v)->v>0)', 'MAP(ARRAY[1],ARRAY[1])'],
  ['CAST(? AS ROW(a bigint,b bigint))', 'ROW(1,2)'],
  ['if(?=ROW(1,2),ROW(1,2),ROW(2,3))', 'ROW(1,2)'],
  ["if(? LIKE 'a' ESCAPE 'x','b','c')", "'a'"],
  ['if(? BETWEEN 1.5 AND 2.5,1.5,2.5)', '1.5'],
  ['if(? IN (1.5,2.5),1.5,2.5)', '1.5'],
  ['CASE ? WHEN 1 THEN 2 WHEN 2 THEN 3 WHEN 3 THEN 4 END', '1'],
  ['CASE ? WHEN 1.5 THEN 2.5 WHEN 2.5 THEN 3.5 END', '1.5'],
  ['if(? IS DISTINCT FROM 2, 1, 2)', '1'],
  ['slice(?,1,1)', 'ARRAY[1]'],
  ['flatten(ARRAY[?])', 'ARRAY[1]'],
  ['array_sort(?)', 'ARRAY[1]'],
  ['array_distinct(?)', 'ARRAY[1]'],
  ['array_distinct(?)', 'ARRAY[1.5]'],
  ['array_sort(?,(a,b)->a-b)', 'ARRAY[1]'],
  ['filter(?,y->y>0)', 'ARRAY[1]'],
  ['CAST(TRY_CAST(? AS integer) AS varchar)', "'1'"],
  ['try(?/1)', '1'],
  ['(- ?)', '1'],
  ['abs(?)', '1'],
  ['power(?,2)', '1.5'],
  ['truncate(?,1)', "DECIMAL '1.55'"],
  ['log(2,?)', '2'],
  ['bitwise_and(?,1)', '1'],
  ['bitwise_left_shift(?,1)', '1'],
  ["CAST(strpos(?,'a') AS varchar)", "'a'"],
  ["format('%s',?)", "'a'"],
  ['to_unixtime(from_unixtime(?))', '1.5'],
  ["date_format(date_parse(?,'%Y'),'%Y')", "'2026'"],
  ["date_diff('day',from_unixtime(?),from_unixtime(5))", '1'],
  ['from_iso8601_timestamp(to_iso8601(?))', "TIMESTAMP '2026-01-01 00:00 UTC'"],
  ["CASE upper(?) WHEN 'a' THEN 'b' ELSE 'c' END", "'a'"],
  ["CASE 'a' WHEN upper('b') THEN ? WHEN 'c' THEN 'd' END", "'a'"],
  ["CASE upper('a') WHEN ? THEN 'b' ELSE 'c' END", "'a'"],
  ["CASE upper('a') WHEN 'b' THEN ? ELSE 'c' END", "'a'"],
];

it.each(NESTS)(
  'the SQL for %s grows with the depth of a nest of it, and no faster',
  (expression, innermost) => {
    const lengthAt = (depth: number) => lengthOf(nested(expression, innermost, depth));
    // Twice as long where it grows as the depth does, eight times where it doubles.
    expect(lengthAt(6) / lengthAt(3)).toBeLessThan(3);
  },
);

function nested(expression: string, innermost: string, depth: number): string {
  let sql = innermost;
  for (let i = 0; i < depth; i++) sql = expression.replace('?', () => sql);
  return sql;
}

function lengthOf(expression: string): number {
  const { query } = parseStatement(`SELECT ${expression}`, []);
  if (!query) throw new Error('It is no query');
  const analysis = new Analysis(() => {
    throw new Error('There is no table');
  });
  return analyzeQuery(query, analysis).sql.length;
}
