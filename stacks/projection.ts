import { PARTITIONS } from '../settings/index.js';

/** The years that an unfiltered query looks for: every hour in them is a folder that Athena asks S3 for. */
export interface ProjectedYears {
  /** First year of the data, by its arrival. */
  readonly firstYear: number;
  /** Last year of the data, by its arrival. */
  readonly lastYear: number;
}

/**
 * The table parameters from which Athena works the partitions out. The folders are named as Hive names them, which is
 * what Athena takes where no `storage.location.template` is given.
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 */
export function projectionOf({ firstYear, lastYear }: ProjectedYears): Record<string, string> {
  return Object.fromEntries([
    ['projection.enabled', 'true'],
    ...PARTITIONS.flatMap(({ name, digits, from = firstYear, to = lastYear }) => [
      [`projection.${name}.type`, 'integer'],
      [`projection.${name}.range`, `${from},${to}`],
      [`projection.${name}.digits`, `${digits}`],
    ]),
  ]);
}
