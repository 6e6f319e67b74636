import { AwsError } from '../wire/aws-error.js';

/** What Kinesis says of a value that breaks one of its rules, in its words. */
export function constraintError(value: unknown, member: string, constraint: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  );
}

/** @throws AwsError where `value` is given and is not within the range. */
export function checkRange(value: number | undefined, member: string, from: number, to: number): void {
  if (value === undefined) return;
  if (value < from) throw constraintError(value, member, `have value greater than or equal to ${from}`);
  if (value > to) throw constraintError(value, member, `have value less than or equal to ${to}`);
}

/** @throws AwsError where a text is not from `from` to `to` characters long. */
export function checkLength(value: string, member: string, from: number, to: number): void {
  if (value.length < from)
    throw constraintError(value, member, `have length greater than or equal to ${from}`);
  if (value.length > to) throw constraintError(value, member, `have length less than or equal to ${to}`);
}

/** Of some times, those within the 24 hours before `now`; all in milliseconds since 1970. */
export const lastDay = (times: readonly number[], now: number) =>
  times.filter((time) => time > now - 24 * 3_600_000);
