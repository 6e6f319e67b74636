import { AwsError } from '../wire/aws-error.js';

/** A partition's value as its type orders it. */
export type Comparable = bigint | string;

/** The type of a partition key, as expressions over partitions know it. */
export interface PartitionType {
  readonly kind: 'Integral' | 'Decimal' | 'String' | 'Date' | 'Timestamp';
  /** Undefined for a text that is none of the type. */
  readonly read: (text: string) => Comparable | undefined;
  /** What is said of such a text. */
  readonly complaint: (text: string) => string;
}

/**
 * The type by its Hive name.
 * @throws AwsError `InvalidInputException` for one that expressions cannot be over.
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html
 */
export function partitionType(hiveType: string): PartitionType {
  const name = /^[a-z]*/.exec(hiveType.trim().toLowerCase())?.[0] ?? '';
  const type = TYPES[name];
  if (!type) throw new AwsError('InvalidInputException', `Unknown type : '${hiveType}'`);
  return type;
}

/** The value of a row whose column is null: Hive puts it into this partition. */
export const NULL_VALUE = '__HIVE_DEFAULT_PARTITION__';

const integral: PartitionType = {
  kind: 'Integral',
  read: (text) => (/^[+-]?\d{1,19}$/.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined),
  complaint: (text) => `"${text}" is not an integer.`,
};

/** Digits behind the point that a decimal has at the most. */
const MAX_SCALE = 38;

const decimal: PartitionType = {
  kind: 'Decimal',
  read: (text) => {
    const [, sign, whole = '', fraction = ''] = /^([+-]?)(\d{1,38})(?:\.(\d{0,38}))?$/.exec(text) ?? [];
    if (sign === undefined) return undefined;
    return BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction.padEnd(MAX_SCALE, '0')}`);
  },
  complaint: (text) => `${text} is not a decimal.`,
};

const string: PartitionType = { kind: 'String', read: (text) => text, complaint: () => '' };

const date: PartitionType = {
  kind: 'Date',
  read: (text) => (isDate(text) ? text : undefined),
  complaint: (text) => `${text} is not a date.`,
};

const timestamp: PartitionType = {
  kind: 'Timestamp',
  read: (text) => {
    const [, day = '', time = '', fraction = ''] =
      /^(\d{4}-\d\d-\d\d) ([01]\d:[0-5]\d:[0-5]\d|2[0-3]:[0-5]\d:[0-5]\d)(?:\.(\d{1,9}))?$/.exec(text) ?? [];
    return isDate(day) ? `${day} ${time}.${fraction.padEnd(9, '0')}` : undefined;
  },
  complaint: (text) => `Timestamp format must be yyyy-mm-dd hh:mm:ss[.fffffffff] ${text} is not a timestamp.`,
};

function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const TYPES: Readonly<Record<string, PartitionType>> = {
  tinyint: integral,
  smallint: integral,
  int: integral,
  integer: integral,
  bigint: integral,
  long: integral,
  decimal,
  string,
  char: string,
  varchar: string,
  date,
  timestamp,
};
