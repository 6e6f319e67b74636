import type { Environment } from './environment.js';
import type { Settings } from './schema.js';

/** What an environment sets; the rest comes from variables: AWS's own, and `LAKEHOUSE_DESTROY_DATA`. */
type EnvironmentSettings = Omit<
  Settings,
  'environment' | 'region' | 'endpoint' | 'destroyDataConfirmed' | 'tags'
> & {
  /** Tags besides `project` and `environment`. */
  readonly tags: Readonly<Record<'owner' | 'cost-centre', string>> & Readonly<Record<string, string>>;
};

/** What `dev` is, and what the others are where they say nothing else. */
const dev: EnvironmentSettings = {
  accounts: [],
  state: { backend: 'local' },
  destroyData: false,
  stream: { capacity: { mode: 'provisioned', shards: 1 }, retentionHours: 24, shardMetrics: [] },
  // The article's 128 MB or 120 s.
  delivery: { bufferMiB: 128, bufferSeconds: 120 },
  catalog: { firstYear: 2025, lastYear: 2030 },
  storage: {
    errorDays: 90,
    sourceDays: 30,
    resultDays: 7,
    accessLogDays: 30,
    supersededDays: 7,
    uploadDays: 7,
    transitions: [],
  },
  query: { scanLimitMB: 10_000 },
  logs: { retentionDays: 30 },
  monitoring: {},
  tags: { owner: 'data-engineering', 'cost-centre': 'lakehouse' },
};

/** The values of each environment: the one place to change them. */
export const environments: Readonly<Record<Environment, EnvironmentSettings>> = {
  local: { ...dev, destroyData: true, delivery: { ...dev.delivery, bufferSeconds: 1 } },
  dev,
  prod: {
    ...dev,
    stream: { ...dev.stream, capacity: { mode: 'on-demand' }, retentionHours: 168 },
    delivery: { bufferMiB: 128, bufferSeconds: 300 },
    storage: {
      errorDays: 365,
      sourceDays: 90,
      resultDays: 30,
      accessLogDays: 365,
      supersededDays: 30,
      uploadDays: 7,
      transitions: [
        { days: 90, storageClass: 'STANDARD_IA' },
        { days: 365, storageClass: 'GLACIER_IR' },
      ],
    },
    query: { scanLimitMB: 1_000_000 },
    logs: { retentionDays: 365 },
  },
};
