import type { Settings } from './schema.js';

/** What everything is called in one environment. */
export interface Names {
  /** Prefix of every name that may have hyphens. */
  readonly prefix: string;
  /** The Glue database: Glue and Athena names take underscores, so that no query has to quote them. */
  readonly database: string;
  /** The Athena workgroup. */
  readonly workgroup: string;
  /** The alias of the key that everything is encrypted with. */
  readonly keyAlias: string;
  /** A dataset's Kinesis stream. */
  stream(dataset: string): string;
  /** A dataset's Firehose delivery stream. */
  deliveryStream(dataset: string): string;
  /** The role of a dataset's delivery stream: roles are shared by all regions, so it carries the region. */
  deliveryRole(dataset: string): string;
  /** A dataset's Glue table. */
  table(dataset: string): string;
  /** The CloudWatch log group of a dataset's delivery. */
  deliveryLogGroup(dataset: string): string;
  /**
   * A bucket. Bucket names are shared by all of AWS, so they carry region and account; `account` may be a Terraform
   * reference.
   */
  bucket(purpose: BucketPurpose, account: string): string;
}

export type BucketPurpose = 'data' | 'results';

/** The names in the environment that `settings` describe: derived here and nowhere else. */
export function namesFor({ environment, region }: Pick<Settings, 'environment' | 'region'>): Names {
  const prefix = `lakehouse-${environment}`;
  const hyphenated = (dataset: string) => `${prefix}-${dataset.replaceAll('_', '-')}`;
  return {
    prefix,
    database: `lakehouse_${environment}`,
    workgroup: prefix,
    keyAlias: `alias/${prefix}`,
    stream: hyphenated,
    deliveryStream: hyphenated,
    deliveryRole: (dataset) => `${hyphenated(dataset)}-${region}`,
    table: (dataset) => dataset,
    deliveryLogGroup: (dataset) => `/aws/kinesisfirehose/${hyphenated(dataset)}`,
    bucket: (purpose, account) => `${prefix}-${purpose}-${region}-${account}`,
  };
}
