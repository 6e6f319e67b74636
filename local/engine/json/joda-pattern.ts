import { EngineFault } from '../engine.js';

/**
 * Reads times by a pattern of Joda-Time's DateTimeFormat, in UTC unless the text has an offset, as milliseconds since
 * 1970, which is as fine as Joda-Time is. What the pattern does not name is as at the beginning of 1970. Part is read
 * after part and never again, as Joda-Time does: `yyyyMMdd` does not read 202612.
 * @see https://www.joda.org/joda-time/apidocs/org/joda/time/format/DateTimeFormat.html
 * @throws EngineFault naming what of the pattern is not supported: texts that mean another time in another zone, year
 * or language, and what is rare.
 */
export function patternReader(pattern: string): (text: string) => number | undefined {
  const parts = partsOf(pattern);
  return (text) => {
    const fields: Fields = {};
    let at = 0;
    for (const { matches, take } of parts) {
      matches.lastIndex = at;
      const found = matches.exec(text)?.[0];
      if (found === undefined || !take(found, fields)) return undefined;
      at += found.length;
    }
    return at === text.length ? instantOf(fields) : undefined;
  };
}

interface Fields {
  year?: number;
  month?: number;
  day?: number;
  /** The day of the week, from Sunday, 0, on. */
  weekday?: number;
  hour?: number;
  /** 12 where the text says that it is after noon. */
  half?: number;
  minute?: number;
  second?: number;
  millisecond?: number;
  /** Minutes that the text's clock is ahead of UTC. */
  offset?: number;
}

function instantOf(fields: Fields): number | undefined {
  const { year = 1970, month = 1, day = 1, hour = 0, half = 0, minute = 0, second = 0 } = fields;
  const date = new Date(0);
  // Not Date.UTC, to which the year 26 is 1926.
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1) return undefined;
  if (fields.weekday !== undefined && date.getUTCDay() !== fields.weekday) return undefined;
  return date.setUTCHours(hour + half, minute - (fields.offset ?? 0), second, fields.millisecond ?? 0);
}

/** A part of a pattern: what it matches, and what it makes of that; false if it is out of its range. */
interface Part {
  readonly matches: RegExp;
  readonly take: (found: string, fields: Fields) => boolean;
}

/** Quoted text, a letter and its repetitions, or a character that stands for itself. */
const TOKENS = /'(?:[^']|'')*'|([a-zA-Z])\1*|[^a-zA-Z']/g;

function partsOf(pattern: string): Part[] {
  const tokens = pattern.match(TOKENS) ?? [];
  if (pattern === '' || tokens.join('') !== pattern) throw unsupported(pattern, 'it is no pattern');
  return tokens.map((token, i) => {
    if (token.startsWith("'"))
      return literal(token === "''" ? "'" : token.slice(1, -1).replaceAll("''", "'"));
    if (!/[a-zA-Z]/.test(token)) return literal(token);
    const part = partOf(token, tokens[i + 1] ?? '');
    if (!part) throw unsupported(pattern, `"${token}" in it is not known here`);
    return part;
  });
}

const unsupported = (pattern: string, why: string) =>
  new EngineFault(`The timestamp format "${pattern}" is not supported: ${why}`);

function partOf(token: string, following: string): Part | undefined {
  const { length } = token;
  switch (token[0]) {
    case 'y':
    case 'Y': {
      const isFollowedByDigits = /^(?:M{1,2}(?!M)|[dHhKkmsS])/.test(following);
      // Two letters are a year near today's, whenever that is.
      return length === 2 ? undefined : digits('year', isFollowedByDigits ? length : 9, 0, 9999);
    }
    case 'M':
      return length < 3 ? digits('month', 2, 1, 12) : names('month', MONTHS, 1);
    case 'd':
      return digits('day', 2, 1, 31);
    case 'E':
      return names('weekday', DAYS, 0);
    case 'H':
      return digits('hour', 2, 0, 23);
    case 'k':
      return digits('hour', 2, 1, 24, (hour) => hour % 24);
    case 'K':
      return digits('hour', 2, 0, 11);
    case 'h':
      return digits('hour', 2, 1, 12, (hour) => hour % 12);
    case 'a':
      return names('half', ['am', 'pm'], 0, 12);
    case 'm':
      return digits('minute', 2, 0, 59);
    case 's':
      return digits('second', 2, 0, 59);
    case 'S':
      return fraction(length);
    case 'Z':
      return length < 3 ? offset : undefined;
    default:
      return undefined;
  }
}

const literal = (text: string): Part => ({
  matches: new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'iy'),
  take: () => true,
});

function digits(
  field: keyof Fields,
  most: number,
  first: number,
  last: number,
  meaning = (value: number) => value,
): Part {
  return {
    matches: new RegExp(`\\d{1,${most}}`, 'y'),
    take: (found, fields) => {
      const value = Number(found);
      fields[field] = meaning(value);
      return value >= first && value <= last;
    },
  };
}

/** Names, whole or their first three letters; what they mean counts from `first` on, by steps. */
function names(field: keyof Fields, all: readonly string[], first: number, step = 1): Part {
  return {
    matches: new RegExp(all.map((name) => `${name}|${name.slice(0, 3)}`).join('|'), 'iy'),
    take: (found, fields) => {
      const place = all.findIndex((name) => name.startsWith(found.toLowerCase()));
      fields[field] = first + place * step;
      return true;
    },
  };
}

const fraction = (most: number): Part => ({
  matches: new RegExp(`\\d{1,${most}}`, 'y'),
  take: (found, fields) => {
    fields.millisecond = Number(found.slice(0, 3).padEnd(3, '0'));
    return true;
  },
});

const offset: Part = {
  matches: /Z|[+-]\d\d:?\d\d/iy,
  take: (found, fields) => {
    const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(found) ?? [];
    fields.offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
    return Number(hours) <= 23 && Number(minutes) <= 59;
  },
};

const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
