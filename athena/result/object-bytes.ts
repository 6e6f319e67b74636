import type { ObjectLocation, ObjectPart, ObjectStore } from '../object-store.js';

/** Bytes that are asked for at once. */
const PART = 4 * 1_024 * 1_024;
/** Parts on their way while one is read: what is held is at most one more than these. */
const AHEAD = 3;
/** How often a part whose connection broke off is asked for. */
const ATTEMPTS = 3;

/**
 * The bytes of an object in order, part by part, a few parts ahead of the reader.
 * @throws the store's error; where the object is replaced meanwhile, that it is not the same any more.
 */
export async function* objectBytes(
  store: ObjectStore,
  location: ObjectLocation,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const first = await readPart(store, location, { start: 0, end: PART }, signal);
  const { size, etag } = first;
  const coming: Promise<ObjectPart>[] = [];
  let next = first.bytes.byteLength;
  const askAhead = () => {
    while (coming.length < AHEAD && next < size) {
      const part = readPart(store, location, { start: next, end: Math.min(size, next + PART), etag }, signal);
      // Where the reader leaves before it is needed, nobody awaits it.
      part.catch(() => {});
      coming.push(part);
      next += PART;
    }
  };
  askAhead();
  yield first.bytes;
  for (let part = coming.shift(); part; part = coming.shift()) {
    const { bytes } = await part;
    askAhead();
    yield bytes;
  }
}

/** The SDK tries a request again that got no answer; an answer that breaks off in its body is tried again here. */
async function readPart(
  store: ObjectStore,
  location: ObjectLocation,
  range: { readonly start: number; readonly end: number; readonly etag?: string | undefined },
  signal: AbortSignal | undefined,
): Promise<ObjectPart> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      const part = await store.read(location, range, signal);
      const expected = Math.min(range.end, part.size) - range.start;
      if (part.bytes.byteLength === expected) return part;
      if (attempt === ATTEMPTS)
        throw new Error(`S3 gave ${part.bytes.byteLength} bytes of ${location.key} instead of ${expected}.`);
    } catch (error) {
      if (attempt === ATTEMPTS || signal?.aborted || !brokeOff(error)) throw error;
    }
  }
}

/** Errors of a connection, which is to say none that S3 itself has answered. */
function brokeOff(error: unknown): boolean {
  return error instanceof Error && !('$metadata' in error && hasStatus(error.$metadata));
}

function hasStatus(metadata: unknown): boolean {
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata;
}
