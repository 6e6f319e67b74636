import '../cli/sdk-warning.js';
import { defineCommand } from '../cli/command.js';
import type { FaultContext } from '../cli/fault.js';
import { openEnvironment } from '../cli/open-environment.js';
import { Output } from '../cli/output.js';
import { runCommand, tell } from '../cli/run-command.js';
import { catchStopSignals } from '../cli/stop-signals.js';
import { UsageError } from '../cli/usage-error.js';
import { wholeNumber } from '../cli/whole-number.js';
import { type Dataset, datasets } from '../datasets/index.js';
import { connectionFor, namesFor } from '../settings/index.js';
import { closingLines } from './closing-lines.js';
import type { Settled } from './writer-options.js';

const EXIT_CODES = { noAccess: 4 } as const;
const EXIT_UNDELIVERED = 3;

/** Up to so many events are printed one by one. */
const PRINTED = 100;

interface Flags {
  readonly amount: number;
  readonly dataset?: string;
  readonly stream?: string;
  readonly seed?: number;
  readonly quiet?: true;
}

const context: FaultContext = {};
await runCommand(main, EXIT_CODES, context);

async function main(): Promise<number> {
  const flags = command().parse().opts<Flags>();
  const dataset = datasetNamed(flags.dataset);
  const settings = await openEnvironment((opened) => {
    context.settings = opened;
  });
  const streamName = flags.stream ?? namesFor(settings).stream(dataset.name);

  const [{ generate }, { connectKinesis }, { pack }, { produce }] = await Promise.all([
    import('./generate.js'),
    import('./kinesis-connection.js'),
    import('./pack.js'),
    import('./produce.js'),
  ]);
  const kinesis = await connectKinesis(connectionFor(settings));
  const output = new Output();
  const observer = await observe(flags, output);
  const signals = catchStopSignals();
  signals.stop.addEventListener('abort', () =>
    process.stderr.write('Stopping: what was taken is still sent; once more to end at once.\n'),
  );
  const start = performance.now();
  const report = await produce({
    events: generate(dataset, { amount: flags.amount, seed: flags.seed }),
    pack: (event) => pack(dataset, event),
    streamName,
    send: kinesis.send,
    stop: signals.stop,
    endNow: signals.endNow,
    onSettled: observer.settled,
  });
  kinesis.close();
  signals.release();
  observer.stop();
  await output.flush();

  const ended = report.fatal === undefined ? undefined : () => tell(report.fatal, EXIT_CODES, context);
  // Where nothing was sent at all, the reason is all there is to say.
  if (ended && report.acknowledged === 0 && report.possiblyDelivered === 0) return ended();
  for (const line of closingLines(report, streamName, performance.now() - start)) {
    process.stderr.write(`${line}\n`);
  }
  return ended?.() ?? signals.exitCode() ?? (report.failed > 0 ? EXIT_UNDELIVERED : 0);
}

function command() {
  return defineCommand('producer', 'Sends fake events of a dataset to its Kinesis stream.')
    .option('--amount <n>', 'how many events', wholeNumber(1, 1e12), 10)
    .option('--dataset <name>', `of which dataset: ${datasetNames()} (default: ${datasets[0]?.name})`)
    .option('--stream <name>', "to which stream (default: the dataset's in this environment)", streamName)
    .option('--seed <n>', 'the same seed gives the same events', wholeNumber(0, Number.MAX_SAFE_INTEGER))
    .option('--quiet', 'print no events')
    .addHelpText(
      'after',
      `
Up to ${PRINTED} events are printed on stdout as they are acknowledged; the counts go to stderr.
LAKEHOUSE_ENV chooses the environment: local, dev (default) or prod.

Exit codes: 0 all acknowledged, 2 wrong usage or settings, 3 some not delivered,
4 no access, no server or no such stream, 130 and 143 stopped by SIGINT and SIGTERM.`,
    );
}

function datasetNamed(name: string | undefined): Dataset {
  const dataset = name === undefined ? datasets[0] : datasets.find((known) => known.name === name);
  if (!dataset) throw new UsageError(`--dataset is "${name}", but must be one of ${datasetNames()}.`);
  return dataset;
}

function datasetNames(): string {
  return datasets.map(({ name }) => name).join(', ');
}

/** Kinesis's rule for a stream's name. */
function streamName(text: string): string {
  if (/^[a-zA-Z0-9_.-]{1,128}$/.test(text)) return text;
  throw new UsageError(`--stream is "${text}", but must be 1 to 128 letters, digits, "_", "." or "-".`);
}

/** Whom the events are shown to: a few to the reader of stdout, many as a bar. */
async function observe({ amount, quiet }: Flags, output: Output) {
  if (amount <= PRINTED && !quiet) {
    const { EventPrinter } = await import('./event-printer.js');
    const printer = new EventPrinter((line) => void output.write(line));
    return {
      settled: (event: Readonly<Record<string, unknown>>, index: number, settled: Settled) =>
        printer.settled(event, index, settled),
      stop: () => {},
    };
  }
  const { showProgress } = await import('./progress.js');
  const progress = await showProgress(amount);
  return { settled: () => progress.advance(), stop: () => progress.stop() };
}
