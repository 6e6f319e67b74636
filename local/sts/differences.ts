import type { Differences } from '../wire/differences.js';

export const stsDifferences: Differences<typeof import('@aws-sdk/client-sts')> = {
  service: ['No role can be assumed: any credentials are taken as they are.'],
  operations: {
    GetCallerIdentity:
      'Tells the account of the access key: the key id where that is twelve digits, else 000000000000.',
  },
};
