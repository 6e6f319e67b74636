import type { Differences } from '../wire/differences.js';

export const iamDifferences: Differences<typeof import('@aws-sdk/client-iam')> = {
  service: ['Roles and policies are kept and given back; nothing is allowed or denied by them.'],
  operations: { GetUser: 'Tells of the one user `local`, whoever asks.' },
};
