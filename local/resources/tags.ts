/** Tags of a resource as the store keeps them: values by key. */
export type Tags = Readonly<Record<string, string>>;

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Tags from the list that most services send. */
export function tagsOf(list: readonly Tag[] = []): Tags {
  return Object.fromEntries(list.map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** The list that most services answer with. */
export function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export function withTags<Resource extends { readonly tags: Tags }>(resource: Resource, tags: Tags): Resource {
  return { ...resource, tags: { ...resource.tags, ...tags } };
}

export function withoutTags<Resource extends { readonly tags: Tags }>(
  resource: Resource,
  keys: readonly string[],
): Resource {
  const left = Object.entries(resource.tags).filter(([key]) => !keys.includes(key));
  return { ...resource, tags: Object.fromEntries(left) };
}

/** Tags that a resource of Athena or Glue may have. */
const MOST_TAGS = 50;

/** What is wrong with a resource's tags, in the words of Athena and Glue. */
export function wrongTags(tags: Tags): string | undefined {
  for (const [key, value] of Object.entries(tags)) {
    if (key.length >= 1 && key.length <= 128 && value.length <= 256) continue;
    return `The tag ${key} must have a key of 1 to 128 characters and a value of up to 256.`;
  }
  const count = Object.keys(tags).length;
  return count > MOST_TAGS ? `A resource can have ${MOST_TAGS} tags, and not ${count}.` : undefined;
}
