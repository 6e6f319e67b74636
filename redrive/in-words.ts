/** A number of things in words: `1 record`, `1,200 records`. */
export function counted(count: number, thing: string): string {
  return `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
}

/** Bytes in words, in the units of 1,000 that S3's bill counts by: `812 B`, `1.2 MB`. */
export function inBytes(bytes: number): string {
  const power = bytes < 1_000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const value = bytes / 1_000 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${UNITS[power]}`;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
