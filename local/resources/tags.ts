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
