import { UsageError } from '../../cli/usage-error.js';
import { type Dataset, datasets } from '../../datasets/index.js';
import type { Imperfections } from '../generate/imperfections.js';
import type { Rate } from '../pace/schedule.js';
import type { Flags } from './flags.js';

/** What a run without an end in its flags sends: the article's ten. */
const DEFAULT_AMOUNT = 10;

/** What is to be sent and how fast, as the flags say together. */
export interface RunPlan {
  readonly datasets: readonly Dataset[];
  /** Events of each dataset; undefined where something else ends it. */
  readonly amount: number | undefined;
  readonly rate: Rate;
  readonly imperfections: Imperfections;
}

/** @throws UsageError where flags contradict one another. */
export function runPlan(flags: Flags): RunPlan {
  const { amount, duration, bytes, input, replay } = flags;
  checkTogether(flags);
  const endsElsewhere =
    duration !== undefined || bytes !== undefined || input !== undefined || replay !== undefined;
  return {
    datasets: datasetsNamed(flags.dataset),
    amount: amount ?? (endsElsewhere ? undefined : DEFAULT_AMOUNT),
    rate: rateOf(flags),
    imperfections: imperfectionsOf(flags),
  };
}

function rateOf({ rate, ramp, burst, daily }: Flags): Rate {
  if (!Number.isFinite(rate)) return { kind: 'max' };
  if (ramp !== undefined) return { kind: 'ramp', from: 0, to: rate, over: ramp };
  if (burst !== undefined) return { kind: 'burst', base: rate, ...burst };
  if (daily !== undefined) return { kind: 'day', mean: rate, ...(daily !== true && { period: daily }) };
  return { kind: 'constant', perSecond: rate };
}

function imperfectionsOf({ late, duplicates, malformed, hotKey, zipf }: Flags): Imperfections {
  return {
    late,
    duplicates,
    malformed,
    hotKeys: zipf ? { kind: 'zipf', ...zipf } : hotKey ? { kind: 'share', share: hotKey } : undefined,
  };
}

function datasetsNamed(names: string | undefined): readonly Dataset[] {
  const [first] = datasets;
  if (!first) throw new UsageError('There is no dataset: datasets/index.ts lists none.');
  if (names === undefined) return [first];
  if (names === 'all') return datasets;
  return [...new Set(names.split(','))].map((name) => {
    const dataset = datasets.find((known) => known.name === name);
    if (dataset) return dataset;
    const known = datasets.map((each) => each.name).join(', ');
    throw new UsageError(`--dataset has "${name}", but must be of ${known}, or all.`);
  });
}

function checkTogether(flags: Flags): void {
  const given = (names: readonly (keyof Flags)[]) => names.filter((name) => flags[name] !== undefined);
  const never = (names: readonly (keyof Flags)[], other: string) => {
    const [name] = given(names);
    if (name) throw new UsageError(`--${dashed(name)} and ${other} do not go together.`);
  };
  if (flags.input !== undefined) never([...MADE, 'replay', 'estimateCost'], '--input');
  if (flags.replay !== undefined)
    never([...MADE, 'dataset', 'stream', 'spillDir', 'dryRun', 'estimateCost'], '--replay');
  if (given(SHAPES).length > 1) never(SHAPES.slice(1), `--${dashed(given(SHAPES)[0] ?? 'ramp')}`);
  if (!Number.isFinite(flags.rate) && given(SHAPES).length > 0)
    throw new UsageError(`--${dashed(given(SHAPES)[0] ?? 'ramp')} needs a --rate, such as 500/s.`);
  if (flags.hotKey !== undefined) never(['zipf'], '--hot-key');
  if (flags.manifest !== undefined && given(IMPERFECT).length === 0)
    throw new UsageError(
      '--manifest names imperfect events, but none are asked for: see --late and those beside it.',
    );
  const several = flags.dataset === 'all' || flags.dataset?.includes(',');
  if (several && flags.stream !== undefined)
    throw new UsageError('--stream is one stream, but each dataset has its own: name one --dataset.');
  if (several && flags.input !== undefined)
    throw new UsageError('--input has lines of one dataset: name one --dataset.');
}

const IMPERFECT = ['late', 'duplicates', 'malformed', 'hotKey', 'zipf'] as const;
const SHAPES = ['ramp', 'burst', 'daily'] as const;
/** Flags of events that are made. */
const MADE = ['seed', 'workers', 'manifest', ...IMPERFECT] as const;

const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
