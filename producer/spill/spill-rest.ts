/** What is left of a run. */
export interface SpillRest {
  /** Events that are kept. */
  readonly events: number;
  /** Events that were acknowledged, but could not be noted as such: sending the rest sends them again. */
  readonly unmarked: number;
  readonly folder: string;
  /** Files that were found damaged. */
  readonly damaged: readonly DamagedFile[];
}

/** A file of events that is not as it was written. What could be read of it was sent. */
export interface DamagedFile {
  /** Where it is. */
  readonly file: string;
  /** Events of which it is not known what they were, nor that they were acknowledged. */
  readonly uncertain: number;
  /** Whether they may be more: the end of the file is missing. */
  readonly isAtLeast: boolean;
  /** Events that may have been sent again, at most: the notes that they were acknowledged cannot be read. */
  readonly unreadableNotes: number;
}
