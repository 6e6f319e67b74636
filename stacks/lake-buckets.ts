import type { Construct } from 'constructs';
import { FOLDERS, type Names, type Settings } from '../settings/index.js';
import { AccessLogBucket } from './access-log-bucket.js';
import type { Account } from './account.js';
import { Bucket } from './bucket.js';
import type { Key } from './key.js';
import { prefixesOf } from './prefixes.js';

/** What the buckets are made from. */
export interface LakeBucketsProps {
  readonly settings: Settings;
  readonly names: Names;
  readonly account: Account;
  /** The key that data and results are encrypted with. */
  readonly key: Key;
  /** The tables whose folders hold the data. */
  readonly tables: readonly string[];
}

/** The buckets of a lakehouse. */
export interface LakeBuckets {
  /**
   * The tables' data, the records that failed, the records as they came, marks on what was sent again, and what people
   * make by statements of their own.
   */
  readonly data: Bucket;
  /** The results of queries. */
  readonly results: Bucket;
  /** A line for each request to the other two. */
  readonly logs: AccessLogBucket;
}

/** Where Athena puts the tables of a workgroup whose results go to the folder of movements. */
export const MADE_TABLES = `${FOLDERS.movements}tables/`;

/** Makes the buckets of a lakehouse in `scope`, as the settings have it. */
export function lakeBuckets(scope: Construct, props: LakeBucketsProps): LakeBuckets {
  const { settings, names, account, key, tables } = props;
  const { errorDays, sourceDays, resultDays, accessLogDays, transitions, ...everywhere } = settings.storage;
  // Two consents: the environment's, and that of whoever deploys.
  const destroyData = settings.destroyData && settings.destroyDataConfirmed;
  const name = (purpose: 'data' | 'results' | 'logs') => names.bucket(purpose, account.id);

  const logs = new AccessLogBucket(scope, 'logs', {
    name: name('logs'),
    account,
    sources: [name('data'), name('results')],
    lifecycle: { ...everywhere, expireDays: accessLogDays },
    destroyData,
  });
  const common = { key, accessLogs: logs, destroyData };
  const data = new Bucket(scope, 'data', {
    ...common,
    name: name('data'),
    lifecycle: {
      ...everywhere,
      expireFolderDays: {
        [FOLDERS.errors]: errorDays,
        [FOLDERS.source]: sourceDays,
        // A mark is younger than what it is about, and so outlives it.
        [FOLDERS.redriven]: Math.max(errorDays, sourceDays),
      },
      expireResultDays: { [FOLDERS.movements]: resultDays },
      colder: {
        folders: [...tables.map((table) => prefixesOf(table).folder), MADE_TABLES],
        transitions,
      },
    },
  });
  const results = new Bucket(scope, 'results', {
    ...common,
    name: name('results'),
    lifecycle: { ...everywhere, expireDays: resultDays },
  });
  return { data, results, logs };
}
