import type { Tags } from '../resources/tags.js';
import { AwsError } from '../wire/aws-error.js';

/** Of an object. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const LIMITS = { tags: 10, keyCharacters: 128, valueCharacters: 256 };

/**
 * An object's tags.
 * @throws AwsError for too many, too long, or two of one key.
 */
export function objectTags(pairs: readonly (readonly [key: string, value: string])[]): Tags {
  if (pairs.length > LIMITS.tags) {
    throw new AwsError('BadRequest', `Object tags cannot be greater than ${LIMITS.tags}`);
  }
  for (const [key, value] of pairs) {
    if (key === '' || [...key].length > LIMITS.keyCharacters)
      throw invalidTag('The TagKey you have provided is invalid');
    if ([...value].length > LIMITS.valueCharacters)
      throw invalidTag('The TagValue you have provided is invalid');
  }
  const tags = new Map(pairs);
  if (tags.size < pairs.length) throw invalidTag('Cannot provide multiple Tags with the same key');
  return Object.fromEntries(tags);
}

/** The tags of an `x-amz-tagging` header, which are written as a query is. */
export function taggingHeader(header: string | undefined): { readonly tags?: Tags } {
  const pairs = [...new URLSearchParams(header ?? '')];
  return pairs.length === 0 ? {} : { tags: objectTags(pairs) };
}

const invalidTag = (message: string) => new AwsError('InvalidTag', message);
