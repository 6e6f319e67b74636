import type { Analysis } from './analysis.js';
import { analyzeExpression } from './analyze-expression.js';
import { coerce, commonType } from './coercion.js';
import { cannotApply, comparison } from './comparison.js';
import { extended, type Relational } from './extended-relation.js';
import { requireBoolean } from './operators.js';
import { findOne, type Scope, type ScopeColumn } from './scope.js';
import { SqlFault } from './sql-fault.js';
import type { Expression, Join } from './syntax.js';
import type { Identifier } from './tokens.js';

export interface AnalyzedRelation extends Relational {
  /** Whether it is more than one relation, which parentheses can hold together. */
  readonly isJoin?: boolean;
}

/** What a join joins. */
interface Sides {
  readonly left: AnalyzedRelation;
  readonly right: AnalyzedRelation;
  readonly type: Join['type'];
}

export function nested({ sql, isJoin }: AnalyzedRelation): string {
  return isJoin ? `(${sql})` : sql;
}

/**
 * A join by a condition. A subquery in that of an outer join is a column of the side that its value is of, as DuckDB has
 * none in such a condition; no column of the join can be named in it, as in Trino.
 */
export function joinedOn(
  condition: Expression,
  { left, right, type }: Sides,
  analysis: Analysis,
  outer: Scope | undefined,
): AnalyzedRelation {
  const analyzed = (columns: readonly ScopeColumn[], hoisted?: string[]) => {
    const scope: Scope = { columns, ...(outer && { outer }), ...(type !== 'INNER' && { isClosed: true }) };
    const place = { analysis, scope, noAggregates: 'JOIN clause', condition };
    const on = analyzeExpression(condition, { ...place, ...(hoisted && { hoisted }) });
    requireBoolean(on, 'JOIN ON clause', condition.at);
    return on.sql;
  };
  const join = (a: Relational, b: AnalyzedRelation, on: string): AnalyzedRelation => ({
    sql: `${a.sql} ${type} JOIN ${nested(b)} ON ${on}`,
    columns: [...a.columns, ...b.columns],
    isJoin: true,
  });
  const subqueries: string[] = [];
  if (type !== 'INNER') analyzed([...left.columns, ...right.columns], subqueries);
  if (subqueries.length === 0) return join(left, right, analyzed([...left.columns, ...right.columns]));
  const ofRight = subqueries.map((sql) => names(sql, right.columns));
  if (subqueries.some((sql, i) => ofRight[i] && names(sql, left.columns)))
    throw new SqlFault('NOT_SUPPORTED', SUBQUERY_OF_BOTH, condition.at);
  const a = extended(
    left,
    subqueries.filter((_, i) => !ofRight[i]),
    analysis,
  );
  const b = extended(
    right,
    subqueries.filter((_, i) => ofRight[i]),
    analysis,
  );
  const on = analyzed([...a.columns, ...b.columns], []);
  const [ofA, ofB] = [a.added.values(), b.added.values()];
  const added = ofRight.map((isRight) => (isRight ? ofB : ofA).next().value ?? '');
  return join(
    a,
    b,
    on.replace(/struct_extract\(h, 'v(\d+)'\)/g, (_, i: string) => added[Number(i)] ?? ''),
  );
}

const SUBQUERY_OF_BOTH =
  'A subquery whose value is of both sides, in the condition of an outer join, is not supported by local AWS';

/** Whether an expression names a column. */
function names(sql: string, columns: readonly ScopeColumn[]): boolean {
  return columns.some((column) => sql.split(column.sql).some((rest, i) => i > 0 && !/^\w/.test(rest)));
}

/** A column of USING is there once, in front, and belongs to neither side. */
export function joinedUsing(
  names: readonly Identifier[],
  { left, right, type: joinType }: Sides,
): AnalyzedRelation {
  const pairs = names.map((identifier, i, all) => {
    if (all.slice(0, i).some(({ name }) => name === identifier.name)) {
      const message = `Column '${identifier.name}' appears multiple times in USING clause`;
      throw new SqlFault('DUPLICATE_COLUMN_NAME', message, identifier.at);
    }
    const [a, b] = [findOne(left.columns, identifier), findOne(right.columns, identifier)];
    if (!a || !b) {
      const message = `Column '${identifier.name}' is missing from ${a ? 'right' : 'left'} side of join`;
      throw new SqlFault('COLUMN_NOT_FOUND', message, identifier.at);
    }
    const type = commonType(a.type, b.type);
    if (!type) throw cannotApply('=', a.type, b.type, identifier.at);
    const equal = comparison('=', a, b, identifier.at).sql;
    return { name: identifier.name, a, b, x: coerce(a, type).sql, y: coerce(b, type).sql, type, equal };
  });
  const merged = pairs.map(({ name, x, y, type }) => ({ name, type, sql: `coalesce(${x}, ${y})` }));
  const rest = [...left.columns, ...right.columns].filter(
    (column) => !pairs.some(({ a, b }) => column === a || column === b),
  );
  return {
    sql: `${left.sql} ${joinType} JOIN ${nested(right)} ON ${pairs.map(({ equal }) => equal).join(' AND ')}`,
    columns: [...merged, ...rest],
    isJoin: true,
  };
}
