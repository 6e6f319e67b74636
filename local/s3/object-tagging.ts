import type {
  DeleteObjectTaggingCommandInput,
  DeleteObjectTaggingCommandOutput,
  GetObjectTaggingCommandInput,
  GetObjectTaggingCommandOutput,
  PutObjectTaggingCommandInput,
  PutObjectTaggingCommandOutput,
} from '@aws-sdk/client-s3';
import { type Tags, tagList } from '../resources/tags.js';
import type { Operation } from '../wire/operation.js';
import { findBucket } from './bucket-entry.js';
import type { ObjectEntry } from './object-entry.js';
import { checkKey } from './object-key.js';
import { objectTags } from './object-tags.js';
import { findObject, type NamedObject } from './open-object.js';
import type { S3 } from './s3.js';

/** The aws command line asks before it copies a large object. */
export const getObjectTagging =
  ({ store, objects }: S3): Operation<GetObjectTaggingCommandInput, GetObjectTaggingCommandOutput> =>
  (input, { account }) => {
    checkKey(input.Key);
    const { id } = findBucket(store.entries, input.Bucket, account);
    const entry = findObject(objects, id, input);
    return { TagSet: tagList(entry.tags ?? {}), ...taggedVersion(entry) };
  };

export const putObjectTagging =
  (s3: S3): Operation<PutObjectTaggingCommandInput, PutObjectTaggingCommandOutput> =>
  async (input, { account }) => {
    const tags = objectTags(input.Tagging.TagSet.map(({ Key, Value }) => [Key, Value]));
    return taggedVersion(await setTags(s3, input, account, tags));
  };

export const deleteObjectTagging =
  (s3: S3): Operation<DeleteObjectTaggingCommandInput, DeleteObjectTaggingCommandOutput> =>
  async (input, { account }) =>
    taggedVersion(await setTags(s3, input, account, {}));

/** Tags are of a version and make none. */
function setTags(
  { store, objects }: S3,
  named: NamedObject & { readonly Bucket: string },
  account: string,
  tags: Tags,
): Promise<ObjectEntry> {
  checkKey(named.Key);
  return store.transaction(() => {
    const { id } = findBucket(store.entries, named.Bucket, account);
    const { tags: _, ...entry } = findObject(objects, id, named);
    objects.amend(id, named.Key, Object.keys(tags).length > 0 ? { ...entry, tags } : entry);
    return entry;
  });
}

const taggedVersion = ({ versionId }: ObjectEntry) =>
  versionId === undefined ? {} : { VersionId: versionId };
