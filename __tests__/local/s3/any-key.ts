import fc from 'fast-check';

/** XML 1.0 has no way to write these, and so S3's answers and the requests that name several keys have none. */
const isXml = (text: string) => !/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(text);

const part = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    '..',
    '.',
    '/',
    '//',
    '=',
    'year=2026',
    '%',
    '%2F',
    '+',
    ' ',
    '&',
    '<',
    '\u{1f600}',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 6 }).filter(isXml),
  fc.nat(600).map((length) => 'x'.repeat(length)),
);

/** Keys that S3 takes: 1 to 1,024 bytes of UTF-8. */
export const anyKey = fc
  .array(part, { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(''))
  .filter((key) => key !== '' && Buffer.byteLength(key) <= 1024);
