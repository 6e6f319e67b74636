import { ResourceTable } from '../resources/resource-table.js';
import type { Store } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import type { Operations, OperationsOf } from '../wire/operation.js';
import { type SubscriptionEntry, subscriptionOperations } from './subscriptions.js';
import { type TopicEntry, topicOperations } from './topics.js';

/** What SNS works on. */
export interface Sns {
  readonly store: Store;
  readonly topics: ResourceTable<TopicEntry>;
  /** By their topic's name and their id. */
  readonly subscriptions: ResourceTable<SubscriptionEntry>;
}

export type SnsOperations = OperationsOf<typeof import('@aws-sdk/client-sns')>;

/**
 * Simple Notification Service: topics and subscriptions. Nothing is sent: publishing is refused, and a subscription by
 * e-mail stays pending. Topic policies are kept and not enforced.
 */
export function snsOperations({ store }: { store: Store }): Operations {
  const missing = (what: string) => () => new AwsError('NotFound', `${what} does not exist`, 404);
  const sns: Sns = {
    store,
    topics: new ResourceTable(store, { kind: 'topic', missing: missing('Topic') }),
    subscriptions: new ResourceTable(store, { kind: 'subscription', missing: missing('Subscription') }),
  };
  return { ...topicOperations(sns), ...subscriptionOperations(sns) };
}
