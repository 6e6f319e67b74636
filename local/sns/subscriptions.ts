import { randomUUID } from 'node:crypto';
import { pageOf } from '../resources/page.js';
import type { Place } from '../resources/resource-table.js';
import { type Attributes, invalidParameter, withAttributes } from './attributes.js';
import type { Sns, SnsOperations } from './sns.js';
import { findTopic } from './topics.js';

/** A subscription as the store keeps it. */
export interface SubscriptionEntry {
  readonly id: string;
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** Its endpoint has not said yes yet; here none ever does. */
  readonly isPending: boolean;
  readonly attributes: Attributes;
}

/** Who has to say yes to a subscription first, and who belongs to the account and has not. */
const ASKED_FIRST = ['email', 'email-json', 'http', 'https'];
const TRUSTED = ['sqs', 'lambda', 'firehose', 'sms', 'application'];

/** @see https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html */
const SUBSCRIPTION_ATTRIBUTES = [
  ...['DeliveryPolicy', 'FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy'],
  ...['ReplayPolicy', 'SubscriptionRoleArn'],
];

export function subscriptionOperations(sns: Sns): SnsOperations {
  const { store, subscriptions } = sns;
  return {
    /** The same endpoint again is the same subscription. */
    async Subscribe({ TopicArn: topicArn, Protocol: protocol, Endpoint: endpoint = '', ...input }, context) {
      if (![...ASKED_FIRST, ...TRUSTED].includes(protocol)) throw invalidParameter(`Protocol: ${protocol}`);
      if (protocol.startsWith('email') && !/^[^@\s]+@[^@\s]+$/.test(endpoint)) {
        throw invalidParameter('Email address');
      }
      const attributes = withAttributes({}, input.Attributes ?? {}, SUBSCRIPTION_ATTRIBUTES);
      const { arn, isPending } = await store.transaction(() => {
        const topic = findTopic(sns, context, topicArn);
        const same = subscriptions
          .list(context, topic.name)
          .find((other) => other.protocol === protocol && other.endpoint === endpoint);
        if (same) return same;
        const id = randomUUID();
        const isPending = ASKED_FIRST.includes(protocol);
        const entry = { id, arn: `${topicArn}:${id}`, topicArn, protocol, endpoint, isPending, attributes };
        subscriptions.put(context, [topic.name, id], entry);
        return entry;
      });
      return { SubscriptionArn: isPending && !input.ReturnSubscriptionArn ? 'pending confirmation' : arn };
    },

    GetSubscriptionAttributes({ SubscriptionArn: arn }, context) {
      const { topicArn, protocol, endpoint, isPending, attributes } = subscriptions.find(
        context,
        nameOf(arn),
      );
      return {
        Attributes: {
          RawMessageDelivery: 'false',
          ...(attributes.FilterPolicy !== undefined && { FilterPolicyScope: 'MessageAttributes' }),
          ...attributes,
          SubscriptionArn: arn,
          TopicArn: topicArn,
          Protocol: protocol,
          Endpoint: endpoint,
          Owner: context.account,
          SubscriptionPrincipal: `arn:aws:iam::${context.account}:user/local`,
          PendingConfirmation: String(isPending),
          ConfirmationWasAuthenticated: String(!isPending),
        },
      };
    },

    async SetSubscriptionAttributes(input, context) {
      const { SubscriptionArn: arn, AttributeName: name, AttributeValue: value = '' } = input;
      await subscriptions.change(context, nameOf(arn), (subscription) => ({
        ...subscription,
        attributes: withAttributes(subscription.attributes, { [name]: value }, SUBSCRIPTION_ATTRIBUTES),
      }));
      return {};
    },

    /** One that is pending cannot be taken back: it goes with its topic. On AWS it goes by itself after some days. */
    async Unsubscribe({ SubscriptionArn: arn }, context) {
      const name = nameOf(arn);
      await store.transaction(() => {
        if (subscriptions.get(context, name)?.isPending) {
          throw invalidParameter(
            'SubscriptionArn Reason: Cannot unsubscribe a subscription that is pending confirmation',
          );
        }
        subscriptions.discard(context, name);
      });
      return {};
    },

    ListSubscriptionsByTopic: ({ TopicArn: arn, NextToken: token }, context) =>
      page(sns, context, token, findTopic(sns, context, arn).name),

    ListSubscriptions: ({ NextToken: token }, context) => page(sns, context, token),
  };
}

/** Topic and id out of `<ARN of the topic>:<id>`. */
function nameOf(arn: string): readonly [topic: string, id: string] {
  const [, , , , , topic, id] = arn.split(':');
  if (topic === undefined || id === undefined) throw invalidParameter('SubscriptionArn');
  return [topic, id];
}

function page({ subscriptions }: Sns, place: Place, token: string | undefined, topic?: string) {
  const { items, next } = pageOf(subscriptions.list(place, topic), ({ arn }) => arn, { limit: 100, token });
  return {
    Subscriptions: items.map(({ arn, topicArn, protocol, endpoint, isPending }) => ({
      SubscriptionArn: isPending ? 'PendingConfirmation' : arn,
      TopicArn: topicArn,
      Protocol: protocol,
      Endpoint: endpoint,
      Owner: place.account,
    })),
    NextToken: next,
  };
}
