import type { Differences } from '../wire/differences.js';

export const cloudWatchDifferences: Differences<typeof import('@aws-sdk/client-cloudwatch')> = {
  service: ['There are no metrics: alarms and dashboards are kept, and an alarm never goes off.'],
  operations: {},
};
