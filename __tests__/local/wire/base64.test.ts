import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesOfBase64 } from '../../../local/wire/base64.js';

/** What padded base64 is, said plainly. */
const expected = (text: string) =>
  text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;

it('bytes come back from their base64', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 10_000 }), (bytes) => {
      expect(bytesOfBase64(Buffer.from(bytes).toString('base64'))).toEqual(Buffer.from(bytes));
    }),
  );
});

it('a text is base64 where its characters and its padding are, and else is nothing', () => {
  const character = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...'AQZaz09+/') },
    { weight: 2, arbitrary: fc.constant('=') },
    { weight: 1, arbitrary: fc.constantFrom(...'-_ \n\0é\u{141}\u{1F600}') },
  );
  fc.assert(
    fc.property(fc.array(character, { maxLength: 12 }), (characters) => {
      const text = characters.join('');
      expect(bytesOfBase64(text)).toEqual(expected(text));
    }),
    { numRuns: 2000 },
  );
});

// Node takes the first for `QUFB` and the second for `QUF-` in the alphabet of URLs.
it.each(['QUF\u{142}', 'QUF-', 'QR==QR==', 'QUFB\n'])('%j is none, though Node would decode it', (text) => {
  expect(Buffer.from(text, 'base64').length).toBeGreaterThan(0);
  expect(bytesOfBase64(text)).toBeUndefined();
});

it('a last digit with bits to spare is taken', () => {
  expect(bytesOfBase64('QR==')).toEqual(Buffer.from('A'));
});
