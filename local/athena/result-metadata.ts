import type { ResultColumn } from '../engine/engine.js';

/** What the object beside a result says. */
export interface ResultMetadata {
  readonly queryId: string;
  /** Of a statement that writes, as Trino calls it, such as `INSERT`. */
  readonly updateType?: string;
  readonly updateCount?: number;
  readonly columns: readonly ResultColumn[];
}

/**
 * The `.metadata` object beside a result: Protocol Buffers of a schema that AWS does not tell, with the fields that
 * clients know to read: 1 query, 2 update type, 3 update count, 4 columns; of a column 1 catalog, 4 name, 5 label,
 * 6 type, 7 precision, 8 scale, 9 nullable, 10 whether it is case-sensitive.
 * @see https://github.com/burtcorp/athena-jdbc (AthenaMetaDataParser)
 */
export function encodeMetadata({ queryId, updateType, updateCount, columns }: ResultMetadata): Buffer {
  return Buffer.concat([
    text(1, queryId),
    ...(updateType === undefined ? [] : [text(2, updateType)]),
    ...(updateCount === undefined ? [] : [number(3, updateCount)]),
    ...columns.map((column) => bytes(4, encodeColumn(column))),
  ]);
}

const NULLABLE = { NOT_NULL: 1, NULLABLE: 2, UNKNOWN: 3 } as const;

/** Types of which Athena tells no precision, no scale, or nothing of either. */
const WITHOUT_PRECISION = ['boolean', 'date', 'interval day to second', 'interval year to month'];
const BARE = ['array', 'map', 'row', 'json', 'string'];

function encodeColumn({ name, type, precision, scale, nullable, caseSensitive }: ResultColumn): Buffer {
  const isBare = BARE.includes(type);
  const hasPrecision = !isBare && !WITHOUT_PRECISION.includes(type);
  return Buffer.concat([
    text(1, 'hive'),
    text(4, name),
    text(5, name),
    text(6, type),
    ...(hasPrecision ? [number(7, precision)] : []),
    ...(hasPrecision || type === 'date' ? [number(8, scale)] : []),
    number(9, NULLABLE[nullable]),
    ...(isBare ? [] : [number(10, caseSensitive ? 1 : 0)]),
  ]);
}

const text = (field: number, value: string) => bytes(field, Buffer.from(value));

const bytes = (field: number, value: Buffer) =>
  Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);

const number = (field: number, value: number) => Buffer.concat([varint(field << 3), varint(value)]);

function varint(value: number): Buffer {
  const out: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) out.push((rest % 0x80) | 0x80);
  return Buffer.from([...out, rest]);
}
