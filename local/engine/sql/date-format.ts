import { notSupported } from './sql-fault.js';

/** MySQL's letters, which Trino's date_format and date_parse take, and what DuckDB writes for them. */
const LETTERS: Readonly<Record<string, string>> = {
  a: '%a',
  b: '%b',
  c: '%-m',
  d: '%d',
  e: '%-d',
  f: '%f',
  H: '%H',
  h: '%I',
  I: '%I',
  i: '%M',
  j: '%j',
  k: '%-H',
  l: '%-I',
  M: '%B',
  m: '%m',
  p: '%p',
  r: '%I:%M:%S %p',
  S: '%S',
  s: '%S',
  T: '%H:%M:%S',
  v: '%V',
  W: '%A',
  x: '%G',
  Y: '%Y',
  y: '%y',
  '%': '%%',
};

/** @throws SqlFault for a letter that Trino refuses too, or that means nothing. */
export function dateFormatPattern(format: string, at: number): string {
  return format.replace(/%(.?)/gs, (_, letter: string) => {
    const pattern = Object.hasOwn(LETTERS, letter) ? LETTERS[letter] : undefined;
    if (pattern === undefined) throw notSupported(`%${letter} in a date format`, at);
    return pattern;
  });
}
