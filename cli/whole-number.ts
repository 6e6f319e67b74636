import { InvalidArgumentError } from 'commander';

/** A parser of a flag's value: digits that make a whole number from `from` to `to`. */
export function wholeNumber(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= from && value <= to) return value;
    const range = `${from.toLocaleString('en')} to ${to.toLocaleString('en')}`;
    throw new InvalidArgumentError(`It must be a whole number from ${range}.`);
  };
}
