import type { Differences } from '../wire/differences.js';

export const snsDifferences: Differences<typeof import('@aws-sdk/client-sns')> = {
  service: ['Topics and subscriptions are kept; nothing can be published, and nobody is asked to confirm.'],
  operations: {},
};
