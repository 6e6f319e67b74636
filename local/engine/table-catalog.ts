import { type ExecuteRequest, QueryFault } from './engine.js';
import { Analysis } from './sql/analysis.js';
import { analyzeQuery, renamed } from './sql/analyze-query.js';
import { tableName } from './sql/prepare.js';
import { SqlFault } from './sql/sql-fault.js';
import { parseStatement } from './sql/statement.js';
import type { Statement } from './sql/statements/parsed-statement.js';
import type { Identifier } from './sql/tokens.js';
import type { TableSource } from './table-source.js';

/** Views that may be named by each other. */
const MOST_VIEWS_DEEP = 50;

/** An analysis of a request's statement that knows its tables and views; a view that the statement replaces is not read. */
export function analysisOf(
  { database, views = [] }: ExecuteRequest,
  relationOf: (table: string) => TableSource['relation'] | undefined,
  statement: Statement,
): Analysis {
  const replaced =
    statement.kind === 'CREATE_VIEW' && statement.replace ? tableName(statement.view, database) : undefined;
  /** Database of the tables that are named without one: that of the view whose query is being read. */
  let context = database;
  let depth = 0;
  const analysis = new Analysis((name, alias) => {
    const named = tableName(name, context);
    const table = relationOf(`${named.database}.${named.name}`);
    if (table) return table(alias);
    const view = views.find((other) => other.database === named.database && other.name === named.name);
    if (!view) throw tableNotFound(named, name[0]);
    const isReplaced = view.database === replaced?.database && view.name === replaced.name;
    if (isReplaced || ++depth > MOST_VIEWS_DEEP)
      throw new SqlFault('VIEW_IS_RECURSIVE', 'Statement would create a recursive view', name[0]?.at);
    const outer = context;
    context = view.context;
    try {
      // A view knows nothing of the statement that names it.
      const query = analysis.inner(() => {
        analysis.ctes = new Map();
        return renamed(analyzeQuery(viewQuery(view.sql), analysis), view.columns, name[0]?.at ?? 0);
      });
      const relation = name.at(-1)?.name ?? named.name;
      const columns = query.columns.map(({ id, type, name: column }) => ({
        sql: `${alias}.${id}`,
        type,
        relation,
        database: named.database,
        ...(column !== undefined && { name: column }),
      }));
      return { sql: `(${query.sql}) AS ${alias}`, columns };
    } catch (error) {
      if (!(error instanceof SqlFault)) throw error;
      const which = `${named.database}.${named.name}`;
      throw new QueryFault('INVALID_VIEW', `Failed analyzing stored view '${which}': ${error.message}`);
    } finally {
      context = outer;
      depth--;
    }
  });
  return analysis;
}

function viewQuery(sql: string) {
  const statement = parseStatement(sql, []);
  if (statement.kind === 'SELECT') return statement.query;
  throw new SqlFault('INVALID_VIEW', 'It is no query');
}

function tableNotFound(
  { database, name }: { database: string; name: string },
  first: Identifier | undefined,
) {
  return new SqlFault(
    'TABLE_NOT_FOUND',
    `Table 'awsdatacatalog.${database}.${name}' does not exist`,
    first?.at,
  );
}
