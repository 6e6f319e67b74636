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
  const upper = conversion.toLowerCase();
  if (upper !== conversion) return converted(value, upper, flags, precision).toUpperCase();
  if (conversion === 's' || conversion === 'b')
    return precision === '' ? value : [...value].slice(0, Number(precision)).join('');
  if (!/\d/.test(value)) return value === 'null' ? value : signed(value, value.replace(/^-/, ''), flags);
  const places = precision === '' ? 6 : Number(precision);
  const size = value.replace(/^-/, '');
  if (conversion === 'd') return signed(value, size, flags);
  if (conversion === 'f') return signed(value, rounded(size, places), flags);
  if (conversion === 'e') return signed(value, scientific(size, places), flags);
  const [base, mark] = conversion === 'x' ? [16, '0x'] : [8, '0'];
  return (flags.includes('#') ? mark : '') + BigInt.asUintN(64, BigInt(value)).toString(base);
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

/** A number as digits and an exponent, with so many places, halves away from zero. */
function scientific(text: string, places: number): string {
  const [digits = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const significant = (whole + fraction).replace(/^0+/, '');
  const zeros = (whole + fraction).length - significant.length;
  let power = significant === '' ? 0 : Number(exponent) + whole.length - 1 - zeros;
  let shown = rounded(`${significant.slice(0, 1) || '0'}.${significant.slice(1)}`, places);
  if (shown.startsWith('10')) {
    power++;
    shown = rounded(shown.replace(/^10/, '1.0').replace(/\.0\./, '.0'), places);
  }
  return `${shown}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** Trino's format_number of a whole number: three digits, if it is not negative, and a letter for the thousands. */
export function groupedNumber(value: number): string {
  let size = Math.trunc(value) || 0;
  let letter = '';
  for (const unit of ['K', 'M', 'B', 'T', 'Q']) {
    if (Math.abs(size) < 1000) break;
    size /= 1000;
    letter = unit;
  }
  const text = size.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0);
  return (text.includes('.') ? text.replace(/\.?0+$/, '') : text) + letter;
}
