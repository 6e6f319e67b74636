import { PARTITIONS } from '../settings/index.js';

/**
 * When the oldest record of an object arrived, in milliseconds since 1970, by the object's key: Firehose puts the hour
 * into the folders and the second into the name. Undefined for a key that Firehose has not made.
 *
 * The folders decide: a time in the name that lies outside their hour counts as that hour's nearest moment, so that
 * the objects of an hour are those in its folder.
 */
export function objectTime(key: string): number | undefined {
  const [, ...fields] = HOUR_FOLDERS.exec(key) ?? [];
  const [year, month, day, hour] = fields.map(Number);
  if (year === undefined || month === undefined || day === undefined || hour === undefined) return undefined;
  const begin = Date.UTC(year, month - 1, day, hour);
  const [, date, time] = TIME_IN_NAME.exec(key) ?? [];
  const named = Date.parse(`${date}T${time?.replaceAll('-', ':')}Z`);
  if (Number.isNaN(named)) return begin;
  return Math.min(Math.max(named, begin), begin + HOUR - 1);
}

/** The folders of the hour that a moment is in, as in `year=2026/month=11/day=22/hour=10/`. */
export function hourFolders(moment: number): string {
  const at = new Date(moment);
  const fields: Readonly<Record<(typeof PARTITIONS)[number]['name'], number>> = {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
  };
  return PARTITIONS.map(({ name, digits }) => `${name}=${String(fields[name]).padStart(digits, '0')}/`).join(
    '',
  );
}

/** Milliseconds. */
const HOUR = 3_600_000;

const HOUR_FOLDERS = new RegExp(
  `/${PARTITIONS.map(({ name, digits }) => `${name}=(\\d{${digits}})/`).join('')}[^/]+$`,
);

/** `<delivery stream>-<version>-<yyyy-MM-dd-HH-mm-ss>-<uuid><extension>`. */
const TIME_IN_NAME = /.*-(\d{4}-\d\d-\d\d)-(\d\d-\d\d-\d\d)-[^/]*$/;
