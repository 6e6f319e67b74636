/** What can be told of a run while it goes on. Counts are events. */
export interface LiveFigures {
  readonly taken: number;
  readonly acknowledged: number;
  readonly retried: number;
  readonly throttled: number;
  /** Events that can never be sent. */
  readonly refused: number;
  /** Events given up. */
  readonly failed: number;
  /** Events given up and kept on disk. */
  readonly spilled: number;
  /** Bytes of events whose end is not known. */
  readonly bufferedBytes: number;
  /** Events a second that are wished for at the moment; absent where it is as many as possible. */
  readonly wishedRate?: number;
  /** How many events it is going to be, where that is known. */
  readonly total?: number;
  /** Seconds until the run takes no more, where that is known and not a matter of the total. */
  readonly secondsToTake?: number;
  /** Events that did not start at their time, since the run was behind. */
  readonly lateStarts?: number;
}

/** Figures at a moment, with what follows from those before. */
export interface LivePicture extends LiveFigures {
  /** Events acknowledged a second, over the last second. */
  readonly rate: number;
  /** Seconds until the end, where they can be told. */
  readonly secondsLeft?: number;
}

/** Events whose end is known. */
export function settledEvents({ acknowledged, refused, failed, spilled }: LiveFigures): number {
  return acknowledged + refused + failed + spilled;
}

/** Figures of several runs together. */
export function addedUp(all: readonly LiveFigures[]): LiveFigures {
  const sum = (of: (figures: LiveFigures) => number) =>
    all.reduce((total, figures) => total + of(figures), 0);
  // A sum is known where all of its parts are.
  const known = (name: 'wishedRate' | 'total' | 'lateStarts') =>
    all.length > 0 && all.every((figures) => figures[name] !== undefined)
      ? { [name]: sum((figures) => figures[name] ?? 0) }
      : {};
  const ends = all.flatMap(({ secondsToTake }) => secondsToTake ?? []);
  return {
    taken: sum(({ taken }) => taken),
    acknowledged: sum(({ acknowledged }) => acknowledged),
    retried: sum(({ retried }) => retried),
    throttled: sum(({ throttled }) => throttled),
    refused: sum(({ refused }) => refused),
    failed: sum(({ failed }) => failed),
    spilled: sum(({ spilled }) => spilled),
    bufferedBytes: sum(({ bufferedBytes }) => bufferedBytes),
    ...known('wishedRate'),
    ...known('total'),
    ...known('lateStarts'),
    ...(ends.length > 0 && { secondsToTake: Math.max(...ends) }),
  };
}
