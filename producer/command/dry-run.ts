import { open } from 'node:fs/promises';
import { Output } from '../../cli/output.js';
import type { StopSignals } from '../../cli/stop-signals.js';
import { manifestLines } from '../generate/manifest.js';
import { Pace } from '../pace/pace.js';
import { scheduleOf } from '../pace/schedule.js';
import { DeadLetterFile } from '../tell/dead-letter.js';
import { sayIn } from '../tell/say.js';
import type { Flags } from './flags.js';
import type { RunPlan } from './run-plan.js';
import { sourceOf } from './source.js';

/** Some events could not be sent. */
const EXIT_REFUSED = 3;

/** Writes the events to stdout as they would be sent, at the same pace; what could never be sent is told. */
export async function dryRun(flags: Flags, plan: RunPlan, { stop, exitCode }: StopSignals): Promise<number> {
  const output = new Output();
  const say = sayIn(flags.logFormat);
  const deadLetters = flags.deadLetter === undefined ? undefined : new DeadLetterFile(flags.deadLetter);
  const manifest = flags.manifest === undefined ? undefined : await open(flags.manifest, 'w');
  const unknownFields = new Set<string>();
  let events = 0;
  let refusals = 0;
  for (const dataset of plan.datasets) {
    const source = await sourceOf(dataset, '', flags, plan, (field) => unknownFields.add(field));
    const begin = Date.now();
    const pace = new Pace({
      schedule: scheduleOf(plan.rate, begin),
      duration: flags.duration,
      amount: plan.amount,
      bytes: flags.bytes,
      stop: AbortSignal.any([stop, output.readerLeft]),
    });
    let taken = 0;
    for await (const { block } of pace.run(source.blocks(begin))) {
      await manifest?.write(manifestLines(block, taken));
      for (const { offset, ...refused } of block.refused ?? []) {
        refusals++;
        deadLetters?.add({ ...refused, index: taken + offset });
        if (!deadLetters) say(`${place(refused.line, taken + offset)}: ${refused.message}`);
      }
      await output.write(Buffer.from(block.lines).toString());
      taken += block.ends.length;
    }
    events += taken;
  }
  await output.flush();
  deadLetters?.close();
  await manifest?.close();
  if (flags.input === '-') process.stdin.destroy();
  if (unknownFields.size > 0)
    say(
      `No column, and left out by Firehose: ${[...unknownFields].map((field) => JSON.stringify(field)).join(', ')}.`,
    );
  const code = exitCode() ?? (refusals > 0 ? EXIT_REFUSED : 0);
  if (!flags.quiet || code !== 0)
    say(
      `${events.toLocaleString('en')} events, ${refusals.toLocaleString('en')} refused; none was sent (--dry-run).`,
    );
  return code;
}

const place = (line: number | undefined, event: number) =>
  line === undefined ? `Event ${event}` : `Line ${line}`;
