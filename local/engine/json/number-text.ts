const NUMBER = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** Whether the text is a decimal number, with or without an exponent. */
export function plainNumber(text: string): boolean {
  return NUMBER.test(text);
}

/**
 * The number as plain digits, such as `-12.50`, if a decimal of this precision and scale holds exactly it; otherwise
 * nothing.
 */
export function decimalText(text: string, precision: number, scale: number): string | undefined {
  const [matched, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (matched === undefined) return undefined;
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return '0';
  // The number is `digits` times ten to the minus `places`.
  const places = fraction.length - Number(exponent);
  const shift = scale - places;
  if (shift > precision) return undefined;
  const kept = shift >= 0 ? digits + '0'.repeat(shift) : digits.slice(0, Math.max(digits.length + shift, 0));
  const lost = shift >= 0 ? '' : digits.slice(kept.length);
  if (/[1-9]/.test(lost) || kept === '' || kept.length > precision) return undefined;
  const padded = kept.padStart(scale + 1, '0');
  const point = padded.length - scale;
  return `${sign === '-' ? '-' : ''}${padded.slice(0, point)}${scale > 0 ? `.${padded.slice(point)}` : ''}`;
}
