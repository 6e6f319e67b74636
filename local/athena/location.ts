import { QueryFault } from '../engine/engine.js';

/** Bucket and prefix of `s3://bucket/prefix`, the prefix with its slash. */
export interface Location {
  readonly bucket: string;
  readonly prefix: string;
}

/** @throws QueryFault for a location that is none of S3. */
export function parseLocation(location: string | undefined, table: string): Location {
  const { bucket, key } = parseUri(location, table);
  return { bucket, prefix: key === '' || key.endsWith('/') ? key : `${key}/` };
}

/**
 * Bucket and key of the object at `s3://bucket/key`.
 * @throws QueryFault for a location that is none of S3.
 */
export function parseObject(uri: string): { readonly bucket: string; readonly key: string } {
  return parseUri(uri, uri);
}

function parseUri(uri: string | undefined, table: string) {
  const [, bucket, key = ''] = /^s3[an]?:\/\/([^/]+)\/?(.*)$/s.exec(uri ?? '') ?? [];
  if (bucket) return { bucket, key };
  throw new QueryFault('INVALID_TABLE_PROPERTY', `Table ${table} has the location "${uri ?? ''}".`);
}

/** What Hive has in a folder's name for a null. */
export const NULL_PARTITION = '__HIVE_DEFAULT_PARTITION__';

/** The folders of a partition, `year=2026/month=02`. Hive writes what a folder's name cannot hold as `%` and digits. */
export function partitionFolders(keys: readonly string[], values: readonly string[]): string {
  return keys.map((key, i) => `${key}=${escaped(values[i] ?? NULL_PARTITION)}`).join('/');
}

const escaped = (text: string) =>
  text.replace(/./gsu, (c) => (c < ' ' || ESCAPED.has(c) ? `%${hexOf(c)}` : c));

/** What Hive escapes besides control characters. */
const ESCAPED = new Set('"#%\'*/:=?\\\u007f{[]^');

const hexOf = (c: string) => c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');

/** The values that are spelt by folders such as `year=2026/month=02/` for these keys; undefined where they are not. */
export function partitionOfFolders(path: string, keys: readonly string[]): string[] | undefined {
  const folders = path.split('/').slice(0, keys.length);
  const values = folders.flatMap((folder, i) => {
    const [, key, value] = /^([^=]+)=(.+)$/.exec(folder) ?? [];
    return key?.toLowerCase() === keys[i]?.toLowerCase() && value !== undefined ? [decodeFolder(value)] : [];
  });
  return values.length === keys.length && folders.length === keys.length ? values : undefined;
}

export function decodeFolder(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
