/**
 * The Hive column types that a dataset may use: what Glue stores, what Firehose's Parquet conversion writes and what
 * Athena reads are all named by these words.
 * @see https://docs.aws.amazon.com/athena/latest/ug/data-types.html
 */
export type HiveType = HivePrimitive | HiveDecimal | `array<${HivePrimitive | HiveDecimal}>`;

export type HivePrimitive =
  | 'string'
  | 'boolean'
  | 'tinyint'
  | 'smallint'
  | 'int'
  | 'bigint'
  | 'float'
  | 'double'
  | 'date'
  | 'timestamp';

export type HiveDecimal = `decimal(${number},${number})`;

/**
 * The TypeScript type of a JSON value that Firehose's OpenX JSON SerDe puts into a column of type `T`. A `timestamp`
 * is UTC ISO 8601 with milliseconds and `Z` (what `Date.prototype.toISOString` gives), a `date` is `yyyy-MM-dd`, a
 * `decimal` is its text, so that no digit is lost on the way.
 */
export type JsonValueOf<T extends HiveType> =
  T extends `array<${infer Item extends HivePrimitive | HiveDecimal}>`
    ? readonly JsonValueOf<Item>[]
    : T extends 'boolean'
      ? boolean
      : T extends 'tinyint' | 'smallint' | 'int' | 'bigint' | 'float' | 'double'
        ? number
        : string;

const PRIMITIVES: ReadonlySet<string> = new Set<HivePrimitive>([
  'string',
  'boolean',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'float',
  'double',
  'date',
  'timestamp',
]);

/** Largest precision that Hive and Trino give a decimal. */
const MAX_DECIMAL_PRECISION = 38;

/** Whether `text` names a type that Glue, Firehose's conversion and Athena all take. */
export function isHiveType(text: string): text is HiveType {
  const item = /^array<(.+)>$/.exec(text)?.[1] ?? text;
  if (PRIMITIVES.has(item)) return true;
  const decimal = /^decimal\((\d{1,2}),(\d{1,2})\)$/.exec(item);
  if (!decimal) return false;
  const [precision, scale] = [Number(decimal[1]), Number(decimal[2])];
  return precision >= 1 && precision <= MAX_DECIMAL_PRECISION && scale <= precision;
}
