import '../cli/sdk-warning.js';
import type { FaultContext } from '../cli/fault.js';
import { openEnvironment } from '../cli/open-environment.js';
import { Output } from '../cli/output.js';
import { runCommand, tell } from '../cli/run-command.js';
import { catchStopSignals } from '../cli/stop-signals.js';
import { UsageError } from '../cli/usage-error.js';
import { type Dataset, datasets } from '../datasets/index.js';
import { connectionFor, namesFor } from '../settings/index.js';
import { type RangeFlags, redriveCommand, type SendFlags } from './command.js';
import type { ObjectKind } from './stored-records.js';
import { inSeconds, timeRange } from './time-range.js';

const EXIT_CODES = { noAccess: 4 } as const;
const EXIT_OF = { 'nothing to send': 0, 'all sent': 0, declined: 1, 'some not sent': 3 } as const;

/** Milliseconds that a command has to end in when it is told to for the second time. */
const END_TIME = 2_000;

const context: FaultContext = {};
await runCommand(main, EXIT_CODES, context);

async function main(): Promise<number> {
  let exitCode = 0;
  const program = redriveCommand({
    list: async (flags) => {
      const { bucket, errors, output } = await open(flags);
      const { printList } = await import('./list.js');
      const objects = await printList(bucket, errors(), { format: flags.format, output });
      await output.flush();
      process.stderr.write(`${objects.toLocaleString('en')} objects of failed records.\n`);
      bucket.close();
    },
    show: async (flags) => {
      const { bucket, errors, output } = await open(flags);
      const { printRecords } = await import('./show.js');
      await printRecords(bucket, errors(), { ...flags, output });
      await output.flush();
      bucket.close();
    },
    send: async (kind, flags) => {
      exitCode = await send(kind, flags);
    },
  });
  await program.parseAsync();
  return exitCode;
}

async function send(kind: ObjectKind, flags: SendFlags): Promise<number> {
  const { map, again = false, yes = false, dryRun = false, to = 0 } = flags;
  if (kind === 'source' && to > Date.now()) {
    throw new UsageError(
      `--to is ${inSeconds(to)}, but must not be in the future: what is sent again comes into the backup too.`,
    );
  }
  const { loadMapping } = await import('./mapping.js');
  const mapping = map === undefined ? undefined : await loadMapping(map);
  const { settings, bucket, ...lake } = await open(flags);
  const [{ connectKinesis }, { sendAgain }] = await Promise.all([
    import('../producer/write/kinesis-connection.js'),
    import('./send.js'),
  ]);
  const kinesis = await connectKinesis(connectionFor(settings));
  const signals = catchStopSignals();
  // What has been acknowledged by then is still marked, unless a mapping or the network holds it up.
  signals.endNow.addEventListener('abort', () => {
    setTimeout(() => process.exit(signals.exitCode()), END_TIME).unref();
  });
  try {
    const stream = namesFor(settings).stream(lake.dataset.name);
    const common = { ...lake, kind, bucket, stream, send: kinesis.send, signals };
    const sent = await sendAgain({ ...common, mapping, map, code: flags.code, again, yes, dryRun });
    await lake.output.flush();
    if (sent.fatal !== undefined) return tell(sent.fatal, EXIT_CODES, context);
    return signals.exitCode() ?? EXIT_OF[sent.kind];
  } finally {
    signals.release();
    kinesis.close();
    bucket.close();
  }
}

/** What every action needs: the environment, its bucket, and what in it the flags are about. */
async function open({ dataset: name, from, to }: RangeFlags) {
  const range = timeRange(from, to);
  const dataset = datasetNamed(name);
  const settings = await openEnvironment((opened) => {
    context.settings = opened;
  });
  const [{ openLake }, { findObjects }] = await Promise.all([
    import('./open-lake.js'),
    import('./find-objects.js'),
  ]);
  const { bucket, place } = await openLake(settings);
  const table = namesFor(settings).table(dataset.name);
  const errors = () => findObjects(bucket, 'errors', table, range);
  return { settings, bucket, place, table, dataset, range, errors, output: new Output() };
}

function datasetNamed(name: string): Dataset {
  const dataset = datasets.find((known) => known.name === name);
  if (!dataset) throw new UsageError(`There is no dataset "${name}".`);
  return dataset;
}
