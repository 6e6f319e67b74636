import type { SqlType } from '../sql-type.js';
import { analyzeExpression, type Place } from './analyze-expression.js';
import { coerce, type Typed } from './coercion.js';
import { bound, isPlain } from './nested-values.js';
import { applyOperator, requireBoolean } from './operators.js';
import { resultType } from './result-type.js';
import type { Expression } from './syntax.js';

type Case = Expression & { readonly kind: 'case' };

/** CASE, whose operand is computed once; what the lambda for that cannot have in it is computed before it. */
export function analyzeCase(expression: Case, place: Place): Typed {
  const analyze = (inner: Expression) => analyzeExpression(inner, place);
  const value = expression.operand && analyze(expression.operand);
  if (!value || isPlain(value.sql)) return caseOf(expression, analyze, value);
  const hoisted = place.hoisted ?? [];
  const within = (inner: Expression) => analyzeExpression(inner, { ...place, hoisted, hoistsColumns: true });
  let type: SqlType = { name: 'unknown' };
  const body = (name: string) => {
    const typed = caseOf(expression, within, { ...value, sql: name });
    type = typed.type;
    return typed.sql;
  };
  if (place.hoisted) return { sql: bound(value.sql, body), type };
  const text = body("struct_extract(h, 'operand')");
  const values = [`'operand': ${value.sql}`, ...hoisted.map((sql, i) => `'v${i}': ${sql}`)];
  return { sql: `list_extract(list_transform([{${values.join(', ')}}], lambda h: ${text}), 1)`, type };
}

function caseOf(expression: Case, analyze: (inner: Expression) => Typed, operand?: Typed): Typed {
  const conditions = expression.whens.map(({ when }) => {
    const condition = analyze(when);
    if (!operand) requireBoolean(condition, 'CASE WHEN clause', when.at);
    return operand ? applyOperator('=', operand, condition, when.at).sql : condition.sql;
  });
  const results = expression.whens.map(({ result }) => analyze(result));
  const otherwise = expression.otherwise && analyze(expression.otherwise);
  const type = resultType(
    otherwise ? [...results, otherwise] : results,
    'All CASE results must be the same type',
    expression.at,
  );
  const whens = results.map((result, i) => `WHEN ${conditions[i]} THEN ${coerce(result, type).sql}`);
  return {
    sql: `CASE ${whens.join(' ')}${otherwise ? ` ELSE ${coerce(otherwise, type).sql}` : ''} END`,
    type,
  };
}
