/** What the writer sends. */
export interface KinesisRecord {
  /** Decides on the shard; 1 to 256 Unicode characters. */
  readonly partitionKey: string;
  readonly data: Uint8Array;
}

/** What a record counts against the limits, in bytes: its data and its partition key as UTF-8. */
export function sizeOf({ partitionKey, data }: KinesisRecord): number {
  return data.byteLength + Buffer.byteLength(partitionKey);
}
