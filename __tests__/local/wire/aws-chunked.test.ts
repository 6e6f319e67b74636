import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AwsChunkedDecoder } from '../../../local/wire/aws-chunked.js';

/** A body as it travels: whole, and cut into the pieces that arrive. */
interface Travelling {
  readonly body: Buffer;
  readonly chunkSizes: readonly number[];
  readonly isSigned: boolean;
  readonly trailers: Readonly<Record<string, string>>;
  readonly cuts: readonly number[];
}

const travelling: fc.Arbitrary<Travelling> = fc.record({
  body: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  chunkSizes: fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 5 }),
  isSigned: fc.boolean(),
  trailers: fc.dictionary(
    fc.stringMatching(/^x-amz-[a-z0-9-]{1,12}$/),
    fc.stringMatching(/^[A-Za-z0-9+/=:]{0,40}$/),
    { maxKeys: 3, noNullPrototype: true },
  ),
  cuts: fc.array(fc.nat(600), { maxLength: 12 }),
});

function encode({ body, chunkSizes, isSigned, trailers }: Travelling): Buffer {
  const signature = isSigned ? `;chunk-signature=${'0f'.repeat(32)}` : '';
  const parts: Buffer[] = [];
  for (let from = 0, index = 0; from < body.length; index++) {
    const chunk = body.subarray(from, from + (chunkSizes[index % chunkSizes.length] ?? 1));
    parts.push(Buffer.from(`${chunk.length.toString(16)}${signature}\r\n`), chunk, Buffer.from('\r\n'));
    from += chunk.length;
  }
  const lines = Object.entries(trailers).map(([name, value]) => `${name}:${value}\r\n`);
  parts.push(Buffer.from(`0${signature}\r\n${lines.join('')}\r\n`));
  return Buffer.concat(parts);
}

function cut(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.filter((at) => at < bytes.length).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((to, index) => bytes.subarray(places[index], to));
}

async function decode(pieces: readonly Buffer[]) {
  const decoder = new AwsChunkedDecoder();
  const body = await buffer(Readable.from(pieces, { objectMode: false }).pipe(decoder));
  return { body, trailers: decoder.trailers };
}

describe('the aws-chunked decoder', () => {
  it('gives any body and its trailers back, however they are chunked and cut', async () => {
    await fc.assert(
      fc.asyncProperty(travelling, async (sent) => {
        const { body, trailers } = await decode(cut(encode(sent), sent.cuts));
        expect(body.equals(sent.body)).toBe(true);
        expect(trailers).toEqual(sent.trailers);
      }),
    );
  });

  it('refuses a body that ends too early, wherever that is', async () => {
    await fc.assert(
      fc.asyncProperty(travelling, fc.double({ min: 0, max: 1, noNaN: true }), async (sent, part) => {
        const encoded = encode(sent);
        // From the last chunk's line on, all of the body is there.
        const whole = encode({ ...sent, trailers: {} }).length - '\r\n'.length;
        const truncated = encoded.subarray(0, Math.floor(part * (whole - 1)));
        await expect(decode(cut(truncated, sent.cuts))).rejects.toMatchObject({ code: 'IncompleteBody' });
      }),
    );
  });

  it('does without the empty line after the trailers', async () => {
    const { body, trailers } = await decode([Buffer.from('2\r\nhi\r\n0\r\nx-amz-checksum-crc32: AA==\r\n')]);
    expect(body.toString()).toBe('hi');
    expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'AA==' });
  });

  it('refuses a trailer that is cut', async () => {
    const cutTrailer = decode([Buffer.from('2\r\nhi\r\n0\r\nx-amz-checksum-crc32:A')]);
    await expect(cutTrailer).rejects.toMatchObject({ code: 'IncompleteBody' });
  });

  it.each([
    ['no size', '\r\nhi\r\n0\r\n\r\n'],
    ['a size that is no number', 'zz\r\nhi\r\n0\r\n\r\n'],
    ['a negative size', '-2\r\nhi\r\n0\r\n\r\n'],
    ['a size that is too large', '1234567890abc\r\nhi'],
    ['a chunk that is longer than it says', '1\r\nhi\r\n0\r\n\r\n'],
    ['a trailer without a name', '0\r\n:value\r\n\r\n'],
    ['a line without an end', '1'.repeat(5_000)],
  ])('refuses %s', async (_what, text) => {
    await expect(decode([Buffer.from(text)])).rejects.toMatchObject({ code: 'InvalidChunkSizeError' });
  });
});
