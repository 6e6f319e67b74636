import '../cli/sdk-warning.js';
import { deployFirst, type FaultContext } from '../cli/fault.js';
import { openEnvironment } from '../cli/open-environment.js';
import { Output } from '../cli/output.js';
import { runCommand, tell } from '../cli/run-command.js';
import { catchStopSignals } from '../cli/stop-signals.js';
import { UsageError } from '../cli/usage-error.js';
import { connectionFor, namesFor, type Settings } from '../settings/index.js';
import { command, type Flags } from './command/flags.js';
import { listQueries } from './command/list-queries.js';
import { allQueries, plannedStatements } from './command/planned-statements.js';
import { printingOf } from './command/printing-flags.js';
import { queryFaultLines } from './command/query-fault.js';
import { StatementRunner } from './command/statement-runner.js';
import { QueryCancelledError } from './error/query-cancelled-error.js';
import { ScanLimitError } from './error/scan-limit-error.js';
import { DEFAULT_POLLING, LOCAL_POLLING } from './poll-delays.js';
import type { PromptOptions } from './prompt/prompt.js';
import { AthenaSession } from './session.js';
import type { Sql } from './sql/sql.js';

const EXIT_CODES = { noAccess: 3 } as const;
const EXIT_FAILED = 1;
const EXIT_CANCELLED = 130;

const context: FaultContext = {};
await runCommand(main, EXIT_CODES, context);

async function main(): Promise<number> {
  const program = command().parse();
  const flags = program.opts<Flags>();
  const output = new Output();
  if (flags.list) return listQueries(allQueries(), output);
  const statements = await plannedStatements(program.args[0], flags);
  const printing = await printingOf(flags, statements?.length);
  if (!statements && !(process.stdin.isTTY && output.isTerminal))
    throw new UsageError(
      'Give a statement, as in: npm run query -- "SELECT 1", or --file or --name. On a terminal, none is a prompt.',
    );
  if (flags.dryRun) return dryRun(statements ?? [], output);
  const remember = (opened: Settings) => {
    context.settings = opened;
  };
  const settings = await openEnvironment(remember, flags.quiet && (() => {}));
  const session = sessionFor(settings, flags);
  const runner = new StatementRunner({
    session,
    settings,
    output,
    stderr: process.stderr,
    quiet: flags.quiet,
    maxScan: flags.maxScan,
  });
  try {
    if (statements)
      return await runAll(statements, settings, (sql, stop) => runner.run(sql, printing, stop), runner);
    const tellAny = (error: unknown) => {
      if (tellFault(error, settings) === undefined) tell(error, EXIT_CODES, context);
    };
    return await openPrompt({ session, settings, runner, printing, tellFault: tellAny });
  } finally {
    await session.close();
  }
}

/** The prompt, which is loaded when there is somebody to type. */
async function openPrompt(
  options: Pick<PromptOptions, 'runner' | 'printing' | 'tellFault'> & {
    readonly session: AthenaSession;
    readonly settings: Settings;
  },
): Promise<number> {
  const { session, settings, ...others } = options;
  const [{ prompt }, { glueCatalog }, { historyFile, PromptHistory }] = await Promise.all([
    import('./prompt/prompt.js'),
    import('./prompt/catalog.js'),
    import('./prompt/prompt-history.js'),
  ]);
  return prompt({
    ...others,
    name: session.database,
    catalog: glueCatalog(connectionFor(settings), session.database),
    history: new PromptHistory(historyFile(process.env)),
  });
}

/** Runs one after another, up to the first that does not succeed. */
async function runAll(
  statements: readonly Sql[],
  settings: Settings,
  run: (statement: Sql, stop: AbortSignal) => Promise<void>,
  runner: StatementRunner,
): Promise<number> {
  const signals = catchStopSignals();
  signals.endNow.addEventListener('abort', () => process.exit(signals.exitCode()));
  try {
    for (const statement of statements) await run(statement, signals.stop);
    if (statements.length > 1) runner.say(runner.total);
    return signals.exitCode() ?? 0;
  } catch (error) {
    const code = tellFault(error, settings);
    if (code === undefined) throw error;
    return code === EXIT_CANCELLED ? (signals.exitCode() ?? code) : code;
  } finally {
    signals.release();
  }
}

/** Tells a query's own end, and gives its exit code; undefined for any other trouble. */
function tellFault(error: unknown, settings: Settings): number | undefined {
  const lines = queryFaultLines(error, deployFirst(settings));
  if (!lines) return undefined;
  for (const line of lines) process.stderr.write(`${line}\n`);
  return error instanceof QueryCancelledError && !(error instanceof ScanLimitError)
    ? EXIT_CANCELLED
    : EXIT_FAILED;
}

function sessionFor(settings: Settings, { maxScan, reuse, workgroup }: Flags): AthenaSession {
  const names = namesFor(settings);
  return new AthenaSession({
    connection: connectionFor(settings),
    workgroup: workgroup ?? names.workgroup,
    database: names.database,
    maxScan,
    reuse,
    polling: settings.environment === 'local' ? LOCAL_POLLING : DEFAULT_POLLING,
  });
}

async function dryRun(statements: readonly Sql[], output: Output): Promise<number> {
  for (const statement of statements) await output.write(`${statement.toText()};\n`);
  await output.flush();
  return 0;
}
