import type { Benchmark, Contender } from './benchmark.js';
import type { Turn } from './turn.js';

/** What a contender's turns come to. */
export interface Standing {
  readonly contender: string;
  /** Events a second: the median of the turns, the slowest and the fastest. */
  readonly rate: number;
  readonly slowest: number;
  readonly fastest: number;
  /** Events of a turn. */
  readonly amount: number;
  /** Seconds of processor time for a million events; the median. */
  readonly cpuSecondsPerMillion: number;
  /** Seconds of processor time of a turn; the median. */
  readonly cpuSeconds: number;
  /** Bytes; the median. */
  readonly peakBytes: number;
  /** Of the surroundings, for a million events; the median. */
  readonly surroundingsCpuSecondsPerMillion?: number;
  readonly surroundingsPeakBytes?: number;
  /** What the last turn had to add. */
  readonly note?: string;
}

interface RoundOptions {
  readonly rounds: number;
  readonly stop: AbortSignal;
  readonly takeTurn: (contender: Contender, round: number) => Promise<Turn>;
  readonly onFailure: (contender: Contender, error: unknown) => void;
}

/**
 * Lets the contenders take turns, round by round, so that whatever else the machine does hits them alike.
 *
 * @param options.stop ends it after the turn that is under way, with what has been measured.
 * @param options.takeTurn gives one contender its turn; a contender of which a turn fails takes no more.
 * @param options.onFailure hears of those.
 */
export async function runRounds(
  { contenders }: Benchmark,
  { rounds, stop, takeTurn, onFailure }: RoundOptions,
): Promise<readonly Standing[]> {
  const turns = new Map<Contender, Turn[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [contender, taken] of turns) {
      if (stop.aborted) break;
      try {
        taken.push(await takeTurn(contender, round));
      } catch (error) {
        // A turn that was broken off says nothing of the contender.
        if (stop.aborted) break;
        turns.delete(contender);
        onFailure(contender, error);
      }
    }
  }
  return [...turns].filter(([, taken]) => taken.length > 0).map(([{ name }, taken]) => standing(name, taken));
}

function standing(contender: string, turns: readonly Turn[]): Standing {
  const of = (figure: (turn: Turn) => number) => median(turns.map(figure));
  const rates = turns.map(({ amount, seconds }) => amount / seconds);
  const around = turns.flatMap(({ amount, surroundings }) =>
    surroundings ? [{ amount, ...surroundings }] : [],
  );
  const note = turns.at(-1)?.note;
  return {
    contender,
    rate: median(rates),
    slowest: Math.min(...rates),
    fastest: Math.max(...rates),
    amount: of(({ amount }) => amount),
    cpuSecondsPerMillion: of(({ cpuSeconds, amount }) => perMillion(cpuSeconds, amount)),
    cpuSeconds: of(({ cpuSeconds }) => cpuSeconds),
    peakBytes: of(({ peakBytes }) => peakBytes),
    ...(around.length > 0 && {
      surroundingsCpuSecondsPerMillion: median(
        around.map(({ cpuSeconds, amount }) => perMillion(cpuSeconds, amount)),
      ),
      surroundingsPeakBytes: median(around.map(({ peakBytes }) => peakBytes)),
    }),
    ...(note !== undefined && { note }),
  };
}

const perMillion = (seconds: number, amount: number) => (seconds / amount) * 1_000_000;

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}
