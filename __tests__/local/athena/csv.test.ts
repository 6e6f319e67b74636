import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCsv } from '../../../local/athena/csv.js';

const write = (rows: readonly (readonly (string | null)[])[]) =>
  rows
    .map((row) => row.map((value) => (value === null ? '' : `"${value.replaceAll('"', '""')}"`)).join(','))
    .map((line) => `${line}\n`)
    .join('');

/** A row of one column that is NULL is an empty line, which is a row all the same. */
const rows = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.array(
    fc.array(fc.option(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'é', '𝄞') })), {
      minLength: width,
      maxLength: width,
    }),
    { maxLength: 20 },
  ),
);

function inPieces(bytes: Buffer, size: number): Readable {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return Readable.from(pieces);
}

it('a result file is read back value by value, however it is cut, NULL apart from the empty text', async () => {
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 7 }), async (written, size) => {
      const read = [];
      for await (const { row } of readCsv(inPieces(Buffer.from(write(written)), size))) read.push(row);
      expect(read).toEqual(written);
    }),
  );
});

it('reading goes on from the offset behind any row', async () => {
  await fc.assert(
    fc.asyncProperty(
      rows.filter((all) => all.length > 1),
      async (written) => {
        const bytes = Buffer.from(write(written));
        for await (const { next } of readCsv(inPieces(bytes, 5))) {
          const rest = [];
          for await (const { row } of readCsv(inPieces(bytes.subarray(next), 5))) rest.push(row);
          expect(rest).toEqual(written.slice(written.length - rest.length));
          if (next === bytes.length) expect(rest).toEqual([]);
        }
      },
    ),
    { numRuns: 30 },
  );
});
