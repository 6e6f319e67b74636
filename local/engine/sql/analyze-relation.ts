import { duckType, type SqlType, typeText } from '../sql-type.js';
import type { Analysis, AnalyzedQuery, OutputColumn } from './analysis.js';
import { analyzeExpression } from './analyze-expression.js';
import { analyzeQuery } from './analyze-query.js';
import { coerce, commonType } from './coercion.js';
import { cannotApply, comparison } from './comparison.js';
import { fieldSql, forEach } from './nested-values.js';
import { requireBoolean } from './operators.js';
import { sampleSql } from './sample.js';
import { findOne, type Scope, type ScopeColumn } from './scope.js';
import { SqlFault } from './sql-fault.js';
import type { Join, Relation } from './syntax.js';

export interface AnalyzedRelation {
  /** What stands behind FROM; empty if nothing does. */
  readonly sql: string;
  readonly columns: readonly ScopeColumn[];
}

/** The relations of a FROM, each of which LATERAL and UNNEST behind it can see. */
export function analyzeRelations(
  relations: readonly Relation[],
  analysis: Analysis,
  outer: Scope | undefined,
): AnalyzedRelation {
  let columns: readonly ScopeColumn[] = [];
  const parts: string[] = [];
  for (const relation of relations) {
    const analyzed = analyzeRelation(relation, analysis, { columns, ...(outer && { outer }) }, outer);
    columns = [...columns, ...analyzed.columns];
    // A comma binds less than JOIN does, which is the same but for joins that keep rows of their right side.
    parts.push(keepsRight(relation) ? nested(relation, analyzed.sql) : analyzed.sql);
  }
  return { sql: parts.join(' CROSS JOIN '), columns };
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
      return { sql: inner.sql, columns: aliased(relation, inner.columns) };
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

/**
 * UNNEST is a lateral query in DuckDB. Of an array of rows each field is a column, of a map the key and the value; what
 * is shorter than the longest is filled with nulls in both.
 */
function analyzeUnnest(
  { values, ordinality, at }: Relation & { kind: 'unnest' },
  analysis: Analysis,
  scope: Scope,
): AnalyzedRelation {
  const lists = values.map((value) => {
    const { sql, type } = analyzeExpression(value, { analysis, scope, noAggregates: 'UNNEST' });
    if (type.name === 'array') return { sql, type };
    if (type.name !== 'map') {
      const message = `Cannot unnest type: ${typeText(type)}`;
      throw new SqlFault('INVALID_FUNCTION_ARGUMENT', message, at);
    }
    const element: SqlType = { name: 'row', fields: [{ type: type.key }, { type: type.value }] };
    const entries = forEach(`map_entries(${sql})`, (entry) => `{'_0': ${entry}.key, '_1': ${entry}.value}`);
    return { sql: entries, type: { name: 'array', element } as const };
  });
  const columns = lists.flatMap(({ sql, type: { element } }) => {
    if (element.name !== 'row') return [{ id: analysis.fresh('c'), sql, type: element }];
    return element.fields.map(({ name, type }, i) => ({
      id: analysis.fresh('c'),
      sql: forEach(sql, (item) => fieldSql(item, element, i)),
      type,
      ...(name !== undefined && { name }),
    }));
  });
  const items = columns.map(({ sql, id, type }) => `CAST(unnest(${sql}) AS ${duckType(type)}) AS ${id}`);
  const outputs: OutputColumn[] = columns.map(({ id, type, ...named }) => ({
    id,
    type,
    ...('name' in named && { name: named.name }),
  }));
  if (ordinality) {
    const id = analysis.fresh('c');
    const longest = `greatest(${lists.map(({ sql }) => `coalesce(len(${sql}), 0)`).join(', ')})`;
    items.push(`unnest(range(1, ${longest} + 1)) AS ${id}`);
    outputs.push({ id, type: { name: 'bigint' } });
  }
  const alias = analysis.fresh('r');
  return { sql: `LATERAL (SELECT ${items.join(', ')}) AS ${alias}`, columns: columnsOf(alias, outputs) };
}

function analyzeJoin(
  join: Join,
  analysis: Analysis,
  lateral: Scope,
  outer: Scope | undefined,
): AnalyzedRelation {
  const left = analyzeRelation(join.left, analysis, lateral, outer);
  const seen: Scope = { ...lateral, columns: [...lateral.columns, ...left.columns] };
  const right = analyzeRelation(join.right, analysis, seen, outer);
  const columns = [...left.columns, ...right.columns];
  const type = perRow(join);
  if (join.type === 'CROSS')
    return { sql: `${left.sql} CROSS JOIN ${nested(join.right, right.sql)}`, columns };
  const sides = `${left.sql} ${type} JOIN ${nested(join.right, right.sql)}`;
  if (join.on) {
    const scope: Scope = { columns, ...(outer && { outer }) };
    const on = analyzeExpression(join.on, {
      analysis,
      scope,
      noAggregates: 'JOIN clause',
      condition: join.on,
    });
    requireBoolean(on, 'JOIN ON clause', join.on.at);
    return { sql: `${sides} ON ${on.sql}`, columns };
  }
  return analyzeUsing(join, sides, left, right);
}

/**
 * How a join has to be written. Trino joins LATERAL and UNNEST to each row on the left by itself, so that nothing is there
 * without a row on the left.
 * @throws SqlFault if Trino, or this engine, does not join such a relation by that condition.
 */
function perRow({ type, right, on }: Join): Join['type'] {
  const inner = right.kind === 'alias' ? right.relation : right;
  const unnest = inner.kind === 'unnest';
  if (type === 'CROSS' || !(unnest || (inner.kind === 'subquery' && inner.lateral))) return type;
  const always = on?.kind === 'boolean' && on.value;
  if (!always && (unnest || type === 'RIGHT' || type === 'FULL')) {
    const message = `${type} JOIN involving ${unnest ? 'UNNEST' : 'LATERAL relation'} is only supported with condition ON TRUE`;
    throw new SqlFault('NOT_SUPPORTED', message, on?.at);
  }
  return type === 'RIGHT' ? 'INNER' : type === 'FULL' ? 'LEFT' : type;
}

function nested(relation: Relation, sql: string): string {
  return relation.kind === 'join' ? `(${sql})` : sql;
}

/** A column of USING is there once, in front, and belongs to neither side. */
function analyzeUsing(
  join: Join,
  sides: string,
  left: AnalyzedRelation,
  right: AnalyzedRelation,
): AnalyzedRelation {
  const pairs = (join.using ?? []).map((identifier, i, all) => {
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
    sql: `${sides} ON ${pairs.map(({ equal }) => equal).join(' AND ')}`,
    columns: [...merged, ...rest],
  };
}
