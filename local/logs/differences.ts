import type { Differences } from '../wire/differences.js';

export const logsDifferences: Differences<typeof import('@aws-sdk/client-cloudwatch-logs')> = {
  service: ['Log groups and streams are kept; they hold no events, and nothing expires.'],
  operations: {},
};
