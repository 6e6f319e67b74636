import type { Settings } from './schema.js';

/** What everything is called in one environment. */
export interface Names {
  /** Prefix of every name that may have hyphens. */
  readonly prefix: string;
  /** The Glue database: Glue and Athena names take underscores, so that no query has to quote them. */
  readonly database: string;
  /** The Athena workgroup. */
  readonly workgroup: string;
  /** The Athena workgroup of statements that make tables, add to them and unload: what they write stays. */
  readonly movements: string;
  /** The alias of the key that everything is encrypted with. */
  readonly keyAlias: string;
  /** The topic that alarms go to. */
  readonly alarmTopic: string;
  /** The dashboard. */
  readonly dashboard: string;
  /** The budget. */
  readonly budget: string;
  /** The managed policy for those who do a job: policies are shared by all regions, so it carries the region. */
  policy(job: Job): string;
  /** An alarm of a dataset; `alarm` says what is wrong. */
  alarm(dataset: string, alarm: string): string;
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

export type BucketPurpose = 'data' | 'results' | 'logs';

/** Whom the managed policies are for. */
export type Job = 'producer' | 'redriver' | 'analyst' | 'mover';

/** The names in the environment that `settings` describe: derived here and nowhere else. */
export function namesFor({ environment, region }: Pick<Settings, 'environment' | 'region'>): Names {
  const prefix = `lakehouse-${environment}`;
  const hyphenated = (dataset: string) => `${prefix}-${dataset.replaceAll('_', '-')}`;
  return {
    prefix,
    database: `lakehouse_${environment}`,
    workgroup: prefix,
    movements: `${prefix}-movements`,
    keyAlias: `alias/${prefix}`,
    alarmTopic: `${prefix}-alarms`,
    dashboard: `${prefix}-${region}`,
    budget: prefix,
    policy: (job) => `${prefix}-${job}-${region}`,
    alarm: (dataset, alarm) => `${hyphenated(dataset)}-${alarm}`,
    stream: hyphenated,
    deliveryStream: hyphenated,
    deliveryRole: (dataset) => `${hyphenated(dataset)}-${region}`,
    table: (dataset) => dataset,
    deliveryLogGroup: (dataset) => `/aws/kinesisfirehose/${hyphenated(dataset)}`,
    bucket: (purpose, account) => `${prefix}-${purpose}-${region}-${account}`,
  };
}

/** What is called the same in all environments of an account: what a team has one of. */
export interface TeamNames {
  /** The alias of the key that Terraform's states are encrypted with. */
  readonly keyAlias: string;
  /** The role that pull requests are planned with: roles are shared by all regions, so it carries the region. */
  readonly planRole: string;
  /** The bucket that Terraform's states lie in. */
  stateBucket(account: string): string;
  /** The bucket of its access logs. */
  stateLogsBucket(account: string): string;
}

/** The names of what a team has one of in a region of an account. */
export function teamNamesFor({ region }: Pick<Settings, 'region'>): TeamNames {
  return {
    keyAlias: 'alias/lakehouse-state',
    planRole: `lakehouse-plan-${region}`,
    stateBucket: (account) => `lakehouse-state-${region}-${account}`,
    stateLogsBucket: (account) => `lakehouse-state-logs-${region}-${account}`,
  };
}

/** The object that a stack's state lies in, where it lies in S3. */
export const stateKey = (stack: string) => `${stack}/terraform.tfstate`;
