import type { Differences } from '../wire/differences.js';

export const kmsDifferences: Differences<typeof import('@aws-sdk/client-kms')> = {
  service: ['Keys are kept by name and encrypt nothing; key policies are kept and not held to.'],
  operations: {
    ScheduleKeyDeletion: 'A key stays pending deletion: it is not removed when its time has come.',
  },
};
