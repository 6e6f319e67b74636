import { SqlFault } from './sql-fault.js';

/** The text of `U&'\\0041\\+01F600'` or `U&'!0041' UESCAPE '!'`. */
export function unicodeText(literal: string, at: number): string {
  const [, text = '', sign = '\\'] =
    /^..'((?:[^']|'')*)'(?:\s*uescape\s*'((?:[^']|'')*)')?$/i.exec(literal) ?? [];
  if (!/^[^0-9a-fA-F+'"\s]$/u.test(sign))
    throw new SqlFault('SYNTAX_ERROR', 'Invalid Unicode escape character', at);
  const quoted = sign.replace(/[^A-Za-z]/u, '\\$&');
  const escapes = new RegExp(`${quoted}(?:(${quoted})|\\+([0-9a-fA-F]{6})|([0-9a-fA-F]{4})|)`, 'g');
  return text.replaceAll("''", "'").replace(escapes, (_, again, long, short) => {
    const code = Number.parseInt(long ?? short ?? 'x', 16);
    if (again) return again;
    if (code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) return String.fromCodePoint(code);
    throw new SqlFault('SYNTAX_ERROR', 'Invalid Unicode escape', at);
  });
}
