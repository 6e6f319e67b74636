import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { InvalidConstructError } from './invalid-construct-error.js';

/** A rule for a name: what it has to look like, and the same in words. */
interface NameRule {
  readonly pattern: RegExp;
  readonly allowed: string;
}

/** What AWS, and unquoted SQL, ask of names. Neither `terraform validate` nor `plan` holds all of it against a stack. */
export const NAME_RULES = {
  /** @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html */
  stream: {
    pattern: /^[a-zA-Z0-9_.-]{1,128}$/,
    allowed: '1 to 128 letters, digits, underscores, hyphens or dots',
  },
  /** @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html */
  deliveryStream: {
    pattern: /^[a-zA-Z0-9_.-]{1,64}$/,
    allowed: '1 to 64 letters, digits, underscores, hyphens or dots',
  },
  /**
   * Glue takes more; these need no quotes in SQL.
   * @see https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html
   */
  catalog: {
    pattern: /^[a-z][a-z0-9_]{0,254}$/,
    allowed: 'a lower-case letter, then up to 254 lower-case letters, digits or underscores',
  },
  /** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html */
  workgroup: {
    pattern: /^[a-zA-Z0-9._-]{1,128}$/,
    allowed: '1 to 128 letters, digits, underscores, hyphens or dots',
  },
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
  bucket: {
    pattern: /^(?=.{3,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    allowed: '3 to 63 lower-case letters, digits or hyphens, with a letter or a digit at both ends',
  },
  /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
  role: {
    pattern: /^[\w+=,.@-]{1,64}$/,
    allowed: '1 to 64 letters, digits or any of _ + = , . @ -',
  },
  /** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
  logGroup: {
    pattern: /^[.\-_/#A-Za-z0-9]{1,512}$/,
    allowed: '1 to 512 letters, digits or any of . - _ / #',
  },
  /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
  policy: {
    pattern: /^[\w+=,.@-]{1,128}$/,
    allowed: '1 to 128 letters, digits or any of _ + = , . @ -',
  },
  /** @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
  topic: {
    pattern: /^[\w-]{1,256}$/,
    allowed: '1 to 256 letters, digits, underscores or hyphens',
  },
  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html */
  dashboard: {
    pattern: /^[\w-]{1,255}$/,
    allowed: '1 to 255 letters, digits, underscores or hyphens',
  },
  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
  alarm: {
    pattern: /^[\x20-\x7e]{1,255}$/,
    allowed: '1 to 255 printable characters',
  },
  /** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateNamedQuery.html */
  namedQuery: {
    pattern: /^[^\s].{0,127}$/,
    allowed: '1 to 128 characters',
  },
} as const satisfies Record<string, NameRule>;

/**
 * Limits of numbers, in the unit of the property that they are for.
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html
 * @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html
 */
export const RANGES = {
  /** MiB; the lower end is that of a delivery stream that converts. */
  bufferMiB: [64, 128],
  /** Seconds. */
  bufferSeconds: [0, 900],
  /** Hours. */
  retentionHours: [24, 8_760],
  /** The upper end is the quota that AWS raises an account to on request. */
  shards: [1, 10_000],
  /** MB of 1,048,576 bytes. Terraform takes less than Athena does. */
  scanLimitMB: [10, 1_000_000_000],
} as const;

/**
 * Most characters of a text.
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateNamedQuery.html
 */
export const LENGTHS = { description: 1_024, sql: 262_144 } as const;

/**
 * Checks a construct's name; a reference that only Terraform can resolve passes.
 * @throws InvalidConstructError
 */
export function checkName(construct: Construct, rule: keyof typeof NAME_RULES, name: string): void {
  const { pattern, allowed } = NAME_RULES[rule];
  if (Token.isUnresolved(name) || pattern.test(name)) return;
  throw new InvalidConstructError(construct, 'name', name, allowed);
}

/**
 * Checks a number of a construct; a reference that only Terraform can resolve passes.
 * @throws InvalidConstructError
 */
export function checkRange(construct: Construct, property: keyof typeof RANGES, value: number): void {
  const [from, to] = RANGES[property];
  if (Token.isUnresolved(value) || (Number.isInteger(value) && value >= from && value <= to)) return;
  throw new InvalidConstructError(construct, property, value, `a whole number from ${from} to ${to}`);
}

/**
 * Checks a text of a construct; a reference that only Terraform can resolve passes.
 * @throws InvalidConstructError
 */
export function checkLength(construct: Construct, property: keyof typeof LENGTHS, value: string): void {
  const most = LENGTHS[property];
  if (Token.isUnresolved(value) || (value.length > 0 && value.length <= most)) return;
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  throw new InvalidConstructError(construct, property, shown, `1 to ${most} characters`);
}
