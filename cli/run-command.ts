import './sdk-warning.js';
import { type Fault, type FaultContext, faultOf } from './fault.js';

/** The exit codes in which the commands differ; success is 0, and wrong usage or settings are 2 in all of them. */
export interface ExitCodes {
  /** AWS could not be reached, let the caller in, or had no such stream, workgroup or database. */
  readonly noAccess: number;
}

/** What went wrong otherwise. */
const EXIT_UNKNOWN = 1;
const EXIT_USAGE = 2;

/**
 * Runs a command line to its exit code. Whatever `main` throws becomes one or two lines on stderr; a stack trace is
 * shown only with `LAKEHOUSE_DEBUG=1` (or `DEBUG` set).
 *
 * @param main gives the exit code.
 * @param context what is known of the environment when something goes wrong: filled by `main` as it learns it.
 */
export async function runCommand(
  main: () => Promise<number>,
  exitCodes: ExitCodes,
  context: FaultContext = {},
): Promise<void> {
  // `2>&1 | head`: nobody is left to be told.
  process.stderr.on('error', () => {});
  // `--help | head`: whoever left has read enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const fail = (error: unknown) => {
    process.exitCode = tell(error, exitCodes, context);
  };
  process.on('uncaughtException', (error) => {
    fail(error);
    process.exit();
  });
  try {
    process.exitCode = await main();
  } catch (error) {
    fail(error);
  }
}

/** Tells what went wrong on stderr, and gives the exit code that it stands for. */
export function tell(error: unknown, exitCodes: ExitCodes, context: FaultContext): number {
  const fault = faultOf(error, context);
  const { say = (line) => process.stderr.write(`${line}\n`) } = context;
  for (const line of fault.lines) say(line);
  if (fault.kind !== 'none' && wantsStack() && error instanceof Error)
    process.stderr.write(`${error.stack}\n`);
  return exitCodeOf(fault, exitCodes);
}

function exitCodeOf({ kind }: Fault, { noAccess }: ExitCodes): number {
  if (kind === 'none') return 0;
  if (kind === 'usage') return EXIT_USAGE;
  return kind === 'unknown' || kind === 'unmet' ? EXIT_UNKNOWN : noAccess;
}

/** Whether stack traces are wanted on the screen. */
export const wantsStack = () => process.env.LAKEHOUSE_DEBUG === '1' || Boolean(process.env.DEBUG);
