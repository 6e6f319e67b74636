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
import type { Operation } from '../wire/operation.js';
import { changeDelivery, findDelivery, invalid } from './delivery-entry.js';
import type { Firehose } from './firehose.js';

/** Tags that a delivery stream may have. */
const MOST_TAGS = 50;

export const tagDeliveryStream =
  ({ store }: Firehose): Operation<TagDeliveryStreamCommandInput, TagDeliveryStreamCommandOutput> =>
  async ({ DeliveryStreamName: name, Tags: list }, context) => {
    await changeDelivery(store, context, name, (delivery) => {
      const tagged = withTags(delivery, tagsOf(list));
      checkTags(tagged.tags);
      return tagged;
    });
    return {};
  };

export const untagDeliveryStream =
  ({ store }: Firehose): Operation<UntagDeliveryStreamCommandInput, UntagDeliveryStreamCommandOutput> =>
  async ({ DeliveryStreamName: name, TagKeys: keys }, context) => {
    await changeDelivery(store, context, name, (delivery) => withoutTags(delivery, keys));
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
    throw invalid(`The tag ${key} must have a key of 1 to 128 characters and a value of up to 256.`);
  }
  const count = Object.keys(tags).length;
  if (count <= MOST_TAGS) return;
  throw new AwsError(
    'LimitExceededException',
    `A delivery stream can have ${MOST_TAGS} tags, and not ${count}.`,
  );
}
