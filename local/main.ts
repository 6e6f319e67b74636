import { Option } from 'commander';
import { defineCommand } from '../cli/command.js';
import { runCommand } from '../cli/run-command.js';
import { catchStopSignals } from '../cli/stop-signals.js';
import { wholeNumber } from '../cli/whole-number.js';
import { type LocalAws, startLocalAws } from './local-aws.js';
import type { Answered } from './wire/request-handler.js';

const EXIT_FAILED = 1;

interface Options {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly provision?: true;
  readonly throttle?: true;
  readonly log?: 'requests';
}

const command = defineCommand(
  'local',
  'AWS on this machine: Kinesis, Firehose, S3, Glue, Athena and STS on one port.',
)
  .option('--port <number>', 'port to listen on; 0 takes a free one', wholeNumber(0, 65_535), 4566)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--data-dir <folder>', 'where everything is kept', '.lakehouse')
  .option(
    '--provision',
    'create the stack of LAKEHOUSE_ENV=local, without Terraform; leaves alone what is there',
  )
  .option('--throttle', 'keep to what AWS allows a Kinesis shard a second')
  .addOption(
    new Option('--log <what>', 'tell on stderr what was answered, and how fast').choices(['requests']),
  );

await runCommand(
  async () => {
    const options = command.parse().opts<Options>();
    const signals = catchStopSignals();
    let local: LocalAws;
    try {
      local = await startLocalAws({
        port: options.port,
        host: options.host,
        dataDir: options.dataDir,
        throttle: options.throttle === true,
        onTrouble,
        ...(options.log && { onAnswered: logRequest }),
      });
    } catch (error) {
      process.stderr.write(`${startProblem(error, options)}\n`);
      return EXIT_FAILED;
    }
    try {
      if (options.provision) {
        // Not before it is wanted: it loads six SDK clients.
        const { provisionStacks } = await import('./provision-stacks.js');
        await provisionStacks(local.endpoint, (line) => process.stderr.write(`${line}\n`));
      }
      if (!signals.stop.aborted) {
        process.stdout.write(`Local AWS ready at ${local.endpoint}\n`);
        await new Promise((resolve) => signals.stop.addEventListener('abort', resolve, { once: true }));
      }
      return 0;
    } catch (error) {
      process.stderr.write(`The stack could not be created. ${(error as Error).message}\n`);
      return EXIT_FAILED;
    } finally {
      signals.endNow.addEventListener('abort', () => process.exit(signals.exitCode()));
      await local.close();
      signals.release();
    }
  },
  { noAccess: EXIT_FAILED },
);

/** A line such as `kinesis:PutRecords 200 1.4 ms`. What the caller named is of any text, and must not end the line. */
function logRequest({ service, operation, status, milliseconds }: Answered): void {
  const named = `${service}:${operation}`.replace(/[^ -~]/g, '?');
  process.stderr.write(`${named} ${status} ${milliseconds.toFixed(1)} ms\n`);
}

function onTrouble(message: string, error: unknown): void {
  const reason =
    error instanceof Error ? (process.env.LAKEHOUSE_DEBUG === '1' ? error.stack : error.message) : error;
  process.stderr.write(`${message}: ${reason}\n`);
}

/** Why local AWS did not start, in one line that says what to do. */
function startProblem(error: unknown, { host, port, dataDir }: Options): string {
  const { code, name, message } = error as NodeJS.ErrnoException;
  if (name === 'DataFolderError') return message;
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is in use; stop what listens there or choose another with --port.`;
  }
  if (code === 'EACCES')
    return `Port ${port} on ${host} may not be used (${code}); choose another with --port.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${host} is no address of this machine (${code}).`;
  return `Local AWS could not start with the data folder ${dataDir}: ${message}`;
}
