import { type ObjectLocation, type ObjectStore, parseLocation } from '../object-store.js';
import { literal } from '../sql/literal.js';
import { type Sql, verbatim } from '../sql/sql.js';
import { MovementRefusedError } from './movement-error.js';

/**
 * A folder of S3 that is there to be written to.
 * @throws MovementRefusedError where it is no folder, in no bucket, or not empty.
 */
export async function emptyFolder(
  store: ObjectStore,
  movement: string,
  location: string,
): Promise<ObjectLocation> {
  const place = parseLocation(location);
  if (!place?.key.endsWith('/') || /[?#*]/.test(location))
    throw new MovementRefusedError(movement, `"${location}" must be a folder such as s3://bucket/folder/`);
  const [found] = await store.list(place).catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'NoSuchBucket') throw error;
    throw new MovementRefusedError(movement, `the bucket of ${location} does not exist`);
  });
  if (found !== undefined)
    throw new MovementRefusedError(movement, `${location} must be empty, and has ${found}`);
  return place;
}

/** `name = 'value', …` of the settings that have one, for WITH (…). Only literals stand there, no parameters. */
export function properties(settings: Readonly<Record<string, string | readonly string[] | undefined>>): Sql {
  const written = Object.entries(settings).flatMap(([name, value]) => {
    if (value === undefined || value.length === 0) return [];
    const text = typeof value === 'string' ? literal(value) : `ARRAY[${value.map(literal).join(', ')}]`;
    return [`${name} = ${text}`];
  });
  return verbatim(written.join(', '));
}

/** How files are written. */
export interface FileFormat {
  /** @default 'PARQUET' */
  readonly format?: 'PARQUET' | 'ORC' | 'AVRO' | 'JSON' | 'TEXTFILE';
  /** Such as `ZSTD`, `SNAPPY` or `GZIP`. @default - Athena's for the format */
  readonly compression?: string;
}
