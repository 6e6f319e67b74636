import type { JsonEvent } from '../producer/index.js';
import { type RecordPart, splitRecord } from './split-events.js';

/** A record as it lies in an object of the bucket: one that failed, or one of the backup. */
export interface StoredRecord {
  /** From 1: the line of an error object; in a backup the piece, which is a JSON object or a line that is none. */
  readonly number: number;
  /** What was sent, as it came. */
  readonly data: Uint8Array;
  readonly parts: readonly RecordPart[];
  /** Why it failed; absent in a backup. */
  readonly failure?: RecordFailure;
}

/** What Firehose says of a record that it could not convert. */
export interface RecordFailure {
  /** Such as `DataFormatConversion.ParseError`. */
  readonly code: string;
  readonly message: string;
  /** When it arrived on the stream, in milliseconds since 1970. */
  readonly arrivedAt?: number;
  readonly sequenceNumber?: string;
}

/** The code of a line in an error object that does not say what failed. */
export const UNREADABLE = 'Unreadable';

/**
 * The record that a line of an error object is about.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/retry.html
 */
export function failedRecord(number: number, line: Uint8Array): StoredRecord {
  const fields = objectOf(line);
  const code = fields?.lastErrorCode ?? fields?.errorCode;
  const rawData = fields?.rawData;
  if (typeof rawData !== 'string' || typeof code !== 'string') {
    const message = 'The line is no error record of Firehose.';
    return {
      number,
      data: line,
      parts: [{ bytes: line, event: undefined }],
      failure: { code: UNREADABLE, message },
    };
  }
  const message = fields?.lastErrorMessage ?? fields?.errorMessage;
  const { arrivalTimestamp: arrivedAt, sequenceNumber } = fields ?? {};
  const data = Buffer.from(rawData, 'base64');
  return {
    number,
    data,
    parts: splitRecord(data),
    failure: {
      code,
      message: typeof message === 'string' ? message : '',
      ...(typeof arrivedAt === 'number' && { arrivedAt }),
      ...(typeof sequenceNumber === 'string' && { sequenceNumber }),
    },
  };
}

function objectOf(line: Uint8Array): JsonEvent | undefined {
  const [part, ...others] = splitRecord(line);
  return others.length === 0 ? part?.event : undefined;
}
