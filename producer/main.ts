import '../cli/sdk-warning.js';
import type { FaultContext } from '../cli/fault.js';
import { openEnvironment } from '../cli/open-environment.js';
import { runCommand } from '../cli/run-command.js';
import { catchStopSignals, type StopSignals } from '../cli/stop-signals.js';
import { connectionFor } from '../settings/index.js';
import { command } from './command/command-line.js';
import { checkFiles } from './command/flag-files.js';
import type { Flags } from './command/flags.js';
import { stopWithNpm } from './command/orphan.js';
import { runPlan } from './command/run-plan.js';
import { sayIn } from './tell/say.js';

const exitCodes = { noAccess: 4 } as const;
/** Milliseconds that a run has to tell what it has not sent when it is to end at once. */
const LAST_WORDS = 2_000;

const context: FaultContext = {};

await runCommand(main, exitCodes, context);

// What is needed for sending is loaded when it is, so that `--help` and a mistyped flag need not wait for it.
async function main(): Promise<number> {
  const flags = command().parse().opts<Flags>();
  const plan = runPlan(flags);
  if (flags.estimateCost) return (await import('./command/estimate-command.js')).estimateCommand(flags, plan);
  checkFiles(flags);
  const say = sayIn(flags.logFormat);
  context.say = say;
  const signals = catchStopSignals();
  const release = stopWithNpm();
  try {
    if (flags.dryRun) return await (await import('./command/dry-run.js')).dryRun(flags, plan, signals);
    const settings = await openEnvironment((opened) => {
      context.settings = opened;
    }, say);
    const [{ connectKinesis }, { sendAll }] = await Promise.all([
      import('./write/kinesis-connection.js'),
      import('./command/send-all.js'),
    ]);
    const kinesis = await connectKinesis(connectionFor(settings));
    try {
      return await orEnded(signals, sendAll(flags, plan, { settings, kinesis, signals, exitCodes, context }));
    } finally {
      kinesis.close();
    }
  } finally {
    release();
    signals.release();
  }
}

/** The run's exit code, or that of the signal where the second one does not end it: it may wait for what never comes. */
function orEnded({ endNow, exitCode }: StopSignals, run: Promise<number>): Promise<number> {
  return new Promise((resolve, reject) => {
    run.then(resolve, reject);
    endNow.addEventListener('abort', () => {
      setTimeout(() => process.exit(exitCode()), LAST_WORDS).unref();
    });
  });
}
