import { duckType, quoteText, type SqlType, typeText } from '../../sql-type.js';
import { coerce, commonType, isFloat, type Typed } from '../coercion.js';
import { comparison } from '../comparison.js';
import { boundAll } from '../nested-values.js';
import { requireBoolean } from '../operators.js';
import { resultType } from '../result-type.js';
import { SqlFault } from '../sql-fault.js';
import type { CallSite, FunctionGroup } from './call-site.js';
import { isOrderable } from './type-pattern.js';

const VARCHAR: SqlType = { name: 'varchar' };

export const CONDITIONAL_FUNCTIONS: FunctionGroup = {
  title: 'Conditional, comparison and system',
  scalars: `
uuid(): uuid = uuid()
`,
  specials: {
    if: conditional,
    coalesce: (call) => {
      const values = call.args.flatMap((_, i) => call.value(i) ?? []);
      if (values.length < call.args.length) throw call.unexpected();
      const type = resultType(values, 'All COALESCE operands must be the same type', call.at);
      return { sql: `coalesce(${values.map((value) => coerce(value, type).sql).join(', ')})`, type };
    },
    nullif: (call) => {
      const [a, b] = [call.value(0), call.value(1)];
      if (!a || !b) throw call.unexpected();
      const sql = boundAll([a.sql, b.sql], ([x = '', y = '']) => {
        const equal = comparison('=', { ...a, sql: x }, { ...b, sql: y }, call.at).sql;
        return `CASE WHEN ${equal} THEN NULL ELSE ${x} END`;
      });
      return { sql, type: a.type };
    },
    // analyze-call.ts takes it where it has the one argument that it needs.
    try: (call) => {
      throw call.unexpected();
    },
    typeof: (call) => {
      const value = call.value(0);
      if (!value || call.args.length !== 1) throw call.unexpected();
      // The value stays in it, as an aggregate makes a query one of groups.
      const text = quoteText(typeText(value.type));
      return { sql: `CASE WHEN ${value.sql} IS NULL THEN ${text} ELSE ${text} END`, type: VARCHAR };
    },
    grouping: (call) => {
      const keys = call.args.map((_, i) => call.value(i)?.sql ?? '');
      const type: SqlType = { name: keys.length < 32 ? 'integer' : 'bigint' };
      return { sql: `CAST(grouping(${keys.join(', ')}) AS ${duckType(type)})`, type };
    },
    greatest: extreme,
    least: extreme,
  },
  refused: { 'The engine is not Trino, whose version it is': 'version' },
};

function conditional(call: CallSite): Typed {
  const [condition, then, otherwise] = [call.value(0), call.value(1), call.value(2)];
  if (!condition || !then || (call.args.length === 3 && !otherwise)) throw call.unexpected();
  requireBoolean(condition, 'IF condition', call.at);
  if (!otherwise) return { sql: `CASE WHEN ${condition.sql} THEN ${then.sql} END`, type: then.type };
  const type = commonType(then.type, otherwise.type);
  if (!type) {
    const message = `Result types for IF must be the same: ${typeText(then.type)} vs ${typeText(otherwise.type)}`;
    throw new SqlFault('TYPE_MISMATCH', message, call.at);
  }
  const [a, b] = [coerce(then, type).sql, coerce(otherwise, type).sql];
  return { sql: `CASE WHEN ${condition.sql} THEN ${a} ELSE ${b} END`, type };
}

/** NULL where an argument is; DuckDB has NaN greater than any number. */
function extreme(call: CallSite): Typed {
  const values = call.args.map((_, i) => call.value(i));
  let type: SqlType = { name: 'unknown' };
  for (const value of values) {
    const common: SqlType | undefined = value && commonType(type, value.type);
    if (!common || !isOrderable(common)) throw call.unexpected();
    type = common;
  }
  const sqls = values.map((value) => (value ? coerce(value, type).sql : 'NULL'));
  if (sqls.length === 0) throw call.unexpected();
  return { sql: boundAll(sqls, (names) => extremeOf(call.name, names, type)), type };
}

function extremeOf(name: string, sqls: readonly string[], type: SqlType): string {
  const list = sqls.join(', ');
  const known = sqls.map((sql) => `${sql} IS NULL`).join(' OR ');
  if (!isFloat(type) || name === 'least') return `CASE WHEN ${known} THEN NULL ELSE ${name}(${list}) END`;
  const numbers = sqls.map((sql) => `CASE WHEN isnan(${sql}) THEN NULL ELSE ${sql} END`).join(', ');
  return `CASE WHEN ${known} THEN NULL ELSE coalesce(greatest(${numbers}), ${sqls[0]}) END`;
}
