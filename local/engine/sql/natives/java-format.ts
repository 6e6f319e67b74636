import { javaDouble } from './json-value.js';
import { TrinoError } from './native.js';

/** One item of Java's format: a value as text, by its conversion, flags, width and precision. */
export function formatItem(
  value: string,
  conversion: string,
  flags: string,
  width: string,
  precision: string,
): string {
  const text = converted(value, conversion, flags, precision);
  const size = Number(width || 0);
  if (size > 1_000_000) throw new TrinoError('INVALID_FUNCTION_ARGUMENT', 'Invalid format string');
  if (flags.includes('-')) return text.padEnd(size);
  if (flags.includes('0') && !/[a-zA-Z]/.test(text)) {
    const [, sign = '', digits = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
    return sign + digits.padStart(size - sign.length, '0');
  }
  return text.padStart(size);
}

function converted(value: string, conversion: string, flags: string, precision: string): string {
  switch (conversion) {
    case 's':
    case 'b':
      return precision === '' ? value : [...value].slice(0, Number(precision)).join('');
    case 'S':
    case 'B':
      return value.toUpperCase();
    case 'd':
      return value === 'null' ? value : signed(value, value.replace('-', ''), flags);
    case 'x':
    case 'X': {
      if (value === 'null') return value;
      const digits = BigInt.asUintN(64, BigInt(value)).toString(16);
      const text = `${flags.includes('#') ? '0x' : ''}${digits}`;
      return conversion === 'X' ? text.toUpperCase() : text;
    }
    case 'f': {
      if (!/\d/.test(value)) return value;
      return signed(value, rounded(value.replace('-', ''), precision === '' ? 6 : Number(precision)), flags);
    }
    default: {
      if (!/\d/.test(value)) return value;
      const text = Math.abs(Number(value)).toExponential(precision === '' ? 6 : Number(precision));
      const [digits = '', exponent = '0'] = text.split('e');
      const size = Math.abs(Number(exponent));
      const written = `${digits}e${Number(exponent) < 0 ? '-' : '+'}${String(size).padStart(2, '0')}`;
      const result = signed(value, written, flags);
      return conversion === 'E' ? result.toUpperCase() : result;
    }
  }
}

function signed(value: string, digits: string, flags: string): string {
  const [whole = '', ...rest] = digits.split('.');
  const grouped = flags.includes(',') ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  const text = [grouped, ...rest].join('.');
  if (value.startsWith('-')) return flags.includes('(') ? `(${text})` : `-${text}`;
  return flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text;
}

/** A number written out, possibly with an exponent, with so many places, halves away from zero. */
function rounded(text: string, places: number): string {
  const [digits = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const shift = Number(exponent) - fraction.length + places;
  let value = BigInt(whole + fraction);
  if (shift >= 0) value *= 10n ** BigInt(shift);
  else {
    const unit = 10n ** BigInt(-shift);
    value = (value + unit / 2n) / unit;
  }
  if (places === 0) return String(value);
  const padded = String(value).padStart(places + 1, '0');
  return `${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

/** Trino's format_number: three digits and a letter for the thousands. */
export function groupedNumber(value: number): string {
  if (!Number.isFinite(value)) return javaDouble(value);
  let size = Math.abs(value);
  let letter = '';
  for (const unit of ['K', 'M', 'B', 'T', 'Q']) {
    if (size < 1000) break;
    size /= 1000;
    letter = unit;
  }
  const places = size < 10 ? 2 : size < 100 ? 1 : 0;
  const text = rounded(javaDouble(size), places);
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return `${value < 0 ? '-' : ''}${trimmed}${letter}`;
}
