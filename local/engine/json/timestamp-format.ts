import { EngineFault } from '../engine.js';
import { patternReader } from './joda-pattern.js';
import { sqlTimestamp } from './timestamp-text.js';

/**
 * Reads timestamps by the formats of the Hive JSON SerDe, tried in their order: Joda-Time patterns, or `millis`, the
 * milliseconds since 1970. Without any format it is the form of java.sql.Timestamp. What it gives, DuckDB reads.
 * @throws EngineFault naming a format that is not supported.
 */
export function timestampReader(formats: readonly string[]): (text: string) => string | undefined {
  if (formats.length === 0) return sqlTimestamp;
  const readers = formats.map((format) => (format === 'millis' ? readMillis : patternReader(format)));
  return (text) => {
    for (const read of readers) {
      const milliseconds = read(text);
      if (milliseconds !== undefined) return timestampOf(milliseconds);
    }
    return undefined;
  };
}

/** Why timestamps cannot be read by this format; nothing if they can. */
export function timestampFormatObstacle(format: string): string | undefined {
  try {
    timestampReader([format]);
    return undefined;
  } catch (error) {
    if (error instanceof EngineFault) return error.message;
    throw error;
  }
}

function readMillis(text: string): number | undefined {
  const whole = /^(-?\d{1,16})(?:\.\d+)?$/.exec(text)?.[1];
  return whole === undefined ? undefined : Number(whole);
}

function timestampOf(milliseconds: number): string | undefined {
  const date = new Date(milliseconds);
  // Years outside 0000 to 9999 have a sign and six digits.
  const iso = Number.isNaN(date.getTime()) ? '' : date.toISOString();
  return iso.length === 24 ? iso : undefined;
}
