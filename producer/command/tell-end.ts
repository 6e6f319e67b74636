import type { StopSignals } from '../../cli/stop-signals.js';
import type { Settings } from '../../settings/index.js';
import { closingLines } from '../tell/closing-lines.js';
import type { RunFacts } from '../tell/run-facts.js';
import { summaryOf } from '../tell/summary.js';
import { writeSummary } from '../tell/summary-file.js';
import type { Flags } from './flags.js';
import type { Sent } from './sending.js';

/** Some events were not delivered. */
const EXIT_UNDELIVERED = 3;

interface Ending {
  readonly settings: Settings;
  readonly signals: StopSignals;
  /** What went wrong besides: a file that could not be closed. */
  readonly error: unknown;
  /** Tells an error, and gives the exit code that it stands for. */
  readonly tellFault: (error: unknown) => number;
}

/** Tells what became of the events, writes the summary, and gives the exit code. */
export async function tellEnd(results: readonly Sent[], flags: Flags, ending: Ending): Promise<number> {
  const { settings, signals, error: closing, tellFault } = ending;
  for (const result of results) {
    if (isMute(result)) continue;
    for (const line of closingLines(result.report, factsOf(result, flags, settings, 0)))
      process.stderr.write(`${line}\n`);
  }
  const faults = results.flatMap(({ report, error }) =>
    [report.fatal, error].filter((fault) => fault !== undefined),
  );
  const codes = [...new Set([...faults, ...(closing === undefined ? [] : [closing])])].map(tellFault);
  const isUndelivered = results.some(({ report }) => report.acknowledged < report.taken);
  const exitCode = codes[0] ?? signals.exitCode() ?? (isUndelivered ? EXIT_UNDELIVERED : 0);
  if (flags.summaryJson !== undefined) {
    const summaries = results.map((result) =>
      summaryOf(result.report, factsOf(result, flags, settings, exitCode)),
    );
    const [only, ...others] = summaries;
    await writeSummary(flags.summaryJson, only && others.length === 0 ? only : summaries);
  }
  return exitCode;
}

/** Where nothing was sent at all, and nothing is kept, the reason is all there is to say. */
function isMute({ report }: Sent): boolean {
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
    ...(Number.isFinite(flags.rate) && {
      lateStarts: punctuality.late,
      latestStart: punctuality.latest,
      droppedStarts: punctuality.dropped,
    }),
  };
}
