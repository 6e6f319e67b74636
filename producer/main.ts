import '../cli/sdk-warning.js';
import type { FaultContext } from '../cli/fault.js';
import { openEnvironment } from '../cli/open-environment.js';
import { runCommand } from '../cli/run-command.js';
import { catchStopSignals } from '../cli/stop-signals.js';
import { connectionFor } from '../settings/index.js';
import { command, type Flags } from './command/flags.js';
import { runPlan } from './command/run-plan.js';

const exitCodes = { noAccess: 4 } as const;
const context: FaultContext = {};

await runCommand(main, exitCodes, context);

// What is needed for sending is loaded when it is, so that `--help` and a mistyped flag need not wait for it.
async function main(): Promise<number> {
  const flags = command().parse().opts<Flags>();
  const plan = runPlan(flags);
  if (flags.estimateCost) return (await import('./command/estimate-command.js')).estimateCommand(flags, plan);
  const signals = catchStopSignals();
  try {
    if (flags.dryRun) return await (await import('./command/dry-run.js')).dryRun(flags, plan, signals);
    const settings = await openEnvironment((opened) => {
      context.settings = opened;
    });
    const [{ connectKinesis }, { sendAll }] = await Promise.all([
      import('./write/kinesis-connection.js'),
      import('./command/send-all.js'),
    ]);
    const kinesis = await connectKinesis(connectionFor(settings));
    try {
      return await sendAll(flags, plan, { settings, kinesis, signals, exitCodes, context });
    } finally {
      kinesis.close();
    }
  } finally {
    signals.release();
  }
}
