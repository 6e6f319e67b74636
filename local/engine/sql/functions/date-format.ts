import { quoteText } from '../../sql-type.js';
import { hasPlainYear } from '../moment-text.js';
import { bound } from '../nested-values.js';
import { localTime } from '../time-zones.js';
import type { CallSite } from './call-site.js';

/** MySQL's letters for which DuckDB has a letter of its own, which is many times as fast as a native. */
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

/** date_format with a literal of such letters. */
export function formattedDate(call: CallSite) {
  const value = call.value(0);
  if (!value?.type.name.startsWith('timestamp') || call.args.length !== 2 || !call.hasLiteral(1))
    return undefined;
  const pattern = call.literal(1);
  const letters = [...pattern.matchAll(/%(.?)/gs)].map(([, letter = '']) => letter);
  if (pattern === '' || /\p{Cc}/u.test(pattern) || !letters.every((letter) => Object.hasOwn(LETTERS, letter)))
    return undefined;
  const written = pattern.replace(/%(.)/gs, (_, letter: string) => LETTERS[letter] ?? '');
  const sql = bound(localTime(value), (time) => {
    const own = `trino_date_format(epoch_ms(${time}), ${quoteText(pattern)})`;
    return `CASE WHEN ${hasPlainYear(time)} THEN strftime(${time}, ${quoteText(written)}) ELSE ${own} END`;
  });
  return { sql, type: { name: 'varchar' } as const };
}
