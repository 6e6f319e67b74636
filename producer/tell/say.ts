import type { Writable } from 'node:stream';

/** Tells a person something, in one line. */
export type Say = (message: string) => void;

/**
 * Says things in the format that the run is told in: lines of text, or lines of JSON.
 * @param stream where it is said.
 * @param clock the time of day that lines of JSON carry.
 */
export function sayIn(
  format: 'text' | 'json',
  stream: Writable = process.stderr,
  clock = () => new Date(),
): Say {
  if (format === 'text') return (message) => void stream.write(`${message}\n`);
  return (message) => void stream.write(jsonLine(clock(), { message }));
}

/** A line of JSON with its time, as `--log-format json` has them. */
export function jsonLine(time: Date, fields: object): string {
  return `${JSON.stringify({ time: time.toISOString(), ...fields })}\n`;
}
