import { statementsOf } from './every-stack.js';
import { type Configuration, type Properties, policiesOf, resourcesOf } from './synthesized.js';

/** Whether a stack keeps a rule, by the rule's name in `docs/security.md`. */
export const rules: Readonly<Record<string, (stack: Configuration) => boolean>> = {
  'S3-1': (stack) => ['data', 'results'].every((bucket) => isLogged(stack, bucket)),
  'S3-2': (stack) => isLogged(stack, 'logs'),
  'S3-3': (stack) => algorithmOf(stack, 'logs') === 'AES256',
  'S3-4': (stack) => buckets(stack).every((bucket) => algorithmOf(stack, bucket) === 'aws:kms'),
  'S3-5': (stack) =>
    buckets(stack).every((bucket) => {
      const rule = encryptionOf(stack, bucket);
      return algorithmOf(stack, bucket) !== 'aws:kms' || rule?.bucket_key_enabled === true;
    }),
  'S3-6': each('aws_s3_bucket_versioning', { versioning_configuration: { status: 'Enabled' } }),
  'S3-7': each('aws_s3_bucket_public_access_block', {
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  }),
  'S3-8': each('aws_s3_bucket_ownership_controls', { rule: { object_ownership: 'BucketOwnerEnforced' } }),
  'S3-9': (stack) =>
    buckets(stack).every((bucket) => {
      const { policy } = ofBucket(stack, 'aws_s3_bucket_policy', bucket) ?? {};
      return deniesPlainHttp(policy) && JSON.stringify(policy).includes(`aws_s3_bucket.${bucket}.arn}/*`);
    }),
  'S3-10': (stack) =>
    buckets(stack).every((bucket) => {
      const text = JSON.stringify(ofBucket(stack, 'aws_s3_bucket_lifecycle_configuration', bucket) ?? {});
      return ['days_after_initiation', '"days"', 'noncurrent_days'].every((word) => text.includes(word));
    }),
  'S3-11': has('aws_s3_bucket_object_lock_configuration'),
  'S3-12': has('aws_s3_bucket_replication_configuration'),
  'S3-13': has('aws_s3_bucket_notification'),
  'S3-14': (stack) =>
    resourcesOf(stack, 'aws_s3_bucket').every((bucket) =>
      matches(bucket, { force_destroy: false, lifecycle: { prevent_destroy: true } }),
    ),
  'KINESIS-1': each('aws_kinesis_stream', { encryption_type: 'KMS', kms_key_id: '${aws_kms_key.key.arn}' }),
  'KINESIS-2': (stack) =>
    resourcesOf(stack, 'aws_kinesis_stream').every(({ retention_period }) => Number(retention_period) >= 168),
  'FIREHOSE-1': (stack) =>
    policiesOf(stack, 'aws_iam_role_policy').every((policy) =>
      policy.Statement.every(({ Action }) => !Action.some((action) => action.includes('*'))),
    ),
  'FIREHOSE-2': (stack) => {
    const roles = resourcesOf(stack, DELIVERY).map((delivery) => destinationOf(delivery).role_arn);
    return roles.length > 0 && new Set(roles).size === roles.length;
  },
  'FIREHOSE-3': (stack) =>
    policiesOf(stack, 'aws_iam_role', 'assume_role_policy').every((policy) =>
      policy.Statement.every(
        ({ Principal, Condition }) =>
          Principal?.Service === 'firehose.amazonaws.com' &&
          String(Condition?.StringEquals?.['aws:SourceAccount']).endsWith('.account_id}'),
      ),
    ),
  'FIREHOSE-4': (stack) => resourcesOf(stack, DELIVERY).every((each) => 'server_side_encryption' in each),
  'FIREHOSE-5': (stack) =>
    resourcesOf(stack, DELIVERY).every((delivery) =>
      matches(destinationOf(delivery), {
        s3_backup_mode: 'Enabled',
        cloudwatch_logging_options: { enabled: true },
        s3_backup_configuration: { cloudwatch_logging_options: { enabled: true } },
      }),
    ),
  'ATHENA-1': workgroup({ enforce_workgroup_configuration: true }),
  'ATHENA-2': workgroup({
    result_configuration: { encryption_configuration: { encryption_option: 'SSE_KMS' } },
  }),
  'ATHENA-3': workgroup({ publish_cloudwatch_metrics_enabled: true }),
  'ATHENA-4': (stack) =>
    resourcesOf(stack, 'aws_athena_workgroup').every(
      ({ configuration }) => Number((configuration as Properties).bytes_scanned_cutoff_per_query) > 0,
    ),
  'GLUE-1': has('aws_glue_data_catalog_encryption_settings'),
  'LOGS-1': (stack) => retentions(stack).every((days) => days > 0),
  'LOGS-2': (stack) => retentions(stack).every((days) => days >= 365),
  'LOGS-3': each('aws_cloudwatch_log_group', { kms_key_id: '${aws_kms_key.key.arn}' }),
  'KMS-1': each('aws_kms_key', { enable_key_rotation: true }),
  'KMS-2': (stack) =>
    policiesOf(stack, 'aws_kms_key').every((policy) => !JSON.stringify(policy).includes('"AWS":"*"')),
  'KMS-3': (stack) =>
    statementsOf(stack)
      .filter(({ type, Principal }) => type === 'aws_kms_key' && Principal?.AWS !== undefined)
      .every(({ Action, Condition }) => Condition || !Action.some((action) => USES_KEY.test(action))),
  'IAM-1': (stack) =>
    statementsOf(stack).every(
      ({ Effect, Action }) => Effect === 'Deny' || !Action.some((action) => action.includes('*')),
    ),
  'IAM-2': (stack) =>
    statementsOf(stack).every(({ type, Resource }) => type === 'aws_kms_key' || !Resource?.includes('*')),
  'SNS-1': each('aws_sns_topic', { kms_master_key_id: '${aws_kms_key.key.arn}' }),
  'SNS-2': (stack) => resourcesOf(stack, 'aws_sns_topic').every(({ policy }) => deniesPlainHttp(policy)),
  'ALARMS-1': (stack) =>
    resourcesOf(stack, ALARM).every(
      ({ actions_enabled, alarm_actions }) =>
        actions_enabled === true && (alarm_actions as unknown[]).length > 0,
    ),
  'ALARMS-2': (stack) =>
    resourcesOf(stack, ALARM).every(({ namespace, dimensions }) => {
      const dimension = namespace === 'AWS/Kinesis' ? 'StreamName' : 'DeliveryStreamName';
      return Object.keys(dimensions as object).join() === dimension;
    }),
  'TAGS-1': (stack) => {
    const tags = JSON.stringify(stack.provider.aws[0]?.default_tags ?? []);
    return ['project', 'environment', 'owner', 'cost-centre'].every((name) => tags.includes(`"${name}":"`));
  },
};

const DELIVERY = 'aws_kinesis_firehose_delivery_stream';
const ALARM = 'aws_cloudwatch_metric_alarm';
const USES_KEY = /crypt|DataKey|CreateGrant|\*/;

const buckets = (stack: Configuration) => Object.keys(stack.resource.aws_s3_bucket ?? {});
const destinationOf = (delivery: Properties) => delivery.extended_s3_configuration as Properties;
const retentions = (stack: Configuration) =>
  resourcesOf(stack, 'aws_cloudwatch_log_group').map(({ retention_in_days }) => Number(retention_in_days));
const isLogged = (stack: Configuration, bucket: string) =>
  ofBucket(stack, 'aws_s3_bucket_logging', bucket)?.target_bucket === '${aws_s3_bucket.logs.bucket}';

function ofBucket(stack: Configuration, type: string, bucket: string): Properties | undefined {
  return resourcesOf(stack, type).find((each) => each.bucket === `\${aws_s3_bucket.${bucket}.id}`);
}

function encryptionOf(stack: Configuration, bucket: string): Properties | undefined {
  const { rule } = ofBucket(stack, 'aws_s3_bucket_server_side_encryption_configuration', bucket) ?? {};
  return (rule as readonly Properties[] | undefined)?.[0];
}

function algorithmOf(stack: Configuration, bucket: string): unknown {
  const byDefault = encryptionOf(stack, bucket)?.apply_server_side_encryption_by_default;
  return (byDefault as Properties | undefined)?.sse_algorithm;
}

function deniesPlainHttp(policy: unknown): boolean {
  return (
    JSON.stringify(policy ?? '').includes('"Effect":"Deny","Principal":{"AWS":"*"}') &&
    JSON.stringify(policy).includes('"aws:SecureTransport":"false"')
  );
}

/** There is such a resource. */
function has(type: string) {
  return (stack: Configuration) => resourcesOf(stack, type).length > 0;
}

/** Every resource of the type is so, and of what belongs to buckets there is one for each bucket. */
function each(type: string, properties: Properties) {
  return (stack: Configuration) => {
    const found = resourcesOf(stack, type);
    const isWhole = type.startsWith('aws_s3_bucket_')
      ? found.length === buckets(stack).length
      : found.length > 0;
    return isWhole && found.every((resource) => matches(resource, properties));
  };
}

function workgroup(configuration: Properties) {
  return each('aws_athena_workgroup', { configuration });
}

function matches(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return value === wanted;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(wanted).every(([name, inner]) => matches((value as Properties)[name], inner));
}
