import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../athena/index.js';
import { ResultCsvReader } from '../../../athena/result/result-csv.js';

/** As Athena writes it. */
const csvOf = (rows: readonly (readonly Cell[])[]) =>
  rows
    .map(
      (row) => `${row.map((cell) => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',')}\n`,
    )
    .join('');

function read(chunks: Iterable<Uint8Array>): Cell[][] {
  const reader = new ResultCsvReader();
  const rows: Cell[][] = [];
  for (const chunk of chunks) rows.push(...reader.push(chunk));
  rows.push(...reader.end());
  return rows;
}

describe('a result object', () => {
  it('is read as it was written, wherever its bytes are cut', () => {
    const text = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', 'é', '日', '👩‍👩‍👧', ' ') });
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(fc.option(text), { minLength: width, maxLength: width }), { maxLength: 8 }),
      );
    const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
    fc.assert(
      fc.property(table, cuts, (rows, sizes) => {
        expect(read(cut(Buffer.from(csvOf(rows)), sizes))).toEqual(rows);
      }),
      { numRuns: 1_000 },
    );
  });

  it('may lack the last line feed', () => {
    expect(read([Buffer.from('"a",\n"b","c"')])).toEqual([
      ['a', null],
      ['b', 'c'],
    ]);
  });

  it('takes values without quotes as they stand', () => {
    expect(read([Buffer.from('a,,"c"\n1,2,\n')])).toEqual([
      ['a', null, 'c'],
      ['1', '2', null],
    ]);
  });

  it.each(['"a', '"a"\n"b""'])('that breaks off is told: %j', (text) => {
    expect(() => read([Buffer.from(text)])).toThrow('middle of a row');
  });

  it('that is no CSV of Athena is told', () => {
    expect(() => read([Buffer.from('"a"b"\n')])).toThrow('what Athena writes');
  });

  it('with a value of many megabytes is read in a time that grows with it, not with its square', () => {
    const value = 'x"y'.repeat(2_000_000);
    const bytes = Buffer.from(csvOf([['a'], [value], ['b']]));
    expect(read(cut(bytes, [16_384]))).toEqual([['a'], [value], ['b']]);
  });
});

function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  for (let from = 0, index = 0; from < bytes.byteLength; index++) {
    const size = sizes[index % sizes.length] ?? 1;
    yield bytes.subarray(from, from + size);
    from += size;
  }
}
