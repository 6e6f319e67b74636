import '../cli/sdk-warning.js';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Option } from 'commander';
import { defineCommand } from '../cli/command.js';
import { deployFirst, type FaultContext } from '../cli/fault.js';
import { openEnvironment } from '../cli/open-environment.js';
import { Output } from '../cli/output.js';
import { runCommand } from '../cli/run-command.js';
import { catchStopSignals, type StopSignals } from '../cli/stop-signals.js';
import { UsageError } from '../cli/usage-error.js';
import { connectionFor, namesFor, type Settings } from '../settings/index.js';
import { footer } from './footer.js';
import { FORMATS, type FormatName } from './format/formats.js';
import { DEFAULT_POLLING } from './poll-delays.js';
import { QueryCancelledError } from './query-cancelled-error.js';
import { queryFaultLines } from './query-fault.js';
import { AthenaSession } from './session.js';

const EXIT_CODES = { noAccess: 3 } as const;
const EXIT_FAILED = 1;
const EXIT_CANCELLED = 130;

/** Milliseconds until the first look at a query: local AWS answers most at once, and no call costs anything. */
const LOCAL_FIRST_POLL = 10;

const context: FaultContext = {};
await runCommand(main, EXIT_CODES, context);

async function main(): Promise<number> {
  const program = command().parse();
  const { format, file } = program.opts<{ format: FormatName; file?: string }>();
  const sql = await statement(program.args[0], file);
  const settings = await openEnvironment((opened) => {
    context.settings = opened;
  });
  const signals = catchStopSignals();
  signals.endNow.addEventListener('abort', () => process.exit(signals.exitCode()));
  try {
    await run(sql, format, settings, signals);
    return signals.exitCode() ?? 0;
  } catch (error) {
    const lines = queryFaultLines(error, deployFirst(settings));
    if (!lines) throw error;
    for (const line of lines) process.stderr.write(`${line}\n`);
    return error instanceof QueryCancelledError ? (signals.exitCode() ?? EXIT_CANCELLED) : EXIT_FAILED;
  } finally {
    signals.release();
  }
}

/** Runs the statement; rows go to stdout, what it took to stderr. */
async function run(sql: string, format: FormatName, settings: Settings, signals: StopSignals): Promise<void> {
  const { workgroup, database } = namesFor(settings);
  const session = new AthenaSession({
    connection: connectionFor(settings),
    workgroup,
    database,
    polling: { ...DEFAULT_POLLING, ...(settings.environment === 'local' && { first: LOCAL_FIRST_POLL }) },
  });
  try {
    const result = await session.query(sql, { signal: signals.stop });
    const output = new Output();
    const terminal = output.isTerminal;
    const options = { terminal, color: terminal && !process.env.NO_COLOR };
    for await (const piece of FORMATS[format](result.columns, result.cells(), options)) {
      await output.write(piece);
      if (output.readerLeft.aborted) break;
    }
    await output.flush();
    process.stderr.write(`${footer(result.statistics, result.rowsRead)}\n`);
  } finally {
    await session.close();
  }
}

async function statement(argument: string | undefined, file: string | undefined): Promise<string> {
  if ((argument === undefined) === (file === undefined))
    throw new UsageError(
      'Give one statement, as in: npm run query -- "SELECT 1", or a file of one with --file.',
    );
  const sql = (argument ?? (await textOf(file ?? '-'))).trim().replace(/\s*;$/, '');
  if (sql === '') throw new UsageError('The statement is empty.');
  return sql;
}

async function textOf(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw new UsageError(`--file is "${file}", but must be a file that can be read (${code}).`);
  }
}

function command() {
  return defineCommand('query', "Runs SQL in the environment's Athena workgroup and database.")
    .argument('[sql]', 'the statement')
    .option(
      '-f, --file <file>',
      'read the statement from a file such as queries/*.sql, or from stdin with "-"',
    )
    .addOption(
      new Option('--format <format>', 'how rows are printed').choices(Object.keys(FORMATS)).default('table'),
    )
    .addHelpText(
      'after',
      `
Rows go to stdout, what the query took to stderr. Ctrl-C stops the query on the server.
LAKEHOUSE_ENV chooses the environment: local, dev (default) or prod.

Exit codes: 0 succeeded, 1 the query failed, 2 wrong usage or settings, 3 no connection or access,
130 and 143 cancelled by SIGINT and SIGTERM.`,
    );
}
