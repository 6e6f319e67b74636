import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-athena';
import { type Tags, tagList, tagsOf, withoutTags, withTags, wrongTags } from '../resources/tags.js';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import type { Athena } from './athena.js';
import { invalidRequest } from './invalid-request.js';
import { findWorkGroup, type WorkGroupEntry, workGroupKey } from './workgroups.js';

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
  const wrong = wrongTags(tags);
  if (wrong !== undefined) throw invalidRequest(wrong);
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
