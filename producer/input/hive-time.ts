import { isDecimal } from './hive-decimal.js';

/**
 * Whether Firehose's OpenX JSON SerDe reads a text, or a number's text, as a timestamp: ISO 8601 with `Z` and no other
 * offset, the form with a space, or an epoch number (below 1e12 seconds, from there on milliseconds).
 */
export function isTimestamp(text: string): boolean {
  const parts = (ISO.exec(text) ?? SPACED.exec(text))?.slice(1).map(Number);
  if (!parts) return isDecimal(text, ...EPOCH) && isReadable(Number(text));
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  return isDay(year, month, day) && hour < 24 && minute < 60 && second < 60;
}

/** Whether a text is a date: `yyyy-M-d`. */
export function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)?.map(Number) ?? [];
  return year !== undefined && month !== undefined && day !== undefined && isDay(year, month, day);
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?Z$/;
const SPACED = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d{1,9})?$/;
/** Digits in all, and after the point: more than any clock writes. */
const EPOCH = [38, 20] as const;
const MILLISECONDS_FROM = 1e12;

/** Whether an epoch number lies in the years 0 to 9999. */
function isReadable(epoch: number): boolean {
  const moment = new Date(epoch >= MILLISECONDS_FROM ? epoch : epoch * 1_000);
  return !Number.isNaN(moment.getTime()) && moment.getUTCFullYear() >= 0 && moment.getUTCFullYear() <= 9_999;
}

/** Whether the calendar has the day. */
function isDay(year: number, month: number, day: number): boolean {
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  return moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day;
}
