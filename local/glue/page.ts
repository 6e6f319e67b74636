import type { Entries, EntryKey } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import { LONGEST_NAME } from './catalog.js';

const PAGE = 100;

interface PageRequest<T> {
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly nameOf: (item: T) => string;
  readonly isWanted?: (item: T) => boolean;
}

/** Up to `MaxResults` of the entries under `prefix`, by name, and the token for the rest if there is one. */
export function pageOf<T>(entries: Entries, prefix: EntryKey, request: PageRequest<T>) {
  const { MaxResults: limit = PAGE, NextToken: token, nameOf, isWanted = () => true } = request;
  if (limit < 1) {
    throw new AwsError('InvalidInputException', `MaxResults must be 1 or more, and not ${limit}.`);
  }
  const last = lastOf(token);
  const after = last === undefined ? undefined : [...prefix, last];
  const items: T[] = [];
  let hasMore = false;
  for (const item of entries.list<T>(prefix, after)) {
    if (!isWanted(item)) continue;
    hasMore = items.length >= limit;
    if (hasMore) break;
    items.push(item);
  }
  const end = items.at(-1);
  const NextToken = hasMore && end !== undefined ? Buffer.from(nameOf(end)).toString('base64') : undefined;
  return { items, token: NextToken === undefined ? {} : { NextToken } };
}

/** The name that a page ended with. An empty token is none: scripts begin their loops with it. */
function lastOf(token = ''): string | undefined {
  if (token === '') return undefined;
  const last = Buffer.from(token, 'base64').toString('utf8');
  if (last.length <= LONGEST_NAME && Buffer.from(last).toString('base64') === token) return last;
  throw new AwsError('InvalidInputException', 'The NextToken is not valid.');
}
