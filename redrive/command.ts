import { type Command, Option } from 'commander';
import { defineCommand } from '../cli/command.js';
import { momentBefore } from '../cli/moment.js';
import { wholeNumber } from '../cli/whole-number.js';
import { datasets } from '../datasets/index.js';
import type { ObjectKind } from './stored-records.js';

/** The flags of every action. */
export interface RangeFlags {
  readonly dataset: string;
  /** Milliseconds since 1970. */
  readonly from?: number;
  readonly to?: number;
}

export interface ListFlags extends RangeFlags {
  readonly format: 'text' | 'jsonl';
}

export interface ShowFlags extends RangeFlags {
  readonly code?: string;
  readonly limit: number;
}

export interface SendFlags extends RangeFlags {
  readonly code?: string;
  readonly map?: string;
  readonly again?: true;
  readonly yes?: true;
  readonly dryRun?: true;
}

/** What the command line can ask for. */
export interface Actions {
  list(flags: ListFlags): Promise<void>;
  show(flags: ShowFlags): Promise<void>;
  /** Sends failed records again, or those of the backup. */
  send(kind: ObjectKind, flags: SendFlags): Promise<void>;
}

/** The command line: `list`, `show`, `send` and `backup`. */
export function redriveCommand(actions: Actions): Command {
  const program = defineCommand('redrive', 'Sends again what failed on its way, or what is in the backup.');
  withRange(
    program.command('list').description('lists the objects of failed records, with counts by error code'),
  )
    .addOption(
      new Option('--format <format>', 'how it is printed').choices(['text', 'jsonl']).default('text'),
    )
    .action((flags: ListFlags) => actions.list(flags));
  withRange(program.command('show').description('prints failed records with their reasons, as JSON lines'))
    .option('--code <code>', CODE)
    .option('--limit <n>', 'how many at the most', wholeNumber(1, 1e12), 20)
    .action((flags: ShowFlags) => actions.show(flags));
  withSending(withRange(program.command('send').description('sends failed records to their stream again')))
    .option('--code <code>', CODE)
    .action((flags: SendFlags) => actions.send('errors', flags));
  const backup = program
    .command('backup')
    .description('sends the backup of a range of time to its stream again');
  withSending(withRange(backup, true)).action((flags: SendFlags) => actions.send('source', flags));
  return program.addHelpText('after', HELP);
}

const CODE = 'only records with this error code, such as ParseError';

function withRange(command: Command, isMandatory = false): Command {
  const moment = momentBefore(Date.now());
  return command
    .addOption(
      new Option('--dataset <name>', 'of which dataset')
        .choices(datasets.map(({ name }) => name))
        .default(datasets[0]?.name),
    )
    .addOption(
      new Option('--from <time>', 'the beginning of the range')
        .argParser(moment)
        .makeOptionMandatory(isMandatory),
    )
    .addOption(
      new Option('--to <time>', 'the end of the range, itself not in it')
        .argParser(moment)
        .makeOptionMandatory(isMandatory),
    );
}

function withSending(command: Command): Command {
  return command
    .option('--map <file>', 'a file of TypeScript whose default export makes of each event what is sent')
    .option('--again', 'send what has been sent again already once more')
    .option('--dry-run', 'print the events that would be sent on stdout, and send and mark nothing')
    .option('--yes', 'do not ask');
}

const HELP = `
A time is 2026-11-22, 2026-11-22T10, 2026-11-22T10:15:00Z, or 30m, 2h or 7d ago; it is UTC unless it says otherwise.
An object is in a range if its oldest record arrived in it, by the folders and the second in its name; objects are
taken whole. LAKEHOUSE_ENV chooses the environment: local, dev (default) or prod.

Exit codes: 0 all sent, or nothing to send; 1 declined; 2 wrong usage or settings; 3 some not sent;
4 no access, no server or no such stream or bucket; 130 and 143 stopped by SIGINT and SIGTERM.`;
