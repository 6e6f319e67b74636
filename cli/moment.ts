import { InvalidArgumentError } from 'commander';

/**
 * A parser of a flag's value that names a moment: a day (`2026-11-22`), an hour (`2026-11-22T10`), a minute or second
 * of ISO 8601, or a time ago (`30m`, `2h`, `7d`). It is UTC unless it has an offset of its own.
 *
 * @param now in milliseconds since 1970, which times ago are counted from.
 * @returns milliseconds since 1970; the beginning of a day, hour, minute or second: objects are named by no less.
 */
export function momentBefore(now: number): (text: string) => number {
  return (text) => {
    const moment = agoOf(text.trim(), now) ?? isoOf(text.trim());
    if (moment !== undefined) return Math.floor(moment / SECOND) * SECOND;
    throw new InvalidArgumentError(
      'It must be a time such as 2026-11-22, 2026-11-22T10, 2026-11-22T10:15:00Z or 2h (ago).',
    );
  };
}

/** Milliseconds. */
const SECOND = 1_000;

/** Milliseconds of the units that a time ago is given in. */
const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function agoOf(text: string, now: number): number | undefined {
  const [, count, unit] = /^(\d{1,9})([smhd])(?: ago)?$/.exec(text) ?? [];
  const milliseconds = UNITS[unit ?? ''];
  return milliseconds === undefined ? undefined : now - Number(count) * milliseconds;
}

const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2}(?:\.\d{1,9})?))?)?(Z|[+-]\d{2}:?\d{2})?|(Z))?$/i;

function isoOf(text: string): number | undefined {
  const [match, day, hour = '00', minute = '00', second = '00', offset] = ISO.exec(text) ?? [];
  if (match === undefined || day === undefined) return undefined;
  const zone = (offset ?? 'Z').toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const moment = Date.parse(`${day}T${hour}:${minute}:${second}${zone}`);
  // The 30th of February is the 2nd of March to Date.parse.
  const isDay = new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day);
  return isDay && !Number.isNaN(moment) ? moment : undefined;
}
