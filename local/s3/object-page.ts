import { AwsError } from '../wire/aws-error.js';
import { behind } from './key-order.js';
import type { ListedObject } from './object-entry.js';
import type { ObjectTable } from './object-table.js';

export interface ObjectPageRequest {
  readonly prefix: string;
  readonly delimiter: string;
  /** The bytes of a key from which on objects are listed. */
  readonly start: Buffer;
  /** Objects and common prefixes together. */
  readonly limit: number;
}

/** A page of a bucket's objects, and of the folders that others are in. */
export interface ObjectPage {
  readonly objects: readonly ListedObject[];
  readonly prefixes: readonly string[];
  /** The last that is listed, an object's key or a folder; undefined on the last page. */
  readonly last: string | undefined;
  /** Where the next page starts. */
  readonly next: Buffer | undefined;
}

export function objectPage(
  table: ObjectTable,
  bucketId: number,
  { prefix, delimiter, start, limit }: ObjectPageRequest,
): ObjectPage {
  const objects: ListedObject[] = [];
  const prefixes: string[] = [];
  let last: string | undefined;
  let from: Buffer | undefined = start;
  while (from) {
    const run = table.list(bucketId, prefix, from);
    from = undefined;
    for (const object of run) {
      if (objects.length + prefixes.length >= limit) {
        const hasMore = limit > 0;
        return {
          objects,
          prefixes,
          last: hasMore ? last : undefined,
          next: hasMore ? Buffer.from(object.key) : undefined,
        };
      }
      const common = commonPrefix(object.key, prefix, delimiter);
      last = common ?? object.key;
      if (common === undefined) {
        objects.push(object);
        continue;
      }
      // All that the folder holds counts as one: go on behind it rather than through it.
      prefixes.push(common);
      from = behind(Buffer.from(common));
      break;
    }
  }
  return { objects, prefixes, last: undefined, next: undefined };
}

/** What a key is listed under with a delimiter; undefined for one that is listed itself. */
export function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  const end = delimiter && key.startsWith(prefix) ? key.indexOf(delimiter, prefix.length) : -1;
  return end === -1 ? undefined : key.slice(0, end + delimiter.length);
}

/** What a page of any list has at the most. */
const MAX_KEYS = 1000;

/**
 * How much a page may hold of what it is asked for.
 * @throws AwsError `InvalidArgument` for a number that is none.
 */
export function pageLimit(wanted: number | undefined, argument = 'maxKeys'): number {
  if (wanted === undefined) return MAX_KEYS;
  if (Number.isInteger(wanted) && wanted >= 0 && wanted < 2 ** 31) return Math.min(wanted, MAX_KEYS);
  throw new AwsError('InvalidArgument', `Argument ${argument} must be an integer between 0 and 2147483647`);
}
