/** An ISO 8601 date or timestamp: milliseconds since 1970 in UTC and the zone that it names, UTC if none. */
export function parseIsoTimestamp(
  text: string,
): { readonly millis: number; readonly zone: string } | undefined {
  const [matched, date = '', hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] =
    /^([^T]+)(?:T(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/.exec(text) ?? [];
  const day = parseIsoDate(date);
  if (matched === undefined || day === undefined) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const local =
    day +
    Number(hour) * 3_600_000 +
    Number(minute) * 60_000 +
    Number(second) * 1000 +
    Number(fraction.padEnd(3, '0').slice(0, 3));
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const offset = sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000 : 0;
  return { millis: local - offset, zone };
}

/** `2020-05-11`, `2020-W10-3`, `2020-123` as milliseconds; nothing if it is no date. */
export function parseIsoDate(text: string): number | undefined {
  const [, year = '', month = '1', day = '1'] = /^([+-]?\d{4,6})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [];
  if (year !== '') return utcDay(Number(year), Number(month), Number(day));
  const [, weekYear = '', week = '', weekday = '1'] = /^(\d{4})-W(\d\d)(?:-(\d))?$/.exec(text) ?? [];
  if (weekYear !== '') return isoWeekDay(Number(weekYear), Number(week), Number(weekday));
  const [, ordinalYear = '', ordinal = ''] = /^(\d{4})-(\d{3})$/.exec(text) ?? [];
  if (ordinalYear === '') return undefined;
  const start = utcDay(Number(ordinalYear), 1, 1);
  const result = (start ?? 0) + (Number(ordinal) - 1) * 86_400_000;
  const within = Number(ordinal) >= 1 && new Date(result).getUTCFullYear() === Number(ordinalYear);
  return within ? result : undefined;
}

/** Milliseconds of a day; nothing if there is no such day. */
export function utcDay(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}

/** Milliseconds of a day by its year, week and day of the week. */
export function isoWeekDay(year: number, week: number, weekday: number): number | undefined {
  if (week < 1 || week > 53 || weekday < 1 || weekday > 7) return undefined;
  const fourth = utcDay(year, 1, 4) ?? 0;
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * 86_400_000;
  return monday + ((week - 1) * 7 + weekday - 1) * 86_400_000;
}
