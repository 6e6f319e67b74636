import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** The bytes of an object, which may be compressed with gzip: no JSON begins as gzip does. */
export async function* unzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    let first: Uint8Array = new Uint8Array();
    while (first.length < GZIP.length) {
      const next = await iterator.next();
      if (next.done) break;
      first = Buffer.concat([first, next.value]);
    }
    const all = startingWith(first, iterator);
    if (!GZIP.every((byte, index) => first[index] === byte)) {
      yield* all;
      return;
    }
    const gunzip = createGunzip();
    // Trouble on either side ends the reading of the other with the same error.
    const piped = pipeline(all, gunzip).catch(() => {});
    yield* gunzip as AsyncIterable<Uint8Array>;
    await piped;
  } finally {
    await iterator.return?.();
  }
}

async function* startingWith(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** What every gzip file begins with. */
const GZIP = [0x1f, 0x8b];
