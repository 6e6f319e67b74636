import { QueryFault } from '../../engine/engine.js';
import type { RequestContext } from '../../wire/operation.js';
import type { Athena } from '../athena.js';
import type { ExecutionEntry } from '../execution-entry.js';
import { invalidRequest } from '../invalid-request.js';
import { lookUp } from './catalog-lookup.js';
import type { Ddl } from './ddl.js';
import { preparedText } from './prepared.js';
import { readStatement } from './read-statement.js';
import { statementKind } from './statement-kinds.js';

/** What is asked to be run. */
interface Asked {
  readonly query: string;
  readonly parameters: readonly string[];
  readonly database: string | undefined;
  readonly workGroup: string;
}

/** What is known of a statement before it runs. */
type Checked = Pick<ExecutionEntry, 'statementType' | 'kind' | 'result'> & {
  /** Whether an earlier result may stand for its own. */
  readonly reusable: boolean;
};

/**
 * Reads a statement as Athena does before it takes it: one that does not parse has no execution that could fail.
 * Whatever else is wrong is found again, and told, when it is run.
 * @throws AwsError for what Athena refuses at once.
 */
export async function checkStatement(
  athena: Athena,
  request: RequestContext,
  asked: Asked,
): Promise<Checked> {
  const { query, parameters, database = 'default' } = asked;
  const kind = statementKind(query);
  const known = {
    statementType: kind?.type ?? 'DML',
    kind: kind?.kind ?? 'SELECT',
    result: kind?.result ?? 'csv',
  } as const;
  try {
    const statement = readStatement(query, kind);
    if (statement.grammar === 'hive') checkEntity(athena, request, statement.ddl, database);
    if (statement.grammar === 'prepared' && statement.prepared.kind === 'EXECUTE') {
      const text = preparedText(athena, request, asked.workGroup, statement.prepared.name);
      const { type: statementType = 'DML', result = 'csv' } = statementKind(text) ?? {};
      return { ...known, statementType, result, reusable: false };
    }
    if (statement.grammar !== 'trino') return { ...known, reusable: false };
    const prepared = await athena.engine.prepare({ sql: query, parameters, database });
    return { ...known, reusable: prepared.reusable ?? false };
  } catch (error) {
    if (!(error instanceof QueryFault)) throw error;
    if (error.code === 'SYNTAX_ERROR') throw invalidRequest(error.message, 'MALFORMED_QUERY');
    if (error.code === 'DATACATALOG_NOT_FOUND') throw invalidRequest(error.message, error.code);
    return { ...known, reusable: false };
  }
}

/** Athena looks for the table of some statements before it takes them. */
function checkEntity(athena: Athena, request: RequestContext, ddl: Ddl, database: string): void {
  if (ddl.kind !== 'DESCRIBE_TABLE' && ddl.kind !== 'SHOW_COLUMNS') return;
  if (lookUp({ athena, request, database: database.toLowerCase() }, ddl.table)) return;
  throw invalidRequest(
    `Entity Not Found (Service: AmazonDataCatalog; Status Code: 400; Error Code: EntityNotFoundException; Request ID: ${request.requestId}; Proxy: null)`,
  );
}
