import { type Command, InvalidArgumentError, Option } from 'commander';
import { defineCommand } from '../../cli/command.js';
import { momentBefore } from '../../cli/moment.js';
import { byteCount, milliseconds } from '../../cli/quantity.js';
import { wholeNumber } from '../../cli/whole-number.js';
import { FORMATS, type FormatName } from '../format/formats.js';

/** The flags as they were given. Times are milliseconds, sizes bytes. */
export interface Flags {
  readonly file?: string;
  readonly name?: string;
  readonly param?: readonly (readonly [name: string, value: string])[];
  readonly workgroup?: string;
  readonly list?: true;
  readonly from?: number;
  readonly to?: number;
  readonly late?: number;
  readonly format?: FormatName | 'parquet';
  readonly output?: string;
  readonly maxRows?: number;
  readonly maxScan?: number;
  readonly reuse?: number;
  readonly dryRun?: true;
  readonly quiet?: true;
}

export const FORMAT_NAMES = [...(Object.keys(FORMATS) as FormatName[]), 'parquet'] as const;

const WHAT = 'What is run:';
const WHEN = 'Which hours are read, where a statement says WHERE /* hours */ true:';
const PRINTED = 'How rows are printed:';
const COST = 'What it may cost:';

/** The command line of the query command. */
export function command(): Command {
  const moment = momentBefore(Date.now());
  const line = defineCommand(
    'query',
    "Runs SQL in the environment's Athena workgroup and database.",
  ).argument('[sql]', 'statements, with a semicolon between two; on a terminal without any, a prompt');
  const add = (group: string, flags: string, description: string, read?: (text: string) => unknown) => {
    const option = new Option(flags, description).helpGroup(group);
    if (read) option.argParser(read);
    line.addOption(option);
  };
  add(WHAT, '-f, --file <file>', 'statements of a file, or of stdin with "-"');
  add(WHAT, '-n, --name <query>', 'a query that is kept by name');
  line.addOption(
    new Option('-p, --param <name=value>', 'a parameter of that query; may be given several times')
      .argParser(parameter)
      .helpGroup(WHAT),
  );
  add(WHAT, '-w, --workgroup <name>', "another workgroup than the environment's, such as that of movements");
  add(WHAT, '--list', 'lists the queries that are kept by name, with their parameters');
  add(WHAT, '--dry-run', 'prints the statements, with every value written in, and runs nothing');
  add(
    WHEN,
    '--from <time>',
    'folders from this time on, such as 2026-11-22, 2026-11-22T10 or 2h (ago)',
    moment,
  );
  add(WHEN, '--to <time>', 'to before this time (default: now)', moment);
  add(
    WHEN,
    '--late <time>',
    'and those of so much later, such as 1h, for events that came late',
    milliseconds,
  );
  line.addOption(
    new Option('--format <format>', 'table unless the file to be written says another by its end')
      .choices(FORMAT_NAMES)
      .helpGroup(PRINTED),
  );
  add(PRINTED, '-o, --output <file>', 'writes the rows to a file');
  add(PRINTED, '--max-rows <n>', 'prints no more rows; all, or on a terminal 1,000 by default', maxRows);
  add(PRINTED, '--quiet', 'says nothing on stderr but what went wrong');
  add(COST, '--max-scan <size>', 'stops a query that has read more, such as 1GB', byteCount);
  add(COST, '--reuse <time>', 'takes the result of the same statement that is no older, such as 1h', reuse);
  return line.addHelpText('after', AFTERWORD);
}

const AFTERWORD = `
Rows go to stdout, what the query took to stderr. Ctrl-C stops the query on the server.
docs/athena.md has more. LAKEHOUSE_ENV chooses the environment: local, dev (default) or prod.

Exit codes: 0 succeeded, 1 a query failed, 2 wrong usage or settings, 3 no connection or access,
130 and 143 cancelled by SIGINT and SIGTERM.`;

function parameter(text: string, before: Flags['param'] = []): Flags['param'] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('It must be a name and a value, such as status=Active.');
  return [...before, [name.trim(), value]];
}

const maxRows = (text: string) => (text === 'all' ? Number.POSITIVE_INFINITY : wholeNumber(0, 1e12)(text));

/** Athena takes whole minutes, and seven days at the most. */
function reuse(text: string): number {
  const minutes = milliseconds(text) / 60_000;
  if (minutes >= 1 && minutes <= 10_080) return Math.floor(minutes);
  throw new InvalidArgumentError('It must be a time from 1m to 7d.');
}
