/** What can be wrong on purpose with a generated event. */
export type ImperfectionKind = 'late' | 'duplicate' | 'malformed' | 'hot-key';

/** A generated event that was made imperfect, as a block names it. */
export interface ImperfectEvent {
  /** Its offset in the block. */
  readonly offset: number;
  readonly kind: ImperfectionKind;
  /** Value of the dataset's identity column, as text. */
  readonly identity: string;
  /** What was done to it. */
  readonly detail?: string;
}
