import { AwsError } from '../wire/aws-error.js';

/** IAM's errors, with its codes and statuses. */
export const noSuchEntity = (message: string) => new AwsError('NoSuchEntity', message, 404);

export const alreadyExists = (message: string) => new AwsError('EntityAlreadyExists', message, 409);

export const deleteConflict = (message: string) => new AwsError('DeleteConflict', message, 409);

export const limitExceeded = (message: string) => new AwsError('LimitExceeded', message, 409);

export const invalid = (message: string) => new AwsError('ValidationError', message);

export const malformedPolicy = () =>
  new AwsError('MalformedPolicyDocument', 'The policy is not in the valid JSON format.');
