import { AwsError, serializationError } from '../wire/aws-error.js';

/** What Kinesis says of a value that breaks one of its rules, in its words. */
export function constraintError(value: unknown, member: string, constraint: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  );
}

/** @throws AwsError where `value` is given and is no whole number within the range. */
export function checkRange(value: number | undefined, member: string, from: number, to: number): void {
  if (value === undefined) return;
  if (!Number.isInteger(value)) throw serializationError(`${member} is not an integer.`);
  if (value < from) throw constraintError(value, member, `have value greater than or equal to ${from}`);
  if (value > to) throw constraintError(value, member, `have value less than or equal to ${to}`);
}

/** @throws AwsError where a text is not from `from` to `to` characters long. */
export function checkLength(value: string, member: string, from: number, to: number): void {
  if (value.length < from)
    throw constraintError(value, member, `have length greater than or equal to ${from}`);
  if (hasMore(value, to)) throw constraintError(value, member, `have length less than or equal to ${to}`);
}

/** Whether a text has more characters, which are Unicode's: one may be two units of a string. */
const hasMore = (text: string, characters: number) =>
  text.length > characters && (text.length > 2 * characters || [...text].length > characters);

/** @throws AwsError for a name that no stream can have. */
export function checkStreamName(name: string, member = 'streamName'): void {
  checkLength(name, member, 1, 128);
  if (!/^[a-zA-Z0-9_.-]+$/.test(name)) {
    throw constraintError(name, member, 'satisfy regular expression pattern: [a-zA-Z0-9_.-]+');
  }
}

/** Of some times, those within the 24 hours before `now`; all in milliseconds since 1970. */
export const lastDay = (times: readonly number[], now: number) =>
  times.filter((time) => time > now - 24 * 3_600_000);
