import type { Differences } from '../wire/differences.js';

export const glueDifferences: Differences<typeof import('@aws-sdk/client-glue')> = {
  service: [
    'The catalog is the account’s own; there is neither Lake Formation nor a catalog in a catalog.',
    'Types of columns are kept as they are given: one that Athena does not know is found out by the query.',
  ],
  operations: {
    GetPartitionIndexes: 'No table has one: they cannot be made.',
  },
};
