import type { Analysis, AnalyzedQuery } from './analysis.js';
import { analyzeQuery } from './analyze-query.js';
import { analyzeUnnest, unnested } from './analyze-unnest.js';
import { type AnalyzedRelation, joinedOn, joinedUsing, nested } from './join-condition.js';
import { sampleSql } from './sample.js';
import type { Scope, ScopeColumn } from './scope.js';
import { SqlFault } from './sql-fault.js';
import type { Join, Relation } from './syntax.js';

/** The relations of a FROM, each of which LATERAL and UNNEST behind it can see. */
export function analyzeRelations(
  relations: readonly Relation[],
  analysis: Analysis,
  outer: Scope | undefined,
): AnalyzedRelation {
  let columns: readonly ScopeColumn[] = [];
  let parts: string[] = [];
  for (const relation of relations) {
    const scope: Scope = { columns, ...(outer && { outer }) };
    const unnest = columns.length > 0 ? unnestIn(relation) : undefined;
    if (unnest) {
      const all = unnested({ sql: parts.join(' CROSS JOIN '), columns }, unnest, analysis, scope, false);
      columns = [...all.kept, ...named(relation, all.columns)];
      parts = [all.sql];
      continue;
    }
    const analyzed = analyzeRelation(relation, analysis, scope, outer);
    columns = [...columns, ...analyzed.columns];
    // A comma binds less than JOIN does, which is the same but for joins that keep rows of their right side.
    parts.push(keepsRight(relation) ? nested(analyzed) : analyzed.sql);
  }
  return { sql: parts.join(' CROSS JOIN '), columns };
}

/** The UNNEST that a relation is, be it under a name. */
function unnestIn(relation: Relation): (Relation & { kind: 'unnest' }) | undefined {
  const inner = relation.kind === 'alias' ? relation.relation : relation;
  return inner.kind === 'unnest' ? inner : undefined;
}

function named(relation: Relation, columns: readonly ScopeColumn[]): readonly ScopeColumn[] {
  return relation.kind === 'alias' ? aliased(relation, columns) : columns;
}

function keepsRight(relation: Relation): boolean {
  if (relation.kind !== 'join') return false;
  return relation.type === 'RIGHT' || relation.type === 'FULL' || keepsRight(relation.left);
}

/** `lateral` is what LATERAL and UNNEST see, `outer` what any subquery sees. */
function analyzeRelation(
  relation: Relation,
  analysis: Analysis,
  lateral: Scope,
  outer: Scope | undefined,
): AnalyzedRelation {
  switch (relation.kind) {
    case 'table': {
      const [only] = relation.name;
      const cte = relation.name.length === 1 && only ? analysis.ctes.get(only.name) : undefined;
      const alias = analysis.fresh('r');
      if (!cte || !only) return analysis.table(relation.name, alias);
      return { sql: `${cte.id} AS ${alias}`, columns: columnsOf(alias, cte.columns, only.name) };
    }
    case 'subquery': {
      const query = analyzeQuery(relation.query, analysis, relation.lateral ? lateral : outer);
      const alias = analysis.fresh('r');
      return {
        sql: `${relation.lateral ? 'LATERAL ' : ''}(${query.sql}) AS ${alias}`,
        columns: columnsOf(alias, query.columns),
      };
    }
    case 'unnest':
      return analyzeUnnest(relation, analysis, lateral);
    case 'alias': {
      const inner = analyzeRelation(relation.relation, analysis, lateral, outer);
      return { sql: inner.sql, columns: named(relation, inner.columns) };
    }
    case 'sample': {
      const inner = analyzeRelation(relation.relation, analysis, lateral, outer);
      return { ...inner, sql: `${inner.sql} ${sampleSql(relation)}` };
    }
    case 'join':
      return analyzeJoin(relation, analysis, lateral, outer);
  }
}

function columnsOf(alias: string, columns: AnalyzedQuery['columns'], relation?: string): ScopeColumn[] {
  return columns.map(({ id, name, type }) => ({
    sql: `${alias}.${id}`,
    type,
    ...(name !== undefined && { name }),
    ...(relation !== undefined && { relation }),
  }));
}

function aliased(
  { alias, columns: names }: Relation & { kind: 'alias' },
  columns: readonly ScopeColumn[],
): ScopeColumn[] {
  const visible = columns.filter(({ hidden }) => !hidden);
  if (names && names.length !== visible.length) {
    const message = `Column alias list has ${names.length} entries but '${alias.name}' has ${visible.length} columns available`;
    throw new SqlFault('MISMATCHED_COLUMN_ALIASES', message, alias.at);
  }
  return columns.map((column) => {
    const { sql, type, hidden } = column;
    const name = names && !hidden ? names[visible.indexOf(column)]?.name : column.name;
    return {
      sql,
      type,
      relation: alias.name,
      ...(name !== undefined && { name }),
      ...(hidden && { hidden }),
    };
  });
}

function analyzeJoin(
  join: Join,
  analysis: Analysis,
  lateral: Scope,
  outer: Scope | undefined,
): AnalyzedRelation {
  const left = analyzeRelation(join.left, analysis, lateral, outer);
  const seen: Scope = { ...lateral, columns: [...lateral.columns, ...left.columns] };
  const unnest = unnestIn(join.right);
  if (unnest && left.columns.length > 0) {
    const all = unnested(left, unnest, analysis, seen, perRow(join) === 'LEFT');
    const isLateral = lateral.columns.length > 0;
    return {
      sql: `${isLateral ? 'LATERAL ' : ''}${all.sql}`,
      columns: [...all.kept, ...named(join.right, all.columns)],
    };
  }
  const right = analyzeRelation(join.right, analysis, seen, outer);
  const columns = [...left.columns, ...right.columns];
  const type = perRow(join);
  if (join.type === 'CROSS') return { sql: `${left.sql} CROSS JOIN ${nested(right)}`, columns, isJoin: true };
  const sides = { left, right, columns, type };
  return join.on ? joinedOn(join.on, sides, analysis, outer) : joinedUsing(join.using ?? [], sides);
}

/**
 * How a join has to be written. Trino joins LATERAL and UNNEST to each row on the left by itself, so that nothing is there
 * without a row on the left.
 * @throws SqlFault if Trino, or this engine, does not join such a relation by that condition.
 */
function perRow({ type, right, on }: Join): Join['type'] {
  const inner = right.kind === 'alias' ? right.relation : right;
  const unnest = unnestIn(right);
  if (type === 'CROSS' || !(unnest || (inner.kind === 'subquery' && inner.lateral))) return type;
  const always = on?.kind === 'boolean' && on.value;
  if (!always && (unnest || type === 'RIGHT' || type === 'FULL')) {
    const message = `${type} JOIN involving ${unnest ? 'UNNEST' : 'LATERAL relation'} is only supported with condition ON TRUE`;
    throw new SqlFault('NOT_SUPPORTED', message, on?.at);
  }
  return type === 'RIGHT' ? 'INNER' : type === 'FULL' ? 'LEFT' : type;
}
