import { isDeepStrictEqual } from 'node:util';
import { pageOf } from '../resources/page.js';
import type { Place } from '../resources/resource-table.js';
import { type Tags, tagList, tagsOf, withoutTags, withTags } from '../resources/tags.js';
import { AwsError } from '../wire/aws-error.js';
import { refuse } from '../wire/refuse.js';
import { type Attributes, invalidParameter, withAttributes } from './attributes.js';
import type { Sns, SnsOperations } from './sns.js';

/** A topic as the store keeps it. */
export interface TopicEntry {
  readonly name: string;
  readonly arn: string;
  /** Those that were set. */
  readonly attributes: Attributes;
  readonly tags: Tags;
}

/** Attributes that may be set. @see https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
const TOPIC_ATTRIBUTES: readonly string[] = [
  ...['DisplayName', 'Policy', 'DeliveryPolicy', 'KmsMasterKeyId', 'TracingConfig', 'SignatureVersion'],
  ...['FifoTopic', 'ContentBasedDeduplication', 'ArchivePolicy', 'FifoThroughputScope'],
  ...['HTTP', 'Firehose', 'Lambda', 'SQS', 'Application'].flatMap((protocol) =>
    ['SuccessFeedbackRoleArn', 'SuccessFeedbackSampleRate', 'FailureFeedbackRoleArn'].map(
      (name) => protocol + name,
    ),
  ),
];

export function topicOperations(sns: Sns): SnsOperations {
  const { store, topics, subscriptions } = sns;
  return {
    /** A topic that is there already is given back, if it is the same. */
    async CreateTopic(input, context) {
      refuse(input, 'DataProtectionPolicy');
      const { Name: name, Attributes: given = {} } = input;
      const suffix = given.FifoTopic === 'true' ? '.fifo' : '';
      if (!name.endsWith(suffix) || !/^[\w-]{1,256}$/.test(name.slice(0, name.length - suffix.length))) {
        throw invalidParameter('Topic Name');
      }
      const arn = `arn:aws:sns:${context.region}:${context.account}:${name}`;
      const attributes = withAttributes({}, given, TOPIC_ATTRIBUTES);
      const tags = tagsOf(input.Tags);
      await topics.create(context, name, { name, arn, attributes, tags }, (existing) => {
        if (existing && !isDeepStrictEqual(existing.tags, tags)) {
          throw invalidParameter('Tags Reason: Topic already exists with different tags');
        }
        if (existing && !isDeepStrictEqual(existing.attributes, attributes)) {
          throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
        }
      });
      return { TopicArn: arn };
    },

    GetTopicAttributes({ TopicArn: arn }, context) {
      const topic = findTopic(sns, context, arn);
      const pending = subscriptions.list(context, topic.name).filter(({ isPending }) => isPending).length;
      const confirmed = subscriptions.list(context, topic.name).length - pending;
      return {
        Attributes: {
          TopicArn: arn,
          Owner: context.account,
          DisplayName: '',
          Policy: defaultTopicPolicy(arn, context.account),
          EffectiveDeliveryPolicy: DELIVERY_POLICY,
          ...topic.attributes,
          SubscriptionsPending: String(pending),
          SubscriptionsConfirmed: String(confirmed),
          SubscriptionsDeleted: '0',
        },
      };
    },

    async SetTopicAttributes({ TopicArn: arn, AttributeName: name, AttributeValue: value = '' }, context) {
      const topic = findTopic(sns, context, arn);
      await topics.change(context, topic.name, (entry) => ({
        ...entry,
        attributes: withAttributes(entry.attributes, { [name]: value }, TOPIC_ATTRIBUTES),
      }));
      return {};
    },

    ListTopics({ NextToken: token }, context) {
      const { items, next } = pageOf(topics.list(context), ({ name }) => name, { limit: 100, token });
      return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), NextToken: next };
    },

    /** Takes the subscriptions along. A topic that is not there is as good as deleted. */
    async DeleteTopic({ TopicArn: arn }, context) {
      const name = topicName(context, arn);
      await store.transaction(() => {
        for (const { id } of subscriptions.list(context, name)) subscriptions.discard(context, [name, id]);
        topics.discard(context, name);
      });
      return {};
    },

    ListTagsForResource: ({ ResourceArn: arn }, context) => ({
      Tags: tagList(taggedTopic(sns, context, arn).tags),
    }),

    async TagResource({ ResourceArn: arn, Tags: tags }, context) {
      await topics.change(context, taggedTopic(sns, context, arn).name, (topic) =>
        withTags(topic, tagsOf(tags)),
      );
      return {};
    },

    async UntagResource({ ResourceArn: arn, TagKeys: keys }, context) {
      await topics.change(context, taggedTopic(sns, context, arn).name, (topic) => withoutTags(topic, keys));
      return {};
    },
  };
}

/** @throws AwsError `NotFound` where there is no such topic in this account and region. */
export function findTopic({ topics }: Sns, place: Place, arn: string): TopicEntry {
  return topics.find(place, topicName(place, arn));
}

/** SNS has another code for a topic that is not there where it is about tags. */
function taggedTopic({ topics }: Sns, place: Place, arn: string): TopicEntry {
  const topic = topics.get(place, topicName(place, arn));
  if (topic) return topic;
  throw new AwsError('ResourceNotFound', 'Resource does not exist', 404);
}

/** @throws AwsError for what is no ARN of a topic in this account and region. */
function topicName({ account, region }: Place, arn: string): string {
  const here = `arn:aws:sns:${region}:${account}:`;
  if (!arn.startsWith(here)) throw invalidParameter('TopicArn');
  return arn.slice(here.length);
}

/** What SNS gives a topic that has none of its own: the account may do all with it. */
function defaultTopicPolicy(arn: string, account: string): string {
  const actions = ['GetTopicAttributes', 'SetTopicAttributes', 'AddPermission', 'RemovePermission'];
  actions.push('DeleteTopic', 'Subscribe', 'ListSubscriptionsByTopic', 'Publish');
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: actions.map((action) => `SNS:${action}`),
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  });
}

/** How SNS tries again where nothing else was set. */
const DELIVERY_POLICY = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});
