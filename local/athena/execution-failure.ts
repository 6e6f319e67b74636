import { EngineFault, QueryFault } from '../engine/engine.js';
import { type ExecutionEntry, type ExecutionState, outputLocation } from './execution-entry.js';
import { errorTypeOf, StatementFault } from './statement-fault.js';

/** What a failed execution says of itself. */
export type ExecutionFailure = Pick<ExecutionState & { name: 'FAILED' }, 'reason' | 'category' | 'errorType'>;

export function failureOf(error: unknown, execution: ExecutionEntry): ExecutionFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof StatementFault)
    return { reason: message, category: error.category, errorType: error.errorType };
  if (error instanceof QueryFault)
    return {
      reason: withRemains(`${error.code}: ${message}`, execution),
      category: error.category,
      errorType: errorTypeOf(error.code),
    };
  const told = error instanceof EngineFault ? message : 'Local AWS failed; its log has the reason.';
  return { reason: `INTERNAL_ERROR: ${told}`, category: 1 };
}

/**
 * Athena adds to the reason where a statement that writes may have left files. Local AWS leaves none.
 * @see https://github.com/aoyagikouhei/athena-local/blob/main/docs/dev/measurements/statements.md
 */
function withRemains(reason: string, execution: ExecutionEntry): string {
  const place = outputLocation(execution);
  const remains = REMAINS[execution.kind]?.(place);
  if (remains === undefined) return reason;
  return `${reason.endsWith('.') ? reason : `${reason}.`} ${remains} Athena will not delete data in your account.`;
}

const REMAINS: Readonly<Record<string, (place: string) => string>> = {
  CREATE_TABLE_AS_SELECT: (place) =>
    `You may need to manually clean the data at location '${place}' before retrying.`,
  INSERT: (place) =>
    `If a data manifest file was generated at '${place}-manifest.csv', you may need to manually clean the data from ` +
    'locations specified in the manifest.',
};
