import { AwsError } from '../wire/aws-error.js';

/**
 * Collects what breaks the constraints of AWS's model, which come before every other rule and are told all at once:
 * the wire checks only types and what is required.
 */
export class Constraints {
  private readonly broken: string[] = [];

  /** @param path what the members stand in, such as `extendedS3DestinationConfiguration`. */
  constructor(private readonly path = '') {}

  /** The member's text must match. */
  pattern(member: string, value: string | undefined, pattern: RegExp, source = pattern.source): void {
    if (value !== undefined && !pattern.test(value))
      this.add(member, `satisfy regular expression pattern: ${source}`);
  }

  length(member: string, value: { readonly length: number } | undefined, from: number, to: number): void {
    if (value === undefined) return;
    if (value.length < from) this.add(member, `have length greater than or equal to ${from}`);
    if (value.length > to) this.add(member, `have length less than or equal to ${to}`);
  }

  range(member: string, value: number | undefined, from: number, to = Number.POSITIVE_INFINITY): void {
    if (value === undefined) return;
    if (!(value >= from)) this.add(member, `have value greater than or equal to ${from}`);
    if (value > to) this.add(member, `have value less than or equal to ${to}`);
  }

  /** The member must have one of the values, which are told in the order that they are given in. */
  oneOf(member: string, value: string | undefined, values: readonly string[]): void {
    if (value !== undefined && !values.includes(value))
      this.add(member, `satisfy enum value set: [${values.join(', ')}]`);
  }

  add(member: string, constraint: string, subject = 'Member'): void {
    const path = this.path === '' ? member : `${this.path}.${member}`;
    this.broken.push(`Value at '${path}' failed to satisfy constraint: ${subject} must ${constraint}`);
  }

  /** @throws AwsError `ValidationException` where any constraint was broken. */
  check(): void {
    const { length } = this.broken;
    if (length === 0) return;
    const count = `${length} validation error${length === 1 ? '' : 's'} detected`;
    throw new AwsError('ValidationException', `${count}: ${this.broken.join('; ')}`);
  }
}
