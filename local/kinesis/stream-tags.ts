import type {
  AddTagsToStreamCommandInput,
  AddTagsToStreamCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  ListTagsForStreamCommandInput,
  ListTagsForStreamCommandOutput,
  RemoveTagsFromStreamCommandInput,
  RemoveTagsFromStreamCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-kinesis';
import { type Tags, tagList, withoutTags, withTags } from '../resources/tags.js';
import { AwsError } from '../wire/aws-error.js';
import type { Operation, RequestContext } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import type { Kinesis } from './kinesis.js';
import { LIMITS } from './limits.js';
import { changeStream, findStream, type StreamEntry, type StreamReference } from './stream-entry.js';
import { checkLength, checkRange } from './validation.js';

/** A stream has two sets of operations for its tags: the older find it by name or ARN, the newer as a resource. */
export const addTagsToStream =
  (kinesis: Kinesis): Operation<AddTagsToStreamCommandInput, AddTagsToStreamCommandOutput> =>
  async (input, context) => {
    refuse(input, 'StreamId');
    await addTags(kinesis, input, context, input.Tags);
    return {};
  };

export const tagResource =
  (kinesis: Kinesis): Operation<TagResourceCommandInput, TagResourceCommandOutput> =>
  async (input, context) => {
    refuse(input, 'StreamId');
    await addTags(kinesis, { StreamARN: input.ResourceARN }, context, input.Tags);
    return {};
  };

export const removeTagsFromStream =
  ({ store }: Kinesis): Operation<RemoveTagsFromStreamCommandInput, RemoveTagsFromStreamCommandOutput> =>
  async (input, context) => {
    refuse(input, 'StreamId');
    await changeStream(store, input, context, (stream) => withoutTags(stream, input.TagKeys));
    return {};
  };

export const untagResource =
  ({ store }: Kinesis): Operation<UntagResourceCommandInput, UntagResourceCommandOutput> =>
  async (input, context) => {
    refuse(input, 'StreamId');
    const reference = { StreamARN: input.ResourceARN };
    await changeStream(store, reference, context, (stream) => withoutTags(stream, input.TagKeys));
    return {};
  };

export const listTagsForStream =
  ({ store }: Kinesis): Operation<ListTagsForStreamCommandInput, ListTagsForStreamCommandOutput> =>
  (input, context) => {
    refuse(input, 'StreamId');
    checkRange(input.Limit, 'limit', 1, LIMITS.tags);
    const { Limit: limit = LIMITS.tags, ExclusiveStartTagKey: after = '' } = input;
    const rest = sortedTags(findStream(store.entries, input, context)).filter(({ Key }) => Key > after);
    return { Tags: rest.slice(0, limit), HasMoreTags: rest.length > limit };
  };

export const listTagsForResource =
  ({ store }: Kinesis): Operation<ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput> =>
  (input, context) => {
    refuse(input, 'StreamId');
    return { Tags: sortedTags(findStream(store.entries, { StreamARN: input.ResourceARN }, context)) };
  };

const sortedTags = ({ tags }: StreamEntry) => tagList(tags).sort((a, b) => (a.Key < b.Key ? -1 : 1));

async function addTags(
  { store }: Kinesis,
  reference: StreamReference,
  context: RequestContext,
  tags: Tags,
): Promise<void> {
  checkTags(tags);
  await changeStream(store, reference, context, (stream) => {
    const tagged = withTags(stream, tags);
    checkTagCount(tagged);
    return tagged;
  });
}

/** @throws AwsError for a tag that is too long. */
export function checkTags(tags: Tags): void {
  for (const [key, value] of Object.entries(tags)) {
    checkLength(key, 'tags.key', 1, LIMITS.tagKeyCharacters);
    checkLength(value, 'tags.value', 0, LIMITS.tagValueCharacters);
  }
}

/** @throws AwsError for a stream of too many tags. */
export function checkTagCount({ name, account, tags }: Pick<StreamEntry, 'name' | 'account' | 'tags'>): void {
  if (Object.keys(tags).length <= LIMITS.tags) return;
  throw new AwsError(
    'InvalidArgumentException',
    `Failed to add tags to stream ${name} under account ${account} because a given stream cannot have more than ` +
      `${LIMITS.tags} tags associated with it.`,
  );
}
