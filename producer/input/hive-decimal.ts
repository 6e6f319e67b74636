/** Digits, a fraction and an exponent. */
const NUMBER = /^[+-]?(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** Whether a text is a decimal number, with or without an exponent. */
export function isNumber(text: string): boolean {
  return NUMBER.test(text);
}

/** Whether a text is a number that a Hive decimal holds without losing a digit. */
export function isDecimal(text: string, precision: number, scale: number): boolean {
  const [matched, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (matched === undefined) return false;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return true;
  // The number is `significant` times ten to the `power`.
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  return -power <= scale && significant.length + power <= precision - scale;
}
