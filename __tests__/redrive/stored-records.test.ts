import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ObjectKind, storedRecords } from '../../redrive/stored-records.js';
import { unzipped } from '../../redrive/unzipped.js';

/** The bytes in pieces of a size. */
async function* inPieces(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function recordsIn(kind: ObjectKind, content: AsyncIterable<Uint8Array>) {
  const records = [];
  for await (const record of storedRecords(kind, content)) records.push(record);
  return records;
}

const ERROR = {
  attemptsMade: 1,
  arrivalTimestamp: 1_764_000_000_000,
  lastErrorCode: 'DataFormatConversion.ParseError',
  lastErrorMessage: 'Encountered malformed JSON. Unexpected end.',
  attemptEndingTimestamp: 1_764_000_001_000,
  rawData: Buffer.from('{"uuid": "1"').toString('base64'),
  sequenceNumber: '495',
};

describe('the records of an error object', () => {
  it('are what was sent, with why it failed', async () => {
    const lines = Buffer.from(`${JSON.stringify(ERROR)}\n${JSON.stringify({ ...ERROR, rawData: '' })}\n`);
    const [first, empty, ...others] = await recordsIn('errors', inPieces(lines));
    expect(Buffer.from(first?.data ?? []).toString()).toBe('{"uuid": "1"');
    expect(first).toMatchObject({
      number: 1,
      failure: {
        code: 'DataFormatConversion.ParseError',
        message: 'Encountered malformed JSON. Unexpected end.',
        arrivedAt: 1_764_000_000_000,
        sequenceNumber: '495',
      },
    });
    expect(empty).toMatchObject({ number: 2, parts: [] });
    expect(others).toEqual([]);
  });

  it.each(['hello', '[]', '{"rawData": "e30="}', '{"lastErrorCode": "x"}', `${JSON.stringify(ERROR)}{}`])(
    'have a code of their own where the line is %s',
    async (line) => {
      const [record] = await recordsIn('errors', inPieces(Buffer.from(line)));
      expect(record?.failure?.code).toBe('Unreadable');
      expect(Buffer.from(record?.data ?? []).toString()).toBe(line);
    },
  );
});

describe('the records of a backup', () => {
  it('are its events, whatever the pieces it comes in, compressed or not', async () => {
    const events = fc.array(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }));
    await fc.assert(
      fc.asyncProperty(events, fc.boolean(), fc.integer({ min: 1, max: 50 }), async (all, isGzip, size) => {
        const text = Buffer.from(all.map((event) => `${JSON.stringify(event)}\n`).join(''));
        const content = unzipped(inPieces(isGzip ? gzipSync(text) : text, size));
        const records = await recordsIn('source', content);
        expect(records.map(({ number }) => number)).toEqual(all.map((_, index) => index + 1));
        expect(records.map(({ parts }) => parts[0]?.event)).toEqual(JSON.parse(JSON.stringify(all)));
      }),
      { numRuns: 50 },
    );
  });

  it('are events with nothing between them, and lines that are none', async () => {
    const content = inPieces(Buffer.from('{"a":1}{"a":2}\n{"broken"\n{"a":3}'));
    const records = await recordsIn('source', content);
    expect(records.map(({ data }) => Buffer.from(data).toString())).toEqual([
      '{"a":1}',
      '{"a":2}',
      '{"broken"',
      '{"a":3}',
    ]);
  });
});

describe('an object', () => {
  it('that is compressed and cut off is an error, not an end', async () => {
    const whole = gzipSync(Buffer.from('{"a":1}\n'.repeat(10_000)));
    await expect(recordsIn('source', unzipped(inPieces(whole.subarray(0, -20))))).rejects.toThrow(
      /end of file/,
    );
  });

  it.each([true, false])('is let go of when nobody reads on (compressed: %s)', async (isGzip) => {
    let isClosed = false;
    async function* source() {
      try {
        const text = Buffer.from('{"a":1}\n'.repeat(100_000));
        yield* inPieces(isGzip ? gzipSync(text) : text);
      } finally {
        isClosed = true;
      }
    }
    for await (const _ of storedRecords('source', unzipped(source()))) break;
    expect(isClosed).toBe(true);
  });
});
