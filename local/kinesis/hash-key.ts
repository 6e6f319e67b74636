import { hash } from 'node:crypto';
import { AwsError } from '../wire/aws-error.js';
import { constraintError } from './validation.js';

/** The hash keys of a stream are the 128-bit numbers; each shard holds a range of them, both ends included. */
export const HASH_KEY_COUNT = 1n << 128n;

export interface HashKeyRange {
  readonly start: bigint;
  readonly end: bigint;
}

/** A hash key as 32 hexadecimal digits: such texts are in the order of their numbers, and compared at no cost. */
export type HashKeyText = string;

/** The hash key of a partition key: MD5 of its UTF-8, read as a big-endian number. */
export const hashKeyOf = (partitionKey: string): HashKeyText => hash('md5', partitionKey);

export const hashKeyText = (hashKey: bigint): HashKeyText => hashKey.toString(16).padStart(32, '0');

/** The ranges of `count` shards that divide all hash keys as evenly as AWS divides them. */
export function evenRanges(count: number): HashKeyRange[] {
  const width = HASH_KEY_COUNT / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({
    start: width * BigInt(index),
    end: index === count - 1 ? HASH_KEY_COUNT - 1n : width * BigInt(index + 1) - 1n,
  }));
}

/** @throws AwsError for a text that is no hash key. */
export function parseHashKey(text: string, member: string): bigint {
  if (!/^(0|[1-9]\d{0,38})$/.test(text)) {
    throw constraintError(text, member, 'satisfy regular expression pattern: 0|([1-9]\\d{0,38})');
  }
  const hashKey = BigInt(text);
  if (hashKey < HASH_KEY_COUNT) return hashKey;
  const name = member.charAt(0).toUpperCase() + member.slice(1);
  throw new AwsError(
    'InvalidArgumentException',
    `Invalid ${name}. ${name} must be in the range: [0, 2^128-1]. Specified value was ${text}`,
  );
}
