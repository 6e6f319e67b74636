import type { MetricAlarm, PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { pageOf } from '../resources/page.js';
import { type Tags, tagList, tagsOf, withoutTags, withTags } from '../resources/tags.js';
import { AwsError } from '../wire/aws-error.js';
import type { Checked } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import type { CloudWatch, CloudWatchOperations } from './cloudwatch.js';

/** An alarm as the store keeps it. */
export interface AlarmEntry {
  readonly arn: string;
  readonly definition: Omit<
    Checked<PutMetricAlarmCommandInput>,
    'Tags' | 'EvaluationWindow' | 'EvaluationCriteria'
  >;
  readonly tags: Tags;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const alarmOperations = ({ store, clock, alarms }: CloudWatch): CloudWatchOperations => ({
  /** Tags are taken from the call that makes the alarm, and only from that, as on AWS. */
  async PutMetricAlarm(input, context) {
    refuse(input, 'EvaluationWindow', 'EvaluationCriteria');
    const { Tags: tags, EvaluationWindow: _window, EvaluationCriteria: _criteria, ...definition } = input;
    const { AlarmName: name, MetricName: metric, Metrics: metrics } = definition;
    if (name.length < 1 || name.length > 255) throw invalid('AlarmName must be 1 to 255 characters long.');
    if ((metric === undefined) === (metrics === undefined)) {
      throw invalid('An alarm must have either a MetricName or Metrics.');
    }
    const arn = `arn:aws:cloudwatch:${context.region}:${context.account}:alarm:${name}`;
    const now = clock.now();
    await store.transaction(() => {
      const { createdAt, tags: kept } = alarms.get(context, name) ?? { createdAt: now, tags: tagsOf(tags) };
      alarms.put(context, name, { arn, definition, tags: kept, createdAt, updatedAt: now });
    });
    return {};
  },

  DescribeAlarms(input, context) {
    refuse(input, 'ChildrenOfAlarmName', 'ParentsOfAlarmName', 'ActionPrefix');
    const { AlarmNames: names, AlarmNamePrefix: prefix = '', AlarmTypes: types, StateValue: state } = input;
    const isWanted = ({ definition: { AlarmName: name } }: AlarmEntry) =>
      name.startsWith(prefix) && (names === undefined || names.length === 0 || names.includes(name));
    const hasMetricAlarms = types === undefined || types.length === 0 || types.includes('MetricAlarm');
    const found = hasMetricAlarms && (state ?? INITIAL_STATE) === INITIAL_STATE ? alarms.list(context) : [];
    const { items, next } = pageOf(found.filter(isWanted), ({ definition }) => definition.AlarmName, {
      limit: input.MaxRecords ?? 50,
      token: input.NextToken,
    });
    return { MetricAlarms: items.map(describe), CompositeAlarms: [], NextToken: next };
  },

  /** All of them, or none where one is not there. */
  async DeleteAlarms({ AlarmNames: names }, context) {
    await store.transaction(() => {
      for (const name of names) alarms.find(context, name);
      for (const name of names) alarms.discard(context, name);
    });
    return {};
  },

  ListTagsForResource: ({ ResourceARN: arn }, context) => ({
    Tags: tagList(alarms.find(context, alarmOf(arn)).tags),
  }),

  async TagResource({ ResourceARN: arn, Tags: tags }, context) {
    await alarms.change(context, alarmOf(arn), (alarm) => withTags(alarm, tagsOf(tags)));
    return {};
  },

  async UntagResource({ ResourceARN: arn, TagKeys: keys }, context) {
    await alarms.change(context, alarmOf(arn), (alarm) => withoutTags(alarm, keys));
    return {};
  },
});

/** `arn:aws:cloudwatch:<region>:<account>:alarm:<name>`, and a name may have colons. */
const alarmOf = (arn: string) => arn.split(':').slice(6).join(':');

const invalid = (message: string) => new AwsError('ValidationError', message);

/** Where an alarm starts, and stays without metrics. */
const INITIAL_STATE = 'INSUFFICIENT_DATA';

function describe({ arn, definition, createdAt, updatedAt }: AlarmEntry): MetricAlarm {
  return {
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    Dimensions: [],
    ...definition,
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: new Date(updatedAt),
    StateValue: INITIAL_STATE,
    StateReason: 'Unchecked: Initial alarm creation',
    StateUpdatedTimestamp: new Date(createdAt),
  };
}
