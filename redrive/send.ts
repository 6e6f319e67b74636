import { randomUUID } from 'node:crypto';
import type { Output } from '../cli/output.js';
import type { StopSignals } from '../cli/stop-signals.js';
import type { Dataset } from '../datasets/index.js';
import { LineCheck } from '../producer/input/line-check.js';
import type { SendPutRecords } from '../producer/write/kinesis-connection.js';
import { askToGoOn } from './ask.js';
import { closingLines } from './closing-lines.js';
import { Delivery } from './delivery.js';
import { findObjects } from './find-objects.js';
import type { LakeBucket } from './lake-bucket.js';
import type { Mapping } from './mapping.js';
import { thisUser } from './marked-object.js';
import type { UnsendableEvent } from './object-sending.js';
import { planRedrive } from './plan.js';
import { planLines } from './plan-lines.js';
import { preview } from './preview.js';
import { Progress } from './progress.js';
import { type RedriveReport, redrive } from './redrive.js';
import type { ObjectKind } from './stored-records.js';
import type { TimeRange } from './time-range.js';

export interface SendOptions {
  readonly kind: ObjectKind;
  readonly bucket: LakeBucket;
  readonly dataset: Dataset;
  readonly table: string;
  readonly range: TimeRange;
  readonly stream: string;
  /** Where the stream is, in words. */
  readonly place: string;
  readonly send: SendPutRecords;
  readonly mapping?: Mapping | undefined;
  /** The file that the mapping is from. */
  readonly map?: string | undefined;
  readonly code?: string | undefined;
  readonly again: boolean;
  /** Whether nobody has to be asked. */
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly signals: StopSignals;
  readonly output: Output;
}

/** How a sending ended. */
export interface Sent {
  readonly kind: 'nothing to send' | 'declined' | 'all sent' | 'some not sent';
  /** What ended the sending before its time. */
  readonly fatal?: unknown;
}

/** Says what it will do, asks, does it, and says what it did; all of it on stderr. */
export async function sendAgain(options: SendOptions): Promise<Sent> {
  const { kind, bucket, table, range, dryRun, signals } = options;
  const objects = findObjects(bucket, kind, table, range);
  const plan = await planRedrive(bucket, objects, { ...options, signal: signals.stop });
  if (signals.stop.aborted) return { kind: 'declined' };
  say(planLines(plan, { ...options, isDryRun: dryRun }));
  const heldKind = plan.heldObjects.length > 0 ? 'some not sent' : undefined;
  if (plan.objects.length === 0) return { kind: heldKind ?? 'nothing to send' };
  if (!dryRun && !options.yes && !(await askToGoOn(signals.stop))) {
    say(['Nothing was sent.']);
    return { kind: 'declined' };
  }

  const progress = new Progress(plan.records);
  const faults = new Faults((line) => progress.say(line));
  const common = {
    ...options,
    check: new LineCheck(options.dataset),
    stop: signals.stop,
    onUnsendable: (event: UnsendableEvent) => faults.add(event),
    onRecords: (records: number) => progress.advance(records),
  };
  if (dryRun) {
    const report = await preview(plan.objects, common, options.output);
    progress.stop();
    say(closingLines(report, options.stream, faults.byCode, undefined));
    return { kind: heldKind ?? kindOf(report) };
  }

  // What has failed once may fail again: on its own, it takes no other along.
  const pack = kind === 'errors' ? 'none' : undefined;
  const { dataset, send } = options;
  const delivery = new Delivery({ dataset, send, streamName: options.stream, lanes: LANES, linger: 0, pack });
  const onStop = () => progress.say('Stopping: what was taken is still sent; once more to end at once.');
  const abandon = () => delivery.abandon();
  signals.stop.addEventListener('abort', onStop, { once: true });
  signals.endNow.addEventListener('abort', abandon, { once: true });
  const claim = { run: randomUUID(), by: thisUser(), pid: process.pid };
  try {
    const report = await redrive(plan.objects, { ...common, delivery, claim });
    const produced = await delivery.close();
    progress.stop();
    say(closingLines(report, options.stream, faults.byCode, produced));
    return { kind: heldKind ?? kindOf(report), fatal: produced.fatal };
  } finally {
    progress.stop();
    signals.stop.removeEventListener('abort', onStop);
    signals.endNow.removeEventListener('abort', abandon);
  }
}

/** Few, so that the events between two marks fill their records. */
const LANES = 4;

function kindOf({ unsendable, undelivered, held, isStopped }: RedriveReport): Sent['kind'] {
  return unsendable + undelivered + held.length > 0 || isStopped ? 'some not sent' : 'all sent';
}

function say(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${line}\n`);
}

/** Tells of events that are not sent, the first ones each, and counts them all. */
class Faults {
  readonly byCode = new Map<string, number>();
  #told = 0;

  constructor(private readonly tell: (line: string) => void) {}

  add({ code, message, object, record, event, bytes }: UnsendableEvent): void {
    this.byCode.set(code, (this.byCode.get(code) ?? 0) + 1);
    if (this.#told++ === TOLD) this.tell('And more like these: the counts follow.');
    if (this.#told > TOLD) return;
    const text = Buffer.from(bytes).toString();
    const short = text.length > TEXT_LENGTH ? `${text.slice(0, TEXT_LENGTH)}…` : text;
    this.tell(`Not sent, ${code}: ${message}\n  ${object}, record ${record}, event ${event + 1}: ${short}`);
  }
}

/** Events that are told of one by one. */
const TOLD = 20;

/** Characters of an event's text that are told. */
const TEXT_LENGTH = 300;
