import type { LogGroup, LogGroupClass } from '@aws-sdk/client-cloudwatch-logs';
import { pageOf } from '../resources/page.js';
import type { Tags } from '../resources/tags.js';
import { AwsError } from '../wire/aws-error.js';
import { refuse } from '../wire/refuse.js';
import type { Logs, LogsOperations } from './logs.js';

/** A log group as the store keeps it. */
export interface LogGroupEntry {
  readonly name: string;
  /** Without the `:*` that stands for its streams. */
  readonly arn: string;
  readonly groupClass: LogGroupClass;
  /** How long events are kept; for ever where it is not given. */
  readonly retentionDays?: number;
  readonly kmsKeyId?: string;
  readonly tags: Tags;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export const logGroupOperations = ({ store, clock, groups, streams }: Logs): LogsOperations => ({
  async CreateLogGroup(input, context) {
    refuse(input, 'deletionProtectionEnabled');
    const { logGroupName: name, kmsKeyId, tags = {}, logGroupClass: groupClass = 'STANDARD' } = input;
    if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) throw invalid(`The log group name ${name} is not valid.`);
    const group: LogGroupEntry = {
      name,
      arn: `arn:aws:logs:${context.region}:${context.account}:log-group:${name}`,
      groupClass,
      ...(kmsKeyId !== undefined && { kmsKeyId }),
      tags,
      createdAt: clock.now(),
    };
    await groups.create(context, name, group, (existing) => {
      if (existing) {
        throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
      }
    });
    return {};
  },

  DescribeLogGroups(input, context) {
    refuse(input, 'accountIdentifiers', 'includeLinkedAccounts', 'logGroupIdentifiers');
    const {
      logGroupNamePrefix: prefix = '',
      logGroupNamePattern: pattern = '',
      logGroupClass: wanted,
    } = input;
    const found = groups
      .list(context)
      .filter(({ name }) => name.startsWith(prefix) && name.toLowerCase().includes(pattern.toLowerCase()))
      .filter(({ groupClass }) => wanted === undefined || groupClass === wanted);
    const { items, next } = pageOf(found, ({ name }) => name, {
      limit: input.limit ?? 50,
      token: input.nextToken,
    });
    return { logGroups: items.map(describe), nextToken: next };
  },

  /** Takes the streams along. */
  async DeleteLogGroup({ logGroupName: name }, context) {
    await store.transaction(() => {
      groups.find(context, name);
      for (const stream of streams.list(context, name)) streams.discard(context, [name, stream.name]);
      groups.discard(context, name);
    });
    return {};
  },

  async PutRetentionPolicy({ logGroupName: name, retentionInDays: retentionDays }, context) {
    if (!RETENTION_DAYS.includes(retentionDays)) {
      throw invalid(`retentionInDays must be one of ${RETENTION_DAYS.join(', ')}, and not ${retentionDays}.`);
    }
    await groups.change(context, name, (group) => ({ ...group, retentionDays }));
    return {};
  },

  async DeleteRetentionPolicy({ logGroupName: name }, context) {
    await groups.change(context, name, ({ retentionDays: _, ...group }) => group);
    return {};
  },

  async AssociateKmsKey(input, context) {
    refuse(input, 'resourceIdentifier');
    const { logGroupName: name = '', kmsKeyId } = input;
    await groups.change(context, name, (group) => ({ ...group, kmsKeyId }));
    return {};
  },

  async DisassociateKmsKey(input, context) {
    refuse(input, 'resourceIdentifier');
    await groups.change(context, input.logGroupName ?? '', ({ kmsKeyId: _, ...group }) => group);
    return {};
  },
});

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const invalid = (message: string) => new AwsError('InvalidParameterException', message);

function describe(group: LogGroupEntry): LogGroup {
  return {
    logGroupName: group.name,
    // AWS's older member has the streams in it, and its newer one has not.
    arn: `${group.arn}:*`,
    logGroupArn: group.arn,
    logGroupClass: group.groupClass,
    creationTime: group.createdAt,
    retentionInDays: group.retentionDays,
    kmsKeyId: group.kmsKeyId,
    metricFilterCount: 0,
    storedBytes: 0,
  };
}
