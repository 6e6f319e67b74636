interface PageRequest {
  /** Most items of a page. */
  readonly limit: number;
  /** What the page before gave. */
  readonly token: string | undefined;
}

/** Up to `limit` of items that are in the order of their names, and the token for the rest if there is one. */
export function pageOf<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  { limit, token }: PageRequest,
): { readonly items: Item[]; readonly next: string | undefined } {
  const after = token === undefined ? undefined : Buffer.from(token, 'base64').toString('utf8');
  const rest = after === undefined ? items : items.filter((item) => nameOf(item) > after);
  const page = rest.slice(0, limit);
  const end = page.at(-1);
  const next =
    rest.length > limit && end !== undefined ? Buffer.from(nameOf(end)).toString('base64') : undefined;
  return { items: page, next };
}
