import type { StatementTarget } from '../../engine/statement-target.js';
import type { RequestContext } from '../../wire/operation.js';
import type { ExecutionRun } from '../execution-run.js';
import { createTableAs } from './create-table-as.js';
import { insertInto } from './insert-into.js';
import { unload } from './unload.js';
import type { Writing } from './writing.js';

/** @throws QueryFault where the statement cannot write there. */
export function writeTarget(
  run: ExecutionRun,
  request: RequestContext,
  target: Exclude<StatementTarget, { kind: 'view' }>,
): Writing {
  switch (target.kind) {
    case 'table':
      return createTableAs(run, request, target);
    case 'insert':
      return insertInto(run, request, target);
    case 'unload':
      return unload(run, request, target);
  }
}
