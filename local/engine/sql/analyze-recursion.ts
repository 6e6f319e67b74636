import type { Analysis, AnalyzedQuery, OutputColumn } from './analysis.js';
import { analyzeBody, analyzeQuery } from './analyze-query.js';
import { coerce, coercible } from './coercion.js';
import { CAST_MARK } from './fail-macros.js';
import type { Scope } from './scope.js';
import { notSupported, SqlFault } from './sql-fault.js';
import type { Cte, Query } from './syntax.js';

/** Athena's limit: https://docs.aws.amazon.com/athena/latest/ug/select.html */
const MAX_DEPTH = 10;
const EXCEEDED = `Recursion depth limit exceeded (${MAX_DEPTH}). Use ''max_recursion_depth'' session property to modify the limit.`;

/** Whether a query of WITH RECURSIVE reads itself. */
export function isRecursive({ recursive, name, query }: Cte): boolean {
  return recursive === true && mentions(query.body, name.name);
}

function mentions(node: unknown, name: string): boolean {
  if (Array.isArray(node)) return node.some((item) => mentions(item, name));
  if (typeof node !== 'object' || node === null) return false;
  if ('ctes' in node && Array.isArray(node.ctes)) {
    // Behind a CTE of the name it is that one that is meant.
    for (const cte of node.ctes) {
      if (mentions(cte, name)) return true;
      if (cte.name?.name === name) return false;
    }
  }
  if ('kind' in node && node.kind === 'table' && 'name' in node && Array.isArray(node.name))
    return node.name.length === 1 && node.name[0]?.name === name;
  return Object.values(node).some((value) => mentions(value, name));
}

/**
 * A recursive query, written out as Trino plans it: the first part, then the second on each result in turn, ten times.
 * What comes after these is an error.
 */
export function analyzeRecursive(cte: Cte, analysis: Analysis, outer: Scope | undefined): AnalyzedQuery {
  const { body } = cte.query;
  const { at } = cte.name;
  if (!cte.columns)
    throw new SqlFault('MISSING_COLUMN_ALIASES', 'Column aliases are missing in recursive query', at);
  if (body.kind !== 'setOperation' || body.operator !== 'UNION' || mentions(body.left, cte.name.name))
    throw new SqlFault(
      'INVALID_RECURSIVE_REFERENCE',
      'Recursion is only allowed in the second part of a UNION',
      at,
    );
  if (!body.all || cte.query.orderBy.length > 0 || cte.query.limit || cte.query.ctes.length > 0)
    throw notSupported('A recursive query other than one of UNION ALL', at);
  const anchor = analyzeBody(body.left, analysis, outer);
  if (anchor.columns.length !== cte.columns.length)
    throw new SqlFault(
      'MISMATCHED_COLUMN_ALIASES',
      `Column alias list has ${cte.columns.length} entries but relation has ${anchor.columns.length} columns`,
      at,
    );
  const columns = anchor.columns.map(
    (column, i): OutputColumn => ({ ...column, name: cte.columns?.[i]?.name ?? '' }),
  );
  const steps = [{ id: analysis.fresh('q'), sql: anchor.sql }];
  const step: Query = { ctes: [], body: body.right, orderBy: [] };
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    const previous = steps.at(-1)?.id ?? '';
    const sql = analysis.inner(() => {
      analysis.ctes = new Map(analysis.ctes).set(cte.name.name, { id: previous, columns });
      return stepSql(analyzeQuery(step, analysis, outer), columns, at);
    });
    steps.push({ id: analysis.fresh('q'), sql });
  }
  const ids = columns.map(({ id }) => id).join(', ');
  const last = steps.pop();
  const definitions = steps.map(({ id, sql }) => `${id} AS MATERIALIZED (${sql})`).join(', ');
  const fault = `CAST(chr(${CAST_MARK}) || 'NOT_SUPPORTED: ${EXCEEDED}' || chr(${CAST_MARK}) AS BIGINT) = 0`;
  const rows = steps.map(({ id }) => `SELECT ${ids} FROM ${id}`).join(' UNION ALL ');
  const check = `SELECT ${ids} FROM (${last?.sql}) AS beyond WHERE ${fault}`;
  return { sql: `WITH ${definitions} ${rows} UNION ALL ${check}`, columns };
}

/** The result of a step under the names and with the types of the first part. */
function stepSql(query: AnalyzedQuery, columns: readonly OutputColumn[], at: number): string {
  const items = columns.map(({ id, type }, i) => {
    const column = query.columns[i];
    if (!column || query.columns.length !== columns.length || !coercible(column.type, type))
      throw new SqlFault('TYPE_MISMATCH', 'Recursion step relation output does not match the first part', at);
    return `${coerce({ sql: column.id, type: column.type }, type).sql} AS ${id}`;
  });
  return `SELECT ${items.join(', ')} FROM (${query.sql})`;
}
