import { type Command, Option } from 'commander';
import { defineCommand } from '../../cli/command.js';
import { byteCount, milliseconds, perSecond, share } from '../../cli/quantity.js';
import { wholeNumber } from '../../cli/whole-number.js';
import { datasets } from '../../datasets/index.js';
import { MOST_LANES } from '../pack/lanes.js';
import { AUTO_PACK } from '../pack/packer.js';
import { DEFAULT_MAX_BUFFER } from '../write/writer-options.js';
import { burst, late, pack, streamName, zipf } from './flag-values.js';

/** Up to so many events are printed one by one. */
export const PRINTED = 100;

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
    `bytes of a record: auto (${AUTO_PACK.toLocaleString('en')}), none for an event a record, or such as 100KB`,
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
  add(
    SENDING,
    '--max-buffer <size>',
    'memory for events that wait',
    byteCount,
    DEFAULT_MAX_BUFFER,
    `${DEFAULT_MAX_BUFFER / MiB}MiB`,
  );
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
  add(TELLING, '--quiet', 'prints no events, no progress, and nothing at the end where all went well');
  line.addOption(
    new Option('--log-format <format>', 'how all is told on stderr')
      .choices(['text', 'json'])
      .default('text')
      .helpGroup(TELLING),
  );
  add(TELLING, '--summary-json <file>', 'gets the figures of the run');
  return line.addHelpText('after', AFTERWORD);
}

const MiB = 1_024 * 1_024;

const SOURCE = 'What is sent:';
const SHAPE = 'How fast it starts:';
const IMPERFECTION = 'What is wrong with it on purpose:';
const SENDING = 'How it is sent:';
const KEEPING = 'What becomes of what cannot be sent:';
const TELLING = 'What is told:';

const AFTERWORD = `
Up to ${PRINTED} events are printed on stdout as they are acknowledged; the counts go to stderr.
docs/producer.md has more. LAKEHOUSE_ENV chooses the environment: local, dev (default) or prod.

Exit codes: 0 all acknowledged, 2 wrong usage or settings, 3 some not delivered,
4 no access, no server or no such stream, 130 and 143 stopped by SIGINT and SIGTERM.`;
