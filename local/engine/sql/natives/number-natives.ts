import { type Native, native, TrinoError } from './native.js';

/** What Trino's functions of numbers do that no function of DuckDB does. */
export const NUMBER_NATIVES: readonly Native[] = [
  // DuckDB's is a power of one third, and so not exact for whole numbers.
  native('trino_cbrt', ['double'], 'double', Math.cbrt),
  native('trino_divided', ['text', 'text', 'bigint', 'bigint'], 'text', divided),
  native('trino_remainder', ['text', 'text', 'bigint'], 'text', remainder),
  native('trino_rounded', ['text', 'bigint', 'boolean'], 'text', rounded),
  native('trino_plain_digits', ['text'], 'text', plainDigits),
  native('trino_to_base', ['bigint', 'bigint'], 'text', (value, radix) =>
    value.toString(checkedRadix(radix)),
  ),
  native('trino_from_base', ['text', 'bigint'], 'bigint', (text, radix) => {
    const base = checkedRadix(radix);
    const [, sign = '', digits = ''] = /^([+-]?)([0-9a-z]+)$/i.exec(text) ?? [];
    let value = 0n;
    for (const c of digits) {
      const digit = Number.parseInt(c, 36);
      if (digit >= base) throw invalid(`Not a valid base-${radix} number: ${text}`);
      value = value * BigInt(base) + BigInt(digit);
    }
    const signed = sign === '-' ? -value : value;
    if (digits === '' || BigInt.asIntN(64, signed) !== signed)
      throw invalid(`Not a valid base-${radix} number: ${text}`);
    return signed;
  }),
  // The bins are told to be out of order only where the search comes upon it, as in Trino.
  native('trino_bin', ['double', 'texts'], 'bigint', (operand, texts) => {
    if (texts.length === 0) throw invalid('Bins cannot be an empty array');
    if (Number.isNaN(operand)) throw invalid('Operand cannot be NaN');
    const bins = texts.map((text) => Number(text.replace('inf', 'Infinity')));
    let [lower, upper] = [0, bins.length];
    while (lower < upper) {
      if ((bins[lower] ?? 0) > (bins[upper - 1] ?? 0))
        throw invalid('Bin values are not sorted in ascending order');
      const index = (lower + upper) >> 1;
      const bin = bins[index] ?? Number.NaN;
      if (!Number.isFinite(bin)) throw invalid(`Bin value must be finite, got ${bin}`);
      if (operand < bin) upper = index;
      else lower = index + 1;
    }
    return BigInt(lower);
  }),
  native('trino_bit_count', ['bigint', 'bigint'], 'bigint', (value, bits) => {
    if (bits < 2n || bits > 64n)
      throw invalid(`Bits specified in bit_count must be between 2 and 64, got ${bits}`);
    const width = Number(bits);
    if (BigInt.asIntN(width, value) !== value)
      throw invalid(
        `Number must be representable with the bits specified. ${value} cannot be represented with ${bits} bits`,
      );
    return BigInt([...BigInt.asUintN(width, value).toString(2)].filter((bit) => bit === '1').length);
  }),
  native('trino_shift', ['text', 'bigint', 'bigint', 'bigint'], 'bigint', (kind, value, count, bits) => {
    const width = Number(bits);
    const signed = BigInt.asIntN(width, value);
    if (count >= 64n) return kind === 'arithmetic' && signed < 0n ? -1n : 0n;
    // Java shifts by the lowest six bits of a number, which is negative perhaps.
    const by = count & 63n;
    if (kind === 'arithmetic') return signed >> by;
    return BigInt.asIntN(width, kind === 'left' ? signed << by : BigInt.asUintN(width, value) >> by);
  }),
];

function invalid(message: string): TrinoError {
  return new TrinoError('INVALID_FUNCTION_ARGUMENT', message);
}

function checkedRadix(radix: bigint): number {
  if (radix < 2n || radix > 36n) throw invalid('Radix must be between 2 and 36');
  return Number(radix);
}

/** `1.5e-3` as `0.0015`. Further than 80 places from the point the digits matter to no decimal. */
function plainDigits(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)[eE]([+-]?\d+)$/.exec(text) ?? [];
  const shift = Math.max(-80, Math.min(80, Number(exponent)));
  const digits = `${'0'.repeat(80)}${whole}${fraction}${'0'.repeat(80)}`;
  const point = 80 + whole.length + shift;
  return `${sign}${digits.slice(0, point).replace(/^0+(?=\d)/, '')}.${digits.slice(point)}`;
}

/** The quotient of two decimals to `scale` places, half rounded away from zero; `shift` zeros go behind the dividend. */
function divided(dividend: string, divisor: string, shift: bigint, scale: bigint): string {
  const [a, b] = [dividend, divisor].map((text) => BigInt(text.replace('.', '')));
  if (!a || !b) return '0';
  const [n, d] = [a < 0n ? -a : a, b < 0n ? -b : b];
  return decimalText((2n * n * 10n ** shift + d) / (2n * d), scale, a < 0n !== b < 0n);
}

/** The remainder of two decimals of up to `scale` places, with the dividend's sign. */
function remainder(dividend: string, divisor: string, scale: bigint): string {
  const [a, b] = [dividend, divisor].map((text) => {
    const [whole = '', fraction = ''] = text.split('.');
    return BigInt(whole + fraction.padEnd(Number(scale), '0'));
  });
  if (!a || !b) return '0';
  const digits = a % b;
  return decimalText(digits < 0n ? -digits : digits, scale, a < 0n);
}

/** A decimal with zeros behind `places`, half rounded away from zero or, where it truncates, towards zero. */
function rounded(text: string, places: bigint, truncates: boolean): string {
  const scale = BigInt(text.split('.')[1]?.length ?? 0);
  if (places >= scale) return text;
  // No decimal has as many digits.
  if (places < -40n) return '0';
  const unit = 10n ** (scale - places);
  const digits = BigInt(text.replace(/[-.]/g, ''));
  const units = (truncates ? digits : digits + unit / 2n) / unit;
  return decimalText(units * unit, scale, text.startsWith('-'));
}

function decimalText(value: bigint, scale: bigint, isNegative: boolean): string {
  const digits = String(value).padStart(Number(scale) + 1, '0');
  const point = digits.length - Number(scale);
  return `${isNegative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}
