import type { LogStream } from '@aws-sdk/client-cloudwatch-logs';
import { pageOf } from '../resources/page.js';
import { AwsError } from '../wire/aws-error.js';
import { refuse } from '../wire/refuse.js';
import type { Logs, LogsOperations } from './logs.js';

/** A log stream as the store keeps it. */
export interface LogStreamEntry {
  readonly name: string;
  readonly arn: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export const logStreamOperations = ({ clock, groups, streams }: Logs): LogsOperations => ({
  async CreateLogStream({ logGroupName: group, logStreamName: name }, context) {
    if (!/^[^:*]{1,512}$/.test(name)) {
      throw new AwsError('InvalidParameterException', `The log stream name ${name} is not valid.`);
    }
    const arn = `${groups.find(context, group).arn}:log-stream:${name}`;
    await streams.create(context, [group, name], { name, arn, createdAt: clock.now() }, (existing) => {
      groups.find(context, group);
      if (existing) {
        throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
      }
    });
    return {};
  },

  /** In the order of their names: they have no events that could order them. */
  DescribeLogStreams(input, context) {
    refuse(input, 'logGroupIdentifier', 'descending');
    const { logGroupName: group = '', logStreamNamePrefix: prefix = '' } = input;
    groups.find(context, group);
    const found = streams.list(context, group).filter(({ name }) => name.startsWith(prefix));
    const { items, next } = pageOf(found, ({ name }) => name, {
      limit: input.limit ?? 50,
      token: input.nextToken,
    });
    return { logStreams: items.map(describe), nextToken: next };
  },

  async DeleteLogStream({ logGroupName: group, logStreamName: name }, context) {
    groups.find(context, group);
    await streams.remove(context, [group, name]);
    return {};
  },
});

function describe({ name, arn, createdAt }: LogStreamEntry): LogStream {
  return { logStreamName: name, arn, creationTime: createdAt, storedBytes: 0 };
}
