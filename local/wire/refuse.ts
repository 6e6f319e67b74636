import { AwsError } from './aws-error.js';

/**
 * Refuses a request that asks for what local AWS does not do, by the name of the member that asks for it: an answer as
 * though it had been done would be wrong in silence.
 * @throws AwsError `NotImplemented` for the first of `members` that is given.
 */
export function refuse<Input extends object>(
  input: Input,
  ...members: readonly (keyof Input & string)[]
): void {
  for (const member of members) {
    const value = input[member];
    if (value === undefined || value === null || value === false) continue;
    throw new AwsError('NotImplemented', `Local AWS does not implement ${member}.`, 501);
  }
}
