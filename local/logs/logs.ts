import type { Clock } from '../clock.js';
import { ResourceTable } from '../resources/resource-table.js';
import type { Store } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import type { Operations, OperationsOf } from '../wire/operation.js';
import { type LogGroupEntry, logGroupOperations } from './log-groups.js';
import { type LogStreamEntry, logStreamOperations } from './log-streams.js';
import { logTagOperations } from './log-tags.js';

/** What CloudWatch Logs works on. */
export interface Logs {
  readonly store: Store;
  readonly clock: Clock;
  readonly groups: ResourceTable<LogGroupEntry>;
  /** By their group and their name. */
  readonly streams: ResourceTable<LogStreamEntry>;
}

export type LogsOperations = OperationsOf<typeof import('@aws-sdk/client-cloudwatch-logs')>;

/** CloudWatch Logs: groups and streams, which stay empty. Putting and reading log events is refused. */
export function logsOperations({ store, clock }: { store: Store; clock: Clock }): Operations {
  const missing = (what: string) => () =>
    new AwsError('ResourceNotFoundException', `The specified log ${what} does not exist.`);
  const logs: Logs = {
    store,
    clock,
    groups: new ResourceTable(store, { kind: 'log-group', missing: missing('group') }),
    streams: new ResourceTable(store, { kind: 'log-stream', missing: missing('stream') }),
  };
  return { ...logGroupOperations(logs), ...logTagOperations(logs), ...logStreamOperations(logs) };
}
