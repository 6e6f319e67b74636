import { AwsError } from '../wire/aws-error.js';

export type Attributes = Readonly<Record<string, string>>;

/**
 * `before` with the attributes of `changes`; one that is set to nothing is gone, as is a policy of no rules.
 * @throws AwsError for a name that is not in `known`.
 */
export function withAttributes(
  before: Attributes,
  changes: Attributes,
  known: readonly string[],
): Attributes {
  const unknown = Object.keys(changes).find((name) => !known.includes(name));
  if (unknown !== undefined) throw invalidParameter(`AttributeName: ${unknown}`);
  const isGone = (value: string) => value === '' || value === '{}';
  return Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => !isGone(value)));
}

export const invalidParameter = (reason: string) =>
  new AwsError('InvalidParameter', `Invalid parameter: ${reason}`);
