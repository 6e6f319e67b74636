import type { Account } from '../stacks/account.js';
import type { Bucket } from '../stacks/bucket.js';
import type { Key } from '../stacks/key.js';
import type { Statement } from '../stacks/policy-document.js';

/** What a plan looks at. */
export interface Planned {
  readonly account: Account;
  /** The bucket that the states lie in. */
  readonly state: Bucket;
  /** The key that they are encrypted with. */
  readonly key: Key;
}

/**
 * The permissions to plan every lakehouse of the account: to read the states, and to read what each resource is set
 * to. Nothing here changes anything, and none of it reads an event or a result.
 */
export function planStatements({ account, state, key }: Planned): Statement[] {
  const own = 'lakehouse-*';
  const everywhere = (service: string, ...resources: string[]) =>
    resources.map((resource) => account.arn(service, resource));
  return [
    { sid: 'FindStates', actions: ['s3:ListBucket'], resources: [state.arn] },
    {
      sid: 'ReadStates',
      actions: ['s3:GetObject'],
      resources: [`${state.arn}/lakehouse-*/terraform.tfstate`],
    },
    { ...key.useStatement(['s3']), actions: ['kms:Decrypt'] },
    {
      sid: 'LookAtBuckets',
      actions: [
        's3:GetAccelerateConfiguration',
        's3:GetBucketAcl',
        's3:GetBucketCORS',
        's3:GetBucketLogging',
        's3:GetBucketObjectLockConfiguration',
        's3:GetBucketOwnershipControls',
        's3:GetBucketPolicy',
        's3:GetBucketPublicAccessBlock',
        's3:GetBucketRequestPayment',
        's3:GetBucketTagging',
        's3:GetBucketVersioning',
        's3:GetBucketWebsite',
        's3:GetEncryptionConfiguration',
        's3:GetLifecycleConfiguration',
        's3:GetReplicationConfiguration',
        's3:ListBucket',
      ],
      resources: [account.bucketArn(own)],
    },
    {
      sid: 'LookAtStreams',
      actions: ['kinesis:DescribeStreamSummary', 'kinesis:ListTagsForResource', 'kinesis:ListTagsForStream'],
      resources: everywhere('kinesis', `stream/${own}`),
    },
    {
      sid: 'LookAtDeliveries',
      actions: ['firehose:DescribeDeliveryStream', 'firehose:ListTagsForDeliveryStream'],
      resources: everywhere('firehose', `deliverystream/${own}`),
    },
    {
      sid: 'LookAtCatalog',
      actions: ['glue:GetDatabase', 'glue:GetPartitionIndexes', 'glue:GetTable', 'glue:GetTags'],
      resources: everywhere('glue', 'catalog', 'database/lakehouse_*', 'table/lakehouse_*/*'),
    },
    {
      sid: 'LookAtWorkgroups',
      actions: ['athena:GetNamedQuery', 'athena:GetWorkGroup', 'athena:ListTagsForResource'],
      resources: everywhere('athena', `workgroup/${own}`),
    },
    {
      sid: 'LookAtLogs',
      actions: ['logs:DescribeLogStreams', 'logs:ListTagsForResource'],
      resources: everywhere('logs', `log-group:/aws/kinesisfirehose/${own}`),
    },
    {
      sid: 'LookAtAlarms',
      actions: ['cloudwatch:ListTagsForResource'],
      resources: everywhere('cloudwatch', `alarm:${own}`),
    },
    {
      sid: 'LookAtDashboards',
      actions: ['cloudwatch:GetDashboard'],
      resources: [account.globalArn('cloudwatch', `dashboard/${own}`)],
    },
    {
      sid: 'LookAtTopics',
      actions: ['sns:GetSubscriptionAttributes', 'sns:GetTopicAttributes', 'sns:ListTagsForResource'],
      resources: everywhere('sns', own),
    },
    {
      sid: 'LookAtBudgets',
      actions: ['budgets:ListTagsForResource', 'budgets:ViewBudget'],
      resources: [account.globalArn('budgets', `budget/${own}`)],
    },
    {
      sid: 'LookAtRoles',
      actions: [
        'iam:GetPolicy',
        'iam:GetPolicyVersion',
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListPolicyVersions',
        'iam:ListRolePolicies',
      ],
      resources: [account.globalArn('iam', `role/${own}`), account.globalArn('iam', `policy/${own}`)],
    },
    {
      sid: 'LookAtKeys',
      actions: ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListResourceTags'],
      // A key has no name to go by, so it is told by its tag.
      resources: everywhere('kms', 'key/*'),
      conditions: { StringEquals: { 'aws:ResourceTag/project': 'lakehouse' } },
    },
    {
      sid: 'LookAtWhatTakesNoName',
      // AWS allows no ARN for these.
      actions: [
        'cloudwatch:DescribeAlarms',
        'kms:ListAliases',
        'kinesis:DescribeLimits',
        'logs:DescribeLogGroups',
      ],
      resources: ['*'],
    },
  ];
}
