import { QueryCancelledError } from '../error/query-cancelled-error.js';
import { QueryFailedError } from '../error/query-failed-error.js';
import { type ObjectLocation, type ObjectStore, parseLocation } from '../object-store.js';
import { objectBytes } from '../result/object-bytes.js';
import { MovementFailedError } from './movement-error.js';

/**
 * The objects that a query has written, as `s3://…`: Athena lists them in a manifest, those of a query that failed too.
 * @see https://docs.aws.amazon.com/athena/latest/ug/querying-finding-output-files.html
 */
export async function writtenObjects(
  store: ObjectStore,
  manifest: string | undefined,
): Promise<readonly string[]> {
  const location = parseLocation(manifest);
  if (!location) return [];
  const parts: Uint8Array[] = [];
  for await (const bytes of objectBytes(store, location)) parts.push(bytes);
  return Buffer.concat(parts)
    .toString('utf8')
    .split('\n')
    .map((line) => line.trim().replace(/^"(.*)"$/, '$1'))
    .filter((line) => parseLocation(line) !== undefined);
}

/**
 * Removes what a failed movement has written: what Athena's manifest of the query names, and nothing else. What lies in
 * a place that was empty before is told, since others may have put it there.
 *
 * @param place where it was to write; undefined where Athena chose that.
 * @returns the error to be thrown.
 */
export async function cleanUp(
  store: ObjectStore,
  movement: string,
  error: unknown,
  place: ObjectLocation | undefined,
): Promise<unknown> {
  if (!(error instanceof QueryFailedError) && !(error instanceof QueryCancelledError)) return error;
  const isInPlace = (written: ObjectLocation) =>
    !place || (written.bucket === place.bucket && written.key.startsWith(place.key));
  const removed: string[] = [];
  const left: string[] = [];
  const written = await writtenObjects(store, error.manifest).catch(() => []);
  for (const text of written) {
    const object = parseLocation(text);
    if (!object || !isInPlace(object)) continue;
    await store.remove(object).then(
      () => removed.push(text),
      () => left.push(text),
    );
  }
  if (place) {
    const found = await store.list(place).catch(() => []);
    for (const key of found) {
      const text = `s3://${place.bucket}/${key}`;
      if (!removed.includes(text) && !left.includes(text)) left.push(text);
    }
  }
  return new MovementFailedError(movement, removed, left, { cause: error });
}
