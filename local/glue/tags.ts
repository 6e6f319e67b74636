import type {
  GetTagsCommandInput,
  GetTagsCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-glue';
import { type Tags, withoutTags, withTags, wrongTags } from '../resources/tags.js';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { type DatabaseEntry, databaseKey, findDatabase } from './catalog.js';
import type { Glue } from './glue.js';

export const getTags =
  ({ store }: Glue): Operation<GetTagsCommandInput, GetTagsCommandOutput> =>
  ({ ResourceArn: arn }) => {
    const { place, name } = databaseOfArn(arn);
    return { Tags: { ...findDatabase(store.entries, place, name).tags } };
  };

export const tagResource =
  (glue: Glue): Operation<TagResourceCommandInput, TagResourceCommandOutput> =>
  async ({ ResourceArn: arn, TagsToAdd: tags }) => {
    await change(glue, arn, (database) => {
      const tagged = withTags(database, tags);
      checkTags(tagged.tags);
      return tagged;
    });
    return {};
  };

export const untagResource =
  (glue: Glue): Operation<UntagResourceCommandInput, UntagResourceCommandOutput> =>
  async ({ ResourceArn: arn, TagsToRemove: keys }) => {
    await change(glue, arn, (database) => withoutTags(database, keys));
    return {};
  };

/** @throws AwsError for tags that Glue does not take. */
export function checkTags(tags: Tags): void {
  const wrong = wrongTags(tags);
  if (wrong !== undefined) throw new AwsError('InvalidInputException', wrong);
}

async function change(
  { store }: Glue,
  arn: string,
  work: (database: DatabaseEntry) => DatabaseEntry,
): Promise<void> {
  const { place, name } = databaseOfArn(arn);
  await store.transaction(() => {
    store.entries.put(databaseKey(place, name), work(findDatabase(store.entries, place, name)));
  });
}

/** Of what is in a catalog, only databases have tags. */
function databaseOfArn(arn: string) {
  const match = /^arn:[^:]+:glue:([^:]+):(\d{12}):database\/(.+)$/.exec(arn);
  const [, region, account, name] = match ?? [];
  if (region && account && name) return { place: { account, region }, name };
  throw new AwsError('InvalidInputException', `The resource ${arn} has no tags: it is not a database.`);
}
