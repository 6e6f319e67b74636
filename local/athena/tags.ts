import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-athena';
import { type Tags, tagList, tagsOf, withoutTags, withTags } from '../resources/tags.js';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import type { Athena } from './athena.js';
import { invalidRequest } from './invalid-request.js';
import { findWorkGroup, type WorkGroupEntry, workGroupKey } from './workgroups.js';

/** Tags that a resource may have. */
const MOST_TAGS = 50;

export const listTagsForResource =
  ({ store }: Athena): Operation<ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput> =>
  ({ ResourceARN: arn }) => {
    const { place, name } = workGroupOfArn(arn);
    return { Tags: tagList(findWorkGroup(store.entries, place, name).tags) };
  };

export const tagResource =
  (athena: Athena): Operation<TagResourceCommandInput, TagResourceCommandOutput> =>
  async ({ ResourceARN: arn, Tags: list }) => {
    await change(athena, arn, (workGroup) => {
      const tagged = withTags(workGroup, tagsOf(list));
      checkTags(tagged.tags);
      return tagged;
    });
    return {};
  };

export const untagResource =
  (athena: Athena): Operation<UntagResourceCommandInput, UntagResourceCommandOutput> =>
  async ({ ResourceARN: arn, TagKeys: keys }) => {
    await change(athena, arn, (workGroup) => withoutTags(workGroup, keys));
    return {};
  };

/** @throws AwsError for tags that Athena does not take. */
export function checkTags(tags: Tags): void {
  for (const [key, value] of Object.entries(tags)) {
    if (key.length >= 1 && key.length <= 128 && value.length <= 256) continue;
    throw invalidRequest(`The tag ${key} must have a key of 1 to 128 characters and a value of up to 256.`);
  }
  const count = Object.keys(tags).length;
  if (count > MOST_TAGS) throw invalidRequest(`A resource can have ${MOST_TAGS} tags, and not ${count}.`);
}

async function change(
  { store }: Athena,
  arn: string,
  work: (workGroup: WorkGroupEntry) => WorkGroupEntry,
): Promise<void> {
  const { place, name } = workGroupOfArn(arn);
  await store.transaction(() => {
    store.entries.put(workGroupKey(place, name), work(findWorkGroup(store.entries, place, name)));
  });
}

/** Of what Athena has here, only workgroups have tags. */
function workGroupOfArn(arn: string) {
  const match = /^arn:[^:]+:athena:([^:]+):(\d{12}):workgroup\/(.+)$/.exec(arn);
  const [, region, account, name] = match ?? [];
  if (region && account && name) return { place: { account, region }, name };
  throw new AwsError('ResourceNotFoundException', `Resource ${arn} is not found.`);
}
