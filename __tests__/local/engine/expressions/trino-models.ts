/** A decimal: its digits as a whole number, and how many of them are behind the point. */
export interface Scaled {
  readonly digits: bigint;
  readonly scale: number;
}

export function scaledText({ digits, scale }: Scaled): string {
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  const point = text.length - scale;
  return `${digits < 0n ? '-' : ''}${text.slice(0, point)}${scale > 0 ? `.${text.slice(point)}` : ''}`;
}

/** Trino's `/` of decimals: as many places as the operand with the more of them, half rounded away from zero. */
export function divided(a: Scaled, b: Scaled): Scaled {
  const scale = Math.max(a.scale, b.scale);
  const n = a.digits * 10n ** BigInt(scale - a.scale + b.scale);
  const [top, bottom] = [n < 0n ? -n : n, b.digits < 0n ? -b.digits : b.digits];
  const quotient = (2n * top + bottom) / (2n * bottom);
  return { digits: n < 0n === b.digits < 0n ? quotient : -quotient, scale };
}

const DAY = 86_400_000;

export function dateText(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** What Joda-Time's fields of the ISO calendar, by which Trino counts, make of days since 1970. */
export const joda = {
  /** date_add('month'): the day of the month is the last one that there is. */
  addMonths(day: number, months: number): number {
    const date = new Date(day * DAY);
    const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
    return first / DAY + Math.min(date.getUTCDate(), last) - 1;
  },
  /** date_diff('month'): the most months that can be added to the earlier without passing the later. */
  months(from: number, to: number): number {
    if (to < from) return -joda.months(to, from);
    const [a, b] = [new Date(from * DAY), new Date(to * DAY)];
    const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
    return joda.addMonths(from, months) > to ? months - 1 : months;
  },
  /** date_diff('year'), for which the 29th of February is the 28th of a year that has none. */
  years(from: number, to: number): number {
    if (to < from) return -joda.years(to, from);
    const years = new Date(to * DAY).getUTCFullYear() - new Date(from * DAY).getUTCFullYear();
    return joda.addMonths(from, 12 * years) > to ? years - 1 : years;
  },
};
