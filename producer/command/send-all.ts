import { open } from 'node:fs/promises';
import type { FaultContext } from '../../cli/fault.js';
import { Output } from '../../cli/output.js';
import { type ExitCodes, tell } from '../../cli/run-command.js';
import type { StopSignals } from '../../cli/stop-signals.js';
import { namesFor, type Settings } from '../../settings/index.js';
import type { UnusableRun } from '../spill/run-folder.js';
import { DeadLetterFile } from '../tell/dead-letter.js';
import { EventPrinter } from '../tell/event-printer.js';
import { addedUp } from '../tell/live-figures.js';
import { sayIn } from '../tell/say.js';
import { startTelling, type Teller } from '../tell/teller.js';
import type { KinesisConnection } from '../write/kinesis-connection.js';
import { PRINTED } from './command-line.js';
import type { Flags } from './flags.js';
import type { RunPlan } from './run-plan.js';
import { Sending, type Sent } from './sending.js';
import { replaysOf, type Source, sourceOf } from './source.js';
import { tellEnd } from './tell-end.js';

export interface Surroundings {
  readonly settings: Settings;
  readonly kinesis: KinesisConnection;
  readonly signals: StopSignals;
  readonly exitCodes: ExitCodes;
  readonly context: FaultContext;
}

/** Sends what the flags ask for, tells how it goes and what became of it, and gives the exit code. */
export async function sendAll(flags: Flags, plan: RunPlan, surroundings: Surroundings): Promise<number> {
  const { signals, exitCodes, context, settings } = surroundings;
  const output = new Output();
  const deadLetters = flags.deadLetter === undefined ? undefined : new DeadLetterFile(flags.deadLetter);
  const manifest = flags.manifest === undefined ? undefined : await open(flags.manifest, 'w');
  const sendings: Sending[] = [];
  const unknownFields = new Set<string>();
  let teller: Teller | undefined;
  try {
    const { sources, unusable } = await sourcesOf(flags, plan, surroundings, (field) =>
      unknownFields.add(field),
    );
    const isPrinted =
      !flags.quiet && sources.length === 1 && (sources[0]?.source.total ?? PRINTED + 1) <= PRINTED;
    const printer = isPrinted ? new EventPrinter((line) => void output.write(line)) : undefined;
    const send = ({ source, shards }: StreamSource) => {
      const sending = new Sending({
        ...{ source, shards, flags, plan, printer, deadLetters },
        kinesis: surroundings.kinesis,
        stop: signals.stop,
        endNow: signals.endNow,
        ...(manifest && { manifest: async (lines: string) => void (await manifest.write(lines)) }),
      });
      sendings.push(sending);
      return sending.run();
    };
    teller = startTelling({
      figures: () => addedUp(sendings.map((sending) => sending.figures())),
      format: flags.logFormat,
      quiet: flags.quiet ?? isPrinted,
    });
    signals.stop.addEventListener('abort', () =>
      teller?.say('Stopping: what was taken is still sent; once more to end at once.'),
    );
    // What earlier runs have left is sent in their order.
    const results =
      flags.replay === undefined ? await Promise.all(sources.map(send)) : await inTurn(sources, send);
    teller.stop();
    await output.flush();
    // A bad disk must not keep anybody from learning what became of the events.
    const closing = deadLetters && errorOf(() => deadLetters.close());
    if (unknownFields.size > 0)
      teller.say(
        `No column, and left out by Firehose: ${[...unknownFields].map((field) => JSON.stringify(field)).join(', ')}.`,
      );
    return await tellEnd(results, flags, {
      settings,
      signals,
      unusable,
      say: teller.say,
      error: closing,
      tellFault: (error) => tell(error, exitCodes, context),
    });
  } finally {
    teller?.stop();
    await manifest?.close();
    // Where the reading was stopped, a terminal that has more to say must not keep the process.
    if (flags.input === '-') process.stdin.destroy();
  }
}

function errorOf(work: () => void): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** A source, and how many open shards its stream has, where that is known. */
interface StreamSource {
  readonly source: Source;
  readonly shards: number | undefined;
}

/** What is to be sent, and runs that were to be and cannot be used. */
interface Sources {
  readonly sources: readonly StreamSource[];
  readonly unusable: readonly UnusableRun[];
}

/** @throws the SDK's error where there is no such stream, or no access to it: before anything is taken. */
async function sourcesOf(
  flags: Flags,
  plan: RunPlan,
  { settings, kinesis }: Surroundings,
  onUnknownField: (name: string) => void,
): Promise<Sources> {
  if (flags.replay !== undefined) {
    const { sources, busy, unusable } = await replaysOf(flags.replay, flags);
    const say = sayIn(flags.logFormat);
    if (busy > 0) say(`${busy} runs in ${flags.replay} are still being worked on, and left alone.`);
    if (sources.length === 0) say(`Nothing is left to be sent in ${flags.replay}.`);
    const withShards = async (source: Source) => ({
      source,
      shards: await kinesis.openShards(source.streamName),
    });
    return { sources: await Promise.all(sources.map(withShards)), unusable };
  }
  const streams = plan.datasets.map((dataset) => ({
    dataset,
    streamName: flags.stream ?? namesFor(settings).stream(dataset.name),
  }));
  const shards = await Promise.all(streams.map(({ streamName }) => kinesis.openShards(streamName)));
  const sources = await Promise.all(
    streams.map(async ({ dataset, streamName }, index) => ({
      source: await sourceOf(dataset, streamName, flags, plan, onUnknownField),
      shards: shards[index],
    })),
  );
  return { sources, unusable: [] };
}

async function inTurn(sources: readonly StreamSource[], send: (source: StreamSource) => Promise<Sent>) {
  const results: Sent[] = [];
  for (const source of sources) results.push(await send(source));
  return results;
}
