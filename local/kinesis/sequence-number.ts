/**
 * Sequence numbers are decimal texts of 56 digits that only grow within a shard, as on AWS. Ours hold a shard's number
 * and a record's position in it, so that either can be read back:
 * `49`, 10 digits of the stream's id, 12 of the shard's number, 32 of the position.
 */
const VERSION = '49';
const STREAM_DIGITS = 10;
const SHARD_DIGITS = 12;
const POSITION_DIGITS = 32;

export interface SequencePosition {
  readonly streamId: number;
  readonly shard: number;
  /** Counts a shard's records from 0. */
  readonly position: number;
}

export function sequenceNumber({ streamId, shard, position }: SequencePosition): string {
  return (
    VERSION +
    String(streamId).padStart(STREAM_DIGITS, '0') +
    String(shard).padStart(SHARD_DIGITS, '0') +
    String(position).padStart(POSITION_DIGITS, '0')
  );
}

/** What a sequence number says; undefined for a text that is none. */
export function parseSequenceNumber(text: string): SequencePosition | undefined {
  const match = SEQUENCE_NUMBER.exec(text);
  if (!match) return undefined;
  const [streamId, shard, position] = match.slice(1).map(Number);
  if (streamId === undefined || shard === undefined || !Number.isSafeInteger(position)) return undefined;
  return { streamId, shard, position: position as number };
}

const SEQUENCE_NUMBER = new RegExp(
  `^${VERSION}(\\d{${STREAM_DIGITS}})(\\d{${SHARD_DIGITS}})(\\d{${POSITION_DIGITS}})$`,
);
