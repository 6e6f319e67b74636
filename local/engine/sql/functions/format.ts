import { quoteText, type SqlType, typeText } from '../../sql-type.js';
import { cast } from '../casts.js';
import { isFloat, isInteger, type Typed } from '../coercion.js';
import { textLiteral } from '../literals.js';
import { boundAll } from '../nested-values.js';
import { textOf } from '../result-text.js';
import { notSupported, SqlFault } from '../sql-fault.js';
import { isTime } from '../times.js';
import type { CallSite } from './call-site.js';

const VARCHAR: SqlType = { name: 'varchar' };

/** What Java's LocalDateTime.toString() writes, as format() does: seconds only where there are some. */
export const LOCAL_TEXT_MACRO = `CREATE MACRO trino_local_text(t) AS
  regexp_replace(trino_timestamp_text(t, 'T'), '(:00)?[.]000$', '')`;

/** Java's format with a literal pattern. @throws SqlFault for what Java's Formatter refuses, and what is not here. */
export function format(call: CallSite): Typed {
  const first = call.value(0);
  if (!first || call.args.length < 2) throw call.unexpected();
  if (first.type.name !== 'varchar') {
    const message = `Type of first argument to format() must be VARCHAR (actual: ${typeText(first.type)})`;
    throw new SqlFault('TYPE_MISMATCH', message, call.at);
  }
  const pattern = call.literal(0);
  const given = call.args.slice(1).map((_, i) => call.value(i + 1));
  const sql = boundAll(
    given.map((value) => value?.sql ?? 'NULL'),
    (names) => {
      const values = given.map((value, i) => value && { ...value, sql: names[i] ?? '' });
      return `(${piecesOf(pattern, values, call.at).join(' || ')})`;
    },
  );
  return { sql, type: VARCHAR };
}

/** What stands in the text one behind the other. */
function piecesOf(pattern: string, values: readonly (Typed | undefined)[], place: number): string[] {
  const invalid = () => new SqlFault('INVALID_FUNCTION_ARGUMENT', `Invalid format string: ${pattern}`, place);
  const pieces: string[] = [];
  let [next, last, at] = [1, 0, 0];
  for (const match of pattern.matchAll(ITEM)) {
    const [written, position, flags = '', width = '', precision = '', letter = ''] = match;
    pieces.push(textLiteral(pattern.slice(at, match.index)));
    at = match.index + written.length;
    const item = { written, flags, width, precision, letter };
    if (!isRight(item)) throw invalid();
    if (letter === 'n') pieces.push('chr(10)');
    else if (letter === '%') pieces.push(itemSql(item, "'%'"));
    else {
      last = position === '<' ? last : position ? Number.parseInt(position, 10) : next++;
      const value = last > 0 ? values[last - 1] : undefined;
      if (!value) throw invalid();
      const text = shown(value, item, place);
      if (text === undefined) throw invalid();
      pieces.push(itemSql(item, text));
    }
  }
  if (pattern.replace(ITEM, '').includes('%')) throw invalid();
  return [...pieces, textLiteral(pattern.slice(at))];
}

const ITEM = /%(\d+\$|<)?([-#+ 0,(]*)(\d*)(?:\.(\d+))?([a-su-zA-SU-Z%]|[tT][a-zA-Z])/g;

interface Item {
  readonly written: string;
  readonly flags: string;
  readonly width: string;
  readonly precision: string;
  readonly letter: string;
}

/** Whether Java takes such flags, width and precision together. */
function isRight({ flags, width, precision, letter }: Item): boolean {
  const kind = letter.toLowerCase().slice(0, 1);
  if (new Set(flags).size < flags.length) return false;
  if (/[-0]/.test(flags) && width === '') return false;
  if (/-.*0|0.*-|\+.* | .*\+/.test(flags)) return false;
  if (kind === 'n') return flags === '' && width === '' && precision === '';
  if ('dxot%'.includes(kind) && precision !== '') return false;
  const allowed = FLAGS[kind];
  return allowed === undefined || [...flags].every((flag) => allowed.includes(flag));
}

const FLAGS: Readonly<Record<string, string>> = {
  s: '-#',
  b: '-',
  t: '-',
  '%': '-',
  d: '-+ 0,(',
  x: '-#0',
  o: '-#0',
  e: '-+ 0(#',
  f: '-+ 0,(#',
};

function itemSql({ flags, width, precision, letter }: Item, text: string): string {
  const conversion = /^[t%]/.test(letter) ? 's' : letter.startsWith('T') ? 'S' : letter;
  return `trino_format_item(${text}, ${[conversion, flags, width, precision].map(quoteText).join(', ')})`;
}

/** What is to be padded and rounded; nothing where Java takes no such value. */
function shown(value: Typed, { written, flags, letter }: Item, at: number): string | undefined {
  const { type, sql } = value;
  const kind = letter.toLowerCase().slice(0, 1);
  if (['array', 'map', 'row', 'varbinary'].includes(type.name))
    throw new SqlFault('NOT_SUPPORTED', `Type not supported for formatting: ${typeText(type)}`, at);
  const isHere = kind === 't' ? DATE_PARTS[letter.slice(1)] !== undefined : 'sbdxofe'.includes(kind);
  if (!isHere && 'hgact'.includes(kind)) throw notSupported(`format with ${written}`, at);
  if (!isHere) return undefined;
  if (type.name === 'timestamp with time zone' || ('sfe'.includes(kind) && flags.includes('#')))
    throw notSupported(`format with ${written}`, at);
  if (kind === 'b')
    return type.name === 'boolean'
      ? `coalesce(CAST(${sql} AS VARCHAR), 'false')`
      : `CASE WHEN ${sql} IS NULL THEN 'false' ELSE 'true' END`;
  if (type.name === 'unknown') return "'null'";
  if (kind === 't') return dateSql(value, letter.slice(1), written, at);
  if ('dxo'.includes(kind) && !isInteger(type)) return undefined;
  if ('fe'.includes(kind) && !isFloat(type) && type.name !== 'decimal') return undefined;
  return `coalesce(${plainText(value, at)}, 'null')`;
}

function plainText(value: Typed, at: number): string {
  if (isFloat(value.type) || value.type.name === 'json') return textOf(value);
  if (value.type.name === 'timestamp') return `trino_local_text(${value.sql})`;
  if (isTime(value.type)) return `regexp_replace(trino_time_text(${value.sql}), '(:00)?[.]000$', '')`;
  if (value.type.name === 'date') return `trino_date_text(${value.sql}, '+')`;
  return cast(value, VARCHAR, false, at).sql;
}

function dateSql({ sql, type }: Typed, part: string, written: string, at: number): string | undefined {
  if (isTime(type)) throw notSupported(`format with ${written}`, at);
  if (type.name !== 'date' && type.name !== 'timestamp') return undefined;
  if (type.name === 'date' && /[HIklMSLpRTr]/.test(part)) throw notSupported(`format with ${written}`, at);
  const text = `strftime(${sql}, '${DATE_PARTS[part]}')`;
  return `coalesce(${part === 'p' ? `lower(${text})` : text}, 'null')`;
}

/** Java's letters for parts of a moment as strftime's. */
const DATE_PARTS: Readonly<Record<string, string>> = {
  Y: '%Y',
  y: '%y',
  m: '%m',
  d: '%d',
  e: '%-d',
  j: '%j',
  A: '%A',
  a: '%a',
  B: '%B',
  b: '%b',
  h: '%b',
  H: '%H',
  k: '%-H',
  I: '%I',
  l: '%-I',
  M: '%M',
  S: '%S',
  L: '%g',
  p: '%p',
  F: '%Y-%m-%d',
  D: '%m/%d/%y',
  R: '%H:%M',
  T: '%H:%M:%S',
  r: '%I:%M:%S %p',
};
