/** An ISO 8601 date or timestamp: milliseconds since 1970 in UTC and the zone that it names, UTC if none. */
export function parseIsoTimestamp(
  text: string,
): { readonly millis: number; readonly zone: string } | undefined {
  const [matched, date, time = '', zone = 'Z'] =
    /^([^T]*)(?:T([\d:.,]*)(Z|[+-]\d\d(?::?\d\d)?)?)?$/.exec(text) ?? [];
  const day = date === '' && time !== '' ? 0 : parseIsoDate(date ?? '');
  const since = parseIsoTime(time);
  if (matched === undefined || day === undefined || since === undefined) return undefined;
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const offset = sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000 : 0;
  return { millis: day + since - offset, zone };
}

/** Milliseconds of a day for `11:15:05.055`, of which the last number may have a fraction; 0 for nothing. */
function parseIsoTime(text: string): number | undefined {
  if (text === '') return 0;
  const [matched, hour = '0', minute = '0', second = '0', fraction = ''] =
    /^(\d\d?)(?::(\d\d?)(?::(\d\d?))?)?(?:[.,](\d+))?$/.exec(text) ?? [];
  if (matched === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return undefined;
  const last = [3_600_000, 60_000, 1000][text.split(':').length - 1] ?? 0;
  const part =
    fraction === ''
      ? 0
      : Math.floor(Number(`${fraction.slice(0, 15)}e-${Math.min(fraction.length, 15)}`) * last + 1e-6);
  return Number(hour) * 3_600_000 + Number(minute) * 60_000 + Number(second) * 1000 + part;
}

/** `2020-05-11`, `2020-W10-3`, `2020-123` as milliseconds; nothing if it is no date. */
export function parseIsoDate(text: string): number | undefined {
  const [, year = '', month = '1', day = '1'] = /^([+-]?\d{1,9})(?:-(\d\d?)(?:-(\d\d?))?)?$/.exec(text) ?? [];
  if (year !== '') return utcDay(Number(year), Number(month), Number(day));
  const [, weekYear = '', week = '', weekday = '1'] = /^([+-]?\d{1,9})-W(\d\d?)(?:-(\d))?$/.exec(text) ?? [];
  if (weekYear !== '') return isoWeekDay(Number(weekYear), Number(week), Number(weekday));
  const [, ordinalYear = '', ordinal = ''] = /^([+-]?\d{1,9})-(\d{3})$/.exec(text) ?? [];
  return ordinalYear === '' ? undefined : ordinalDay(Number(ordinalYear), Number(ordinal));
}

/** Milliseconds of a day by its number in the year; nothing if the year has fewer. */
export function ordinalDay(year: number, ordinal: number): number | undefined {
  const result = (utcDay(year, 1, 1) ?? Number.NaN) + (ordinal - 1) * 86_400_000;
  return ordinal >= 1 && new Date(result).getUTCFullYear() === year ? result : undefined;
}

/** Milliseconds of a day; nothing if there is no such day. */
export function utcDay(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}

/** Milliseconds of a day by its year, week and day of the week; nothing if the year has fewer weeks. */
export function isoWeekDay(year: number, week: number, weekday: number): number | undefined {
  if (week < 1 || week > 53 || weekday < 1 || weekday > 7) return undefined;
  const fourth = utcDay(year, 1, 4) ?? Number.NaN;
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * 86_400_000;
  const thursday = monday + ((week - 1) * 7 + 3) * 86_400_000;
  if (new Date(thursday).getUTCFullYear() !== year) return undefined;
  return thursday + (weekday - 4) * 86_400_000;
}
