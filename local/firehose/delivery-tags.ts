import type {
  ListTagsForDeliveryStreamCommandInput,
  ListTagsForDeliveryStreamCommandOutput,
  TagDeliveryStreamCommandInput,
  TagDeliveryStreamCommandOutput,
  UntagDeliveryStreamCommandInput,
  UntagDeliveryStreamCommandOutput,
} from '@aws-sdk/client-firehose';
import { type Tags, tagList, tagsOf, withoutTags, withTags } from '../resources/tags.js';
import { AwsError } from '../wire/aws-error.js';
import type { Operation, RequestContext } from '../wire/operation.js';
import { type DeliveryEntry, deliveryKey, findDelivery } from './delivery-entry.js';
import type { Firehose } from './firehose.js';

/** Tags that a delivery stream may have. */
const MOST_TAGS = 50;

export const tagDeliveryStream =
  (firehose: Firehose): Operation<TagDeliveryStreamCommandInput, TagDeliveryStreamCommandOutput> =>
  async ({ DeliveryStreamName: name, Tags: list }, context) => {
    await change(firehose, name, context, (delivery) => {
      const tagged = withTags(delivery, tagsOf(list));
      checkTags(tagged.tags);
      return tagged;
    });
    return {};
  };

export const untagDeliveryStream =
  (firehose: Firehose): Operation<UntagDeliveryStreamCommandInput, UntagDeliveryStreamCommandOutput> =>
  async ({ DeliveryStreamName: name, TagKeys: keys }, context) => {
    await change(firehose, name, context, (delivery) => withoutTags(delivery, keys));
    return {};
  };

export const listTagsForDeliveryStream =
  ({
    store,
  }: Firehose): Operation<ListTagsForDeliveryStreamCommandInput, ListTagsForDeliveryStreamCommandOutput> =>
  ({ DeliveryStreamName: name, ExclusiveStartTagKey: after = '', Limit: limit = MOST_TAGS }, context) => {
    const all = tagList(findDelivery(store.entries, context, name).tags);
    const rest = all.sort((a, b) => (a.Key < b.Key ? -1 : 1)).filter(({ Key }) => Key > after);
    return { Tags: rest.slice(0, limit), HasMoreTags: rest.length > limit };
  };

/** @throws AwsError for tags that Firehose does not take. */
export function checkTags(tags: Tags): void {
  for (const [key, value] of Object.entries(tags)) {
    if (key.length >= 1 && key.length <= 128 && value.length <= 256) continue;
    throw new AwsError(
      'InvalidArgumentException',
      `The tag ${key} must have a key of 1 to 128 characters and a value of up to 256.`,
    );
  }
  const count = Object.keys(tags).length;
  if (count <= MOST_TAGS) return;
  throw new AwsError(
    'LimitExceededException',
    `A delivery stream can have ${MOST_TAGS} tags, and not ${count}.`,
  );
}

function change(
  { store }: Firehose,
  name: string,
  context: RequestContext,
  work: (delivery: DeliveryEntry) => DeliveryEntry,
): Promise<void> {
  return store.transaction(() => {
    const changed = work(findDelivery(store.entries, context, name));
    store.entries.put(deliveryKey(changed.account, changed.region, name), changed);
  });
}
