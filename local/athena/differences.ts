import type { Differences } from '../wire/differences.js';

export const athenaDifferences: Differences<typeof import('@aws-sdk/client-athena')> = {
  service: [
    'SQL is checked and run as the dialect of Athena engine version 3 means it, by DuckDB, or refused with the name of what is missing: docs/sql.md says what is there.',
    'Queries read the catalog of this account and its buckets; there are no other data sources.',
    'Eight queries run at once; more are QUEUED, however many they are.',
    'Results are not encrypted, and no role is asked whether it may read.',
  ],
  operations: {
    GetQueryExecution: 'waits for the end of the query, for 50 ms at most',
  },
};
