/** What the writer sends. */
export interface KinesisRecord {
  /** Decides on the shard unless there is an explicit hash key; 1 to 256 Unicode characters. */
  readonly partitionKey: string;
  /** A point in the hash space, 0 to 2^128 - 1 in decimal, which decides on the shard instead of the key. */
  readonly explicitHashKey?: string;
  readonly data: Uint8Array;
  /**
   * Where in the hash space it goes, as a whole number from 0: records of one lane go to one shard, and in order, where
   * the writer keeps order.
   */
  readonly lane: number;
  /**
   * Whether its data and that of the lane's next record may travel as one record, as lines of JSON may.
   * @default false
   */
  readonly canBeJoined?: boolean;
}

/** What a record counts against the limits, in bytes: its data and its partition key as UTF-8. */
export function sizeOf({ partitionKey, data }: Pick<KinesisRecord, 'partitionKey' | 'data'>): number {
  return data.byteLength + Buffer.byteLength(partitionKey);
}
