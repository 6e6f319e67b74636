import { InvalidValueError } from './invalid-value-error.js';

/** A value whose SQL type the caller names, since JavaScript has none for it. Made by `date`, `timestamp`, `decimal`. */
export class TypedValue {
  private constructor(
    readonly type: 'DATE' | 'TIMESTAMP' | 'DECIMAL',
    readonly text: string,
  ) {}

  /** @throws InvalidValueError for a text that is none of the type. */
  static of(type: TypedValue['type'], text: string): TypedValue {
    const { pattern, allowed } = FORMS[type];
    if (!pattern.test(text)) throw new InvalidValueError(text, allowed);
    return new TypedValue(type, text);
  }
}

/** A day: `date('2026-02-04')`, or that of a Date in UTC. @throws InvalidValueError for a text that is none. */
export function date(day: string | Date): TypedValue {
  return TypedValue.of('DATE', typeof day === 'string' ? day : isoOf(day).slice(0, 10));
}

/**
 * A moment to the microsecond, and with a zone where it has one: `timestamp('2026-02-04 21:35:54.759123')`,
 * `timestamp('2026-02-04 21:35:54 Europe/Paris')`. A Date is one in UTC, without a zone.
 * @throws InvalidValueError for a text that is none.
 */
export function timestamp(moment: string | Date): TypedValue {
  return TypedValue.of(
    'TIMESTAMP',
    typeof moment === 'string' ? moment : isoOf(moment).replace('T', ' ').replace('Z', ''),
  );
}

/** A decimal with as many digits behind the point as are written: `decimal('1.10')`. @throws InvalidValueError */
export function decimal(digits: string): TypedValue {
  return TypedValue.of('DECIMAL', digits);
}

function isoOf(moment: Date): string {
  if (Number.isNaN(moment.getTime())) throw new InvalidValueError(moment, 'a valid Date');
  return moment.toISOString();
}

const DAY = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,12})?)?`;

const FORMS = {
  DATE: { pattern: new RegExp(`^${DAY}$`), allowed: 'a day such as 2026-02-04' },
  TIMESTAMP: {
    pattern: new RegExp(String.raw`^${DAY} ${TIME}(?: (?:[A-Za-z][\w/+-]*|[+-]\d{2}:\d{2}))?$`),
    allowed: 'a moment such as 2026-02-04 21:35:54.759, with a zone after a blank or without',
  },
  DECIMAL: {
    pattern: /^-?(?=(?:\.?\d){1,38}$)\d+(?:\.\d+)?$/,
    allowed: 'a decimal of at most 38 digits, such as 1.10',
  },
} as const;
