import { type Command, InvalidArgumentError, Option } from 'commander';
import { defineCommand } from '../../cli/command.js';
import { wholeNumber } from '../../cli/whole-number.js';
import { datasets } from '../../datasets/index.js';
import { MOST_LANES } from '../pack/lanes.js';
import { LIMITS } from '../write/limits.js';
import { byteCount, milliseconds, perSecond, share } from './quantity.js';

/** Up to so many events are printed one by one. */
export const PRINTED = 100;

/** The flags as they were given. Times are milliseconds, rates events a second, sizes bytes, shares 0 to 1. */
export interface Flags {
  readonly dataset?: string;
  readonly stream?: string;
  readonly amount?: number;
  readonly duration?: number;
  readonly bytes?: number;
  readonly seed?: number;
  readonly workers?: number;
  readonly rate: number;
  readonly ramp?: number;
  readonly burst?: Burst;
  readonly daily?: number | true;
  readonly late?: { readonly share: number; readonly by: number };
  readonly duplicates?: number;
  readonly malformed?: number;
  readonly hotKey?: number;
  readonly zipf?: { readonly exponent: number; readonly keys: number };
  readonly manifest?: string;
  readonly input?: string;
  readonly pack: 'auto' | 'none' | number;
  readonly order: 'key' | 'none';
  readonly lanes?: number;
  readonly linger: number;
  readonly maxBuffer: number;
  readonly maxRetryTime?: number;
  readonly spillDir?: string;
  readonly replay?: string;
  readonly deadLetter?: string;
  readonly estimateCost?: true;
  readonly dryRun?: true;
  readonly quiet?: true;
  readonly logFormat: 'text' | 'json';
  readonly summaryJson?: string;
}

export interface Burst {
  readonly peak: number;
  readonly lasting: number;
  readonly every: number;
}

const SOURCE = 'What is sent:';
const SHAPE = 'How fast it starts:';
const IMPERFECTION = 'What is wrong with it on purpose:';
const SENDING = 'How it is sent:';
const KEEPING = 'What becomes of what cannot be sent:';
const TELLING = 'What is told:';

/** The command line of the producer. */
export function command(): Command {
  const names = datasets.map(({ name }) => name).join(', ');
  const line = defineCommand(
    'producer',
    'Sends events of a dataset to its Kinesis stream: fake ones, or those of a file.',
  );
  const add = (
    group: string,
    flags: string,
    description: string,
    read?: (text: string) => unknown,
    preset?: unknown,
    presetText?: string,
  ) => {
    const option = new Option(flags, description).helpGroup(group);
    if (read) option.argParser(read);
    if (preset !== undefined) option.default(preset, presetText);
    line.addOption(option);
  };
  add(
    SOURCE,
    '--amount <n>',
    'how many events (default: 10, unless something else ends it)',
    wholeNumber(1, 1e12),
  );
  add(SOURCE, '--duration <time>', 'for how long, such as 60s', milliseconds);
  add(SOURCE, '--bytes <size>', 'how many bytes of events, such as 10MB', byteCount);
  add(
    SOURCE,
    '--dataset <names>',
    `of which datasets: ${names}, several with commas, or all (default: ${datasets[0]?.name})`,
  );
  add(SOURCE, '--stream <name>', "to which stream (default: the dataset's in this environment)", streamName);
  add(SOURCE, '--seed <n>', 'the same seed gives the same events', wholeNumber(0, Number.MAX_SAFE_INTEGER));
  add(
    SOURCE,
    '--workers <n>',
    'threads that make events (default: as many as are of use)',
    wholeNumber(0, 64),
  );
  add(SOURCE, '--input <file>', 'JSON lines to be sent instead of fake events; - is stdin');
  add(SHAPE, '--rate <rate>', 'events over time, such as 500/s, or max', perSecond, Infinity, 'max');
  add(SHAPE, '--ramp <time>', 'from nothing to the rate within this time', milliseconds);
  add(SHAPE, '--burst <rate:time:every>', 'bursts above the rate, such as 5000/s:2s:60s', burst);
  add(
    SHAPE,
    '--daily [time]',
    'the ups and downs of a day about the rate, or of one that lasts as long',
    milliseconds,
  );
  add(IMPERFECTION, '--late <share:time>', 'events whose time lies back, such as 5%:1h', late);
  add(IMPERFECTION, '--duplicates <share>', 'events that are sent again a little later', share);
  add(IMPERFECTION, '--malformed <share>', 'events whose text breaks off', share);
  add(IMPERFECTION, '--hot-key <share>', 'events on one and the same partition key', share);
  add(IMPERFECTION, '--zipf <exponent:keys>', "partition keys by Zipf's law, such as 1.1:10000", zipf);
  add(IMPERFECTION, '--manifest <file>', 'where each of these events is named, as JSON lines');
  add(
    SENDING,
    '--pack <size>',
    'bytes of a record: auto (24,500), none for an event a record, or such as 100KB',
    pack,
    'auto',
    'auto',
  );
  add(
    SENDING,
    '--linger <time>',
    'how long an event waits for others to share its record',
    milliseconds,
    100,
    '100ms',
  );
  line.addOption(
    new Option('--order <order>', 'whether events of one partition key keep their order')
      .choices(['key', 'none'])
      .default('key')
      .helpGroup(SENDING),
  );
  add(
    SENDING,
    '--lanes <n>',
    'lanes that keys are hashed into (default: 4 a shard)',
    wholeNumber(1, MOST_LANES),
  );
  add(SENDING, '--max-buffer <size>', 'memory for events that wait', byteCount, 64 * 1_024 * 1_024, '64MiB');
  add(
    KEEPING,
    '--max-retry-time <time>',
    'how long an event is tried (default: until it is sent)',
    milliseconds,
  );
  add(KEEPING, '--spill-dir <folder>', 'keeps events on disk until they are acknowledged');
  add(KEEPING, '--replay <folder>', 'sends what an earlier run has left in its spill folder');
  add(KEEPING, '--dead-letter <file>', 'gets what can never be sent, with the reasons, as JSON lines');
  add(TELLING, '--estimate-cost', 'tells what it would cost, and sends nothing');
  add(TELLING, '--dry-run', 'writes the events to stdout, and sends nothing');
  add(TELLING, '--quiet', 'prints no events and no progress');
  line.addOption(
    new Option('--log-format <format>', 'how progress is told on stderr')
      .choices(['text', 'json'])
      .default('text')
      .helpGroup(TELLING),
  );
  add(TELLING, '--summary-json <file>', 'gets the figures of the run');
  return line.addHelpText('after', AFTERWORD);
}

const AFTERWORD = `
Up to ${PRINTED} events are printed on stdout as they are acknowledged; the counts go to stderr.
docs/producer.md has more. LAKEHOUSE_ENV chooses the environment: local, dev (default) or prod.

Exit codes: 0 all acknowledged, 2 wrong usage or settings, 3 some not delivered,
4 no access, no server or no such stream, 130 and 143 stopped by SIGINT and SIGTERM.`;

/** Kinesis's rule for a stream's name. */
function streamName(text: string): string {
  if (/^[a-zA-Z0-9_.-]{1,128}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be 1 to 128 letters, digits, "_", "." or "-".');
}

function pack(text: string): 'auto' | 'none' | number {
  if (text === 'auto' || text === 'none') return text;
  const bytes = /^\d+$/.test(text) ? Number(text) : byteCount(text);
  if (bytes >= 1 && bytes <= LIMITS.bytesPerRecord) return bytes;
  throw new InvalidArgumentError('It must be auto, none, or up to 1MiB.');
}

function burst(text: string): Burst {
  const [rate = '', lasting = '', every = '', ...more] = text.split(':');
  const [peak, times] = [perSecond(rate), { lasting: milliseconds(lasting), every: milliseconds(every) }];
  if (more.length === 0 && Number.isFinite(peak) && times.lasting <= times.every) return { peak, ...times };
  throw new InvalidArgumentError('It must be a rate, how long and how often, such as 5000/s:2s:60s.');
}

function late(text: string): { share: number; by: number } {
  const [part = '', by = '1h', ...more] = text.split(':');
  if (more.length > 0) throw new InvalidArgumentError('It must be a share and a time, such as 5%:1h.');
  return { share: share(part), by: milliseconds(by) };
}

function zipf(text: string): { exponent: number; keys: number } {
  const [, exponent, keys = '10000'] = /^(\d+(?:\.\d+)?)(?::(\d+))?$/.exec(text) ?? [];
  if (exponent === undefined || Number(keys) < 1 || Number(keys) > 10_000_000)
    throw new InvalidArgumentError(
      'It must be an exponent and how many keys, up to 10,000,000, such as 1.1:10000.',
    );
  return { exponent: Number(exponent), keys: Number(keys) };
}
