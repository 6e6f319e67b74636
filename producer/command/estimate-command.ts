import { Output } from '../../cli/output.js';
import { loadSettings } from '../../settings/index.js';
import { costLines } from '../cost/cost-lines.js';
import { estimateCost } from '../cost/estimate.js';
import { generateBlocks } from '../generate/generate-blocks.js';
import { scheduleOf } from '../pace/schedule.js';
import { AUTO_PACK } from '../pack/packer.js';
import type { Flags } from './flags.js';
import type { RunPlan } from './run-plan.js';

/** Events that the average size is taken of. */
const SAMPLE = 1_000;
/** Events a second where no rate is asked for: a stream's cost by the hour depends on it. */
const ASSUMED_RATE = 1_000;

/** Tells on stdout what the events would cost; sends nothing, and needs no account. */
export async function estimateCommand(flags: Flags, plan: RunPlan): Promise<number> {
  const { region } = loadSettings(process.env);
  const output = new Output();
  for (const dataset of plan.datasets) {
    const bytesPerEvent = await averageBytes(generateBlocks(dataset, { amount: SAMPLE, seed: 0 }));
    const events = eventsOf(flags, plan, bytesPerEvent);
    const estimate = estimateCost({
      events,
      bytesPerEvent,
      pace: paceOf(flags, plan, events),
      packBytes: typeof flags.pack === 'number' ? flags.pack : AUTO_PACK,
      linger: flags.linger,
      ...(flags.lanes !== undefined && { lanes: flags.lanes }),
    });
    if (plan.datasets.length > 1) await output.write(`${dataset.name}: `);
    for (const line of costLines(estimate, region)) await output.write(`${line}\n`);
    if (plan.rate.kind === 'max' && flags.duration === undefined)
      await output.write(`The rate is assumed; --rate says another.\n`);
  }
  await output.flush();
  return 0;
}

async function averageBytes(
  blocks: AsyncIterable<{ lines: Uint8Array; ends: Uint32Array }>,
): Promise<number> {
  let [bytes, events] = [0, 0];
  for await (const { lines, ends } of blocks) {
    bytes += lines.byteLength;
    events += ends.length;
  }
  return Math.round(bytes / Math.max(1, events));
}

/** How many events the flags allow. */
function eventsOf({ bytes, duration }: Flags, { amount, rate }: RunPlan, bytesPerEvent: number): number {
  const schedule = scheduleOf(rate);
  const byTime =
    duration === undefined ? undefined : (schedule?.dueAt(duration) ?? (duration / 1_000) * ASSUMED_RATE);
  const bySize = bytes === undefined ? undefined : Math.ceil(bytes / bytesPerEvent);
  const limits = [amount, byTime, bySize].filter((limit) => limit !== undefined);
  return Math.max(1, Math.round(Math.min(...limits)));
}

function paceOf({ duration }: Flags, { rate }: RunPlan, events: number) {
  const schedule = scheduleOf(rate);
  if (schedule) return { seconds: Math.max(1, schedule.startOf(events)) / 1_000 };
  return duration === undefined ? { eventsPerSecond: ASSUMED_RATE } : { seconds: duration / 1_000 };
}
