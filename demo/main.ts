import '../cli/sdk-warning.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineCommand } from '../cli/command.js';
import { runCommand } from '../cli/run-command.js';
import { catchStopSignals, type StopSignals } from '../cli/stop-signals.js';
import { wholeNumber } from '../cli/whole-number.js';
import { customers } from '../datasets/index.js';
import { type LocalAwsProcess, startLocalAwsProcess } from './local-aws-process.js';
import { tellStory } from './story.js';

/** Every event is kept until its row has come back. */
const MOST_EVENTS = 1_000_000;

const command = defineCommand(
  'demo',
  'The whole path on this machine: events in, rows of Parquet out.',
).option('--amount <n>', 'how many events', wholeNumber(1, MOST_EVENTS), 10);

await runCommand(
  async () => {
    const { amount } = command.parse().opts<{ amount: number }>();
    const signals = catchStopSignals();
    const dataDir = await mkdtemp(path.join(tmpdir(), 'lakehouse-demo-'));
    let local: LocalAwsProcess | undefined;
    try {
      const started = performance.now();
      local = await orStopped(signals, startLocalAwsProcess(dataDir));
      const isWhole = await orStopped(
        signals,
        Promise.race([tellStory({ local, dataset: customers, amount, started }), local.ended]),
      );
      return isWhole ? 0 : 1;
    } catch (error) {
      if (!signals.stop.aborted) throw error;
      process.stderr.write('Stopped.\n');
      return signals.exitCode() ?? 1;
    } finally {
      await local?.stop();
      await rm(dataDir, { recursive: true, force: true });
      signals.release();
    }
  },
  { noAccess: 1 },
);

/** Gives what the work gives, or rejects as soon as the user wants to stop. */
function orStopped<T>(signals: StopSignals, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    work.then(resolve, reject);
    signals.stop.addEventListener('abort', () => reject(signals.stop.reason), { once: true });
  });
}
