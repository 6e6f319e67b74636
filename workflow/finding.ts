/** What a check has found. */
export interface Finding {
  /** What was looked at. */
  readonly subject: string;
  /** How it is: as it should be, good to know, or in the way. */
  readonly verdict: 'ok' | 'note' | 'wrong';
  /** How it is, in words. */
  readonly text: string;
  /** What to do, where something is wrong. */
  readonly advice?: string;
}
