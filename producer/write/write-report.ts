/** What became of the events given to a writer. `taken` is always `acknowledged + failed` once the writer is closed. */
export interface WriteReport {
  /** Events that the writer took. */
  readonly taken: number;
  /** Events that the stream has said it has. */
  readonly acknowledged: number;
  /** Events given up. */
  readonly failed: number;
  /** Events sent again, each counted as often as it was. */
  readonly retried: number;
  /** Events that the stream sent back to come more slowly, each counted as often as it was. */
  readonly throttled: number;
  /** Events acknowledged after an earlier answer about them was lost: they may be on the stream twice. */
  readonly possiblyDuplicated: number;
  /** Events given up after an answer about them was lost: they may be on the stream all the same. */
  readonly possiblyDelivered: number;
  /** PutRecords requests made. */
  readonly requests: number;
  /** Records acknowledged. */
  readonly records: number;
  /** Bytes acknowledged, keys included. */
  readonly bytes: number;
  /** Why events were given up, the most frequent first. */
  readonly failures: readonly FailureCount[];
  /** The error that ended the writing before its time; absent where none did. */
  readonly fatal?: unknown;
}

export interface FailureCount {
  readonly code: string;
  /** The first message that came with the code. */
  readonly message: string;
  readonly events: number;
}
