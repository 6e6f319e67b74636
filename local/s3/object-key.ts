import { AwsError } from '../wire/aws-error.js';

/** Longest key, in bytes of UTF-8. */
export const MAX_KEY_BYTES = 1024;

/** @throws AwsError for a key that S3 does not take. */
export function checkKey(key: string): void {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new AwsError('KeyTooLongError', 'Your key is too long');
}
