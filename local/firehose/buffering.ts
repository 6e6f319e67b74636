import { convertedBy } from './conversion.js';
import type { Destination } from './delivery-entry.js';

/** When a buffer is delivered: at so many MiB, or after so many seconds. */
export interface Buffering {
  readonly SizeInMBs: number;
  readonly IntervalInSeconds: number;
}

/** What Firehose buffers where nothing is said. */
export const BUFFERING_DEFAULTS: Buffering = { SizeInMBs: 5, IntervalInSeconds: 300 };
const CONVERTING_DEFAULTS: Buffering = { SizeInMBs: 128, IntervalInSeconds: 300 };

/** MiB that Firehose buffers at the most, and where it converts at the least. */
export const BUFFER_MIB = { most: 128, leastConverting: 64 } as const;

/** The buffering of a destination, with what it does not say. */
export function bufferingOf(destination: Destination): Buffering {
  const defaults = convertedBy(destination) ? CONVERTING_DEFAULTS : BUFFERING_DEFAULTS;
  return { ...defaults, ...destination.BufferingHints };
}
