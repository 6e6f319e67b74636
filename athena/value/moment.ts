/**
 * The moment of a timestamp or date as Athena writes it, taken for UTC: `2026-02-04 21:35:54.759`, `2026-02-04`, with
 * `UTC` behind it or without. Digits beyond milliseconds are dropped; undefined for any other text, and another zone.
 */
export function toDate(text: string): Date | undefined {
  const [match, day, time = '00:00:00', fraction = ''] = MOMENT.exec(text) ?? [];
  if (match === undefined || day === undefined) return undefined;
  const moment = new Date(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  // The 30th of February is no day, though Date takes it for the 2nd of March.
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day) ? moment : undefined;
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}:\d{2})(?:\.(\d{1,12}))?(?: UTC)?)?$/;
