import type { Environment } from './environment.js';
import type { Settings } from './schema.js';

/** What an environment sets; `region` and `endpoint` come from AWS's own variables. */
type EnvironmentSettings = Omit<Settings, 'environment' | 'region' | 'endpoint' | 'tags'>;

/** What `dev` is, and what the others are where they say nothing else. */
const dev: EnvironmentSettings = {
  destroyData: false,
  stream: { capacity: { mode: 'provisioned', shards: 1 }, retentionHours: 24 },
  // The article's 128 MB or 120 s.
  delivery: { bufferMiB: 128, bufferSeconds: 120 },
  catalog: { firstYear: 2025, lastYear: 2030 },
  query: { scanLimitMB: 10_000 },
  logs: { retentionDays: 30 },
};

/** The values of each environment: the one place to change them. */
export const environments: Readonly<Record<Environment, EnvironmentSettings>> = {
  local: { ...dev, destroyData: true, delivery: { ...dev.delivery, bufferSeconds: 1 } },
  dev,
  prod: {
    ...dev,
    stream: { capacity: { mode: 'on-demand' }, retentionHours: 168 },
    delivery: { bufferMiB: 128, bufferSeconds: 300 },
    query: { scanLimitMB: 1_000_000 },
    logs: { retentionDays: 365 },
  },
};
