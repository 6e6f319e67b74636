import { AwsError } from '../wire/aws-error.js';

/** Parts of an object are numbered from 1. */
const MAX_PARTS = 10_000;

/** @throws AwsError `InvalidArgument` for what can be the number of no part. */
export function checkPartNumber(number: number): void {
  if (Number.isInteger(number) && number >= 1 && number <= MAX_PARTS) return;
  throw new AwsError(
    'InvalidArgument',
    `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`,
  );
}
