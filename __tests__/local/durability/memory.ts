/** What the writers remember: what they were told of, and what they had asked for when they got no answer. */
export interface Memory {
  /** Ids of events that were acknowledged. */
  readonly acknowledged: Set<string>;
  /** Ids of events that were sent: acknowledged, or nobody knows. */
  readonly sent: Set<string>;
  /** Of those, the ones that are no JSON and so can be no rows. */
  readonly unreadable: Set<string>;
  /** For each key in the bucket what may be there: one thing where it was acknowledged, else the old or the new. */
  readonly objects: Map<string, readonly Content[]>;
  /** The revisions that the table may have. */
  revisions: readonly number[];
}

/** The body of an object; undefined where there is none. */
export type Content = string | undefined;

export const newMemory = (): Memory => ({
  acknowledged: new Set(),
  sent: new Set(),
  unreadable: new Set(),
  objects: new Map(),
  revisions: [0],
});
