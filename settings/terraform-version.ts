import type { Settings } from './schema.js';

/**
 * The oldest Terraform that the environment's stack can do with: 1.5 as it stands, 1.11 where its state lies in S3,
 * since that is the first in which S3's own lock file is more than an experiment.
 */
export function oldestTerraform({ state }: Pick<Settings, 'state'>): string {
  return state.backend === 's3' ? '1.11.0' : '1.5.0';
}
