/** What became of the records given to a writer. `taken` is always `acknowledged + failed` once the writer is closed. */
export interface WriteReport {
  /** Records that the writer took. */
  readonly taken: number;
  /** Records that the stream has said it has. */
  readonly acknowledged: number;
  /** Records given up. */
  readonly failed: number;
  /** Records sent again, each counted as often as it was. */
  readonly retried: number;
  /** Answers that told a record to come more slowly. */
  readonly throttled: number;
  /** Records acknowledged after an earlier answer about them was lost: they may be on the stream twice. */
  readonly possiblyDuplicated: number;
  /** Records given up after an answer about them was lost: they may be on the stream all the same. */
  readonly possiblyDelivered: number;
  /** PutRecords requests made. */
  readonly requests: number;
  /** Bytes acknowledged, keys included. */
  readonly bytes: number;
  /** Why records were given up, the most frequent first. */
  readonly failures: readonly FailureCount[];
  /** The error that ended the writing before its time; absent where none did. */
  readonly fatal?: unknown;
}

export interface FailureCount {
  readonly code: string;
  /** The first message that came with the code. */
  readonly message: string;
  readonly records: number;
}
