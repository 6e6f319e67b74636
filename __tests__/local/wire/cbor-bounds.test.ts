import { cbor, tag } from '@smithy/core/cbor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBoundedCbor } from '../../../local/wire/cbor-bounds.js';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('a CBOR item', () => {
  const anything = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'binary' }),
      fc.uint8Array({ maxLength: 300 }),
      fc.double(),
      fc.maxSafeInteger(),
      fc.constantFrom(true, false, null),
      fc.nat().map((value) => tag({ tag: 1, value })),
      fc.array(tie('value'), { maxLength: 30 }),
      fc.dictionary(fc.string({ minLength: 1 }), tie('value'), { maxKeys: 30, noNullPrototype: true }),
    ),
  })).value;

  it('is bounded where it is what the encoder writes, and not when it is cut', () => {
    fc.assert(
      fc.property(anything, fc.nat(), (value, cut) => {
        const body = Buffer.from(cbor.serialize(value));
        expect(isBoundedCbor(body)).toBe(true);
        expect(isBoundedCbor(body.subarray(0, cut % body.length))).toBe(false);
      }),
    );
  });

  it.each([
    ['a list that says how long it is', '82 01 02'],
    ['a list that does not', '9f 01 02 ff'],
    ['a map that does not', 'bf 61 61 01 ff'],
    ['a text in pieces', '7f 61 61 61 62 ff'],
    ['an empty map', 'a0'],
    ['a number of eight bytes', '1b ff ff ff ff ff ff ff ff'],
  ])('may be %s', (_what, item) => {
    expect(isBoundedCbor(hex(item))).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a list of more than there is', '82 01'],
    ['a list of 2 to the power of 32', '9a ff ff ff ff 01'],
    ['a list of 2 to the power of 64', '9b ff ff ff ff ff ff ff ff 01'],
    ['a map of more than there is', 'a2 61 61 01'],
    ['a text of more than there is', '7a 7f ff ff ff 61'],
    ['a map whose key is a number, which the decoder takes for the length of a text', 'a1 18 20 01'],
    ['the same of a map that does not say how long it is', 'bf 01 01 ff'],
    ['a map with a key and no value', 'bf 61 61 ff'],
    ['a bignum', 'c2 42 01 01'],
    ['a decimal fraction of 256 MiB', 'c4 82 1a 0f ff ff ff 01'],
    ['two items', '01 02'],
    ['a list without an end', '9f 01'],
    ['a break on its own', 'ff'],
    ['a text in pieces of bytes', '7f 41 61 ff'],
    ['a kind that CBOR has not', '1c'],
    ['lists in one another to no end', '81'.repeat(10_000)],
    ['lists in one another, none of which says how long it is', '9f'.repeat(10_000)],
    ['tags of tags', `${'c1'.repeat(10_000)}01`],
  ])('may not be %s', (_what, item) => {
    expect(isBoundedCbor(hex(item))).toBe(false);
  });

  it('is decoded where it is bounded, or refused by the decoder, and never makes it write to the console', () => {
    const warned: unknown[] = [];
    const { warn } = console;
    console.warn = (...args) => warned.push(args);
    try {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
          const body = Buffer.from(bytes);
          if (!isBoundedCbor(body)) return;
          try {
            cbor.deserialize(body);
          } catch (error) {
            // A simple value that it does not know; never a size that it could not have.
            expect(String(error)).toMatch(/unexpected minor|BigInt/);
          }
        }),
        { numRuns: 5_000 },
      );
    } finally {
      console.warn = warn;
    }
    expect(warned).toEqual([]);
  });
});
