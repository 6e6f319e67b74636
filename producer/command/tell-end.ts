import type { StopSignals } from '../../cli/stop-signals.js';
import type { Settings } from '../../settings/index.js';
import type { UnusableRun } from '../spill/run-folder.js';
import { closingLines } from '../tell/closing-lines.js';
import type { RunFacts } from '../tell/run-facts.js';
import type { Say } from '../tell/say.js';
import { summaryOf } from '../tell/summary.js';
import { writeSummary } from '../tell/summary-file.js';
import type { Flags } from './flags.js';
import type { Sent } from './sending.js';

/** Some events were not delivered. */
const EXIT_UNDELIVERED = 3;

interface Ending {
  readonly settings: Settings;
  readonly signals: StopSignals;
  /** Runs that were to be sent, and cannot be used. */
  readonly unusable: readonly UnusableRun[];
  readonly say: Say;
  /** What went wrong besides: a file that could not be closed. */
  readonly error: unknown;
  /** Tells an error, and gives the exit code that it stands for. */
  readonly tellFault: (error: unknown) => number;
}

/** Tells what became of the events, writes the summary, and gives the exit code. */
export async function tellEnd(results: readonly Sent[], flags: Flags, ending: Ending): Promise<number> {
  const { settings, signals, unusable, say, error: closing, tellFault } = ending;
  const faults = new Set(
    [...results.flatMap(({ report, error }) => [report.fatal, error]), closing].filter(
      (fault) => fault !== undefined,
    ),
  );
  const otherCode =
    signals.exitCode() ?? (results.some(isUndelivered) || unusable.length > 0 ? EXIT_UNDELIVERED : 0);
  const isMuted = flags.quiet && faults.size === 0 && otherCode === 0 && !results.some(isToBeSentAgain);
  for (const result of results) {
    if (isMuted || isMute(result)) continue;
    for (const line of closingLines(result.report, factsOf(result, flags, settings, 0))) say(line);
  }
  for (const { name, problem } of unusable) say(`${name} in ${flags.replay} is left as it is: ${problem}`);
  const [exitCode = otherCode] = [...faults].map(tellFault);
  if (flags.summaryJson !== undefined) {
    const summaries = results.map((result) =>
      summaryOf(result.report, factsOf(result, flags, settings, exitCode)),
    );
    const [only, ...others] = summaries;
    await writeSummary(flags.summaryJson, only && others.length === 0 ? only : summaries);
  }
  return exitCode;
}

/** Whether there are events that are not on the stream, or of which that is not known. */
function isUndelivered({ report, spill }: Sent): boolean {
  const isUncertain = spill?.damaged.some(({ uncertain, isAtLeast }) => uncertain > 0 || isAtLeast);
  return report.acknowledged < report.taken || isUncertain === true;
}

/** Whether there are events that were acknowledged, and were sent again or will be, for what the disk has done. */
function isToBeSentAgain({ spill }: Sent): boolean {
  return spill !== undefined && spill.unmarked + spill.damaged.length > 0;
}

/** Where nothing was sent at all, and nothing is kept, the reason is all there is to say. */
function isMute({ report, spill }: Sent): boolean {
  if (spill?.damaged.length) return false;
  const { fatal, acknowledged, possiblyDelivered, spilled } = report;
  return fatal !== undefined && acknowledged === 0 && possiblyDelivered === 0 && spilled === 0;
}

function factsOf(result: Sent, flags: Flags, { region }: Settings, exitCode: number): RunFacts {
  const { source, startedAt, milliseconds, cost, punctuality, spill } = result;
  return {
    dataset: source.dataset,
    stream: source.streamName,
    ...{ region, startedAt, milliseconds, exitCode, cost },
    deadLetterFile: flags.deadLetter,
    spillFolder: spill && (flags.spillDir ?? flags.replay),
    unmarked: spill?.unmarked,
    damaged: spill?.damaged,
    ...(Number.isFinite(flags.rate) && {
      lateStarts: punctuality.late,
      latestStart: punctuality.latest,
      droppedStarts: punctuality.dropped,
    }),
  };
}
