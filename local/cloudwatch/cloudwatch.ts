import type { Clock } from '../clock.js';
import { ResourceTable } from '../resources/resource-table.js';
import type { Store } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import type { Operations, OperationsOf } from '../wire/operation.js';
import { type AlarmEntry, alarmOperations } from './alarms.js';
import { type DashboardEntry, dashboardOperations } from './dashboards.js';

/** What CloudWatch works on. */
export interface CloudWatch {
  readonly store: Store;
  readonly clock: Clock;
  readonly alarms: ResourceTable<AlarmEntry>;
  /** They are an account's, whatever the region. */
  readonly dashboards: ResourceTable<DashboardEntry>;
}

export type CloudWatchOperations = OperationsOf<typeof import('@aws-sdk/client-cloudwatch')>;

/**
 * CloudWatch: dashboards and alarms, kept as they are given. There are no metrics: putting and getting their data is
 * refused, and so an alarm never leaves the state that it starts in.
 */
export function cloudWatchOperations({ store, clock }: { store: Store; clock: Clock }): Operations {
  const cloudWatch: CloudWatch = {
    store,
    clock,
    alarms: new ResourceTable(store, {
      kind: 'alarm',
      missing: (name) => new AwsError('ResourceNotFound', `The alarm ${name} does not exist.`, 404),
    }),
    dashboards: new ResourceTable(store, {
      kind: 'dashboard',
      isGlobal: true,
      missing: (name) =>
        new AwsError('DashboardNotFoundError', `Dashboard ${name} does not exist`, 404, 'ResourceNotFound'),
    }),
  };
  return { ...dashboardOperations(cloudWatch), ...alarmOperations(cloudWatch) };
}
