/** Why an event can never be sent, however often it is tried. */
export type RefusalCode =
  /** It has no JSON: a bigint, or an object that contains itself. */
  | 'NotSerializable'
  | 'PartitionKeyMissing'
  | 'PartitionKeyEmpty'
  /** Over 256 Unicode characters. */
  | 'PartitionKeyTooLong'
  /** Over 1 MiB with its key. */
  | 'RecordTooLarge'
  /** A line that is not UTF-8. */
  | 'NotUtf8'
  /** A line that is no JSON. */
  | 'NotJson'
  /** JSON, but no object. */
  | 'NotAnObject'
  /** An object with two fields that a column could take its value from. */
  | 'FieldTwice'
  | 'IdentityMissing'
  /** A value that Firehose could not convert to its column's type. */
  | 'WrongType'
  /** A text that Firehose's conversion does not read as a timestamp or a date. */
  | 'TimeInvalid';

/** An event that can never be sent, as a block names it. */
export interface RefusedEvent {
  /** Its offset in the block. */
  readonly offset: number;
  readonly code: RefusalCode;
  readonly message: string;
  /** What it looked like, exactly; as base64 where `encoding` says so. */
  readonly text: string;
  /** How `text` stands for its bytes, where these are no UTF-8. */
  readonly encoding?: 'base64';
  /** That only its beginning is in `text`: it was too long to be held. */
  readonly cut?: true;
  /** Number of its line from 1, where the source has lines. */
  readonly line?: number;
}
