import { UpdateTableCommand } from '@aws-sdk/client-glue';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Clients } from '../running-local-aws.js';
import { BUCKETS, DATABASE, STREAM, tableAt } from './lake.js';
import type { Memory } from './memory.js';
import { between, type Random } from './random.js';

/** Requests for events that are under way at once, and for objects. */
const EVENT_LANES = 6;
const OBJECT_LANES = 4;
const KEYS_PER_LANE = 12;
const LARGEST_OBJECT = 300_000;

/** What is written, and how. */
export interface Load {
  readonly clients: Clients;
  readonly random: Random;
  readonly memory: Memory;
  /** Tells its events from those of others. */
  readonly round: string;
  /** Whether objects are written too. */
  readonly writesObjects: boolean;
}

/**
 * Writes events, objects and revisions of the table, all at once, until local AWS is there no more. It remembers what
 * was acknowledged, and what was asked for without an answer.
 * @param killed aborts when local AWS is killed.
 * @throws what a writer met before that, and any answer that was an error.
 */
export async function writeUntil(
  killed: AbortSignal,
  { clients, random, memory, round, writesObjects }: Load,
): Promise<void> {
  const objectLanes = writesObjects ? OBJECT_LANES : 0;
  const lanes = [
    ...Array.from({ length: EVENT_LANES }, (_, lane) => events(clients, random, memory, `${round}-${lane}`)),
    ...Array.from({ length: objectLanes }, (_, lane) => objects(clients, random, memory, lane)),
    revisions(clients, memory),
  ];
  const untilKilled = (error: unknown) => {
    if (!killed.aborted || isAnswer(error)) throw error;
  };
  await Promise.all(lanes.map((lane) => lane.catch(untilKilled)));
}

async function events({ kinesis }: Clients, random: Random, memory: Memory, lane: string): Promise<never> {
  for (let sent = 0; ; ) {
    const Records = Array.from({ length: between(random, 1, 60) }, () => {
      const id = `${lane}-${sent++}`;
      // Every hundredth or so is half a document, and goes to the failed records.
      const isUnreadable = random() < 0.01;
      memory.sent.add(id);
      if (isUnreadable) memory.unreadable.add(id);
      const json = JSON.stringify({ id });
      return { PartitionKey: id, Data: Buffer.from(isUnreadable ? json.slice(0, -1) : `${json}\n`) };
    });
    const ids = Records.map(({ PartitionKey }) => PartitionKey);
    const { FailedRecordCount } = await kinesis.send(new PutRecordsCommand({ StreamName: STREAM, Records }));
    if (FailedRecordCount !== 0) throw new Error(`${FailedRecordCount} records failed`);
    for (const id of ids) memory.acknowledged.add(id);
  }
}

async function objects({ s3 }: Clients, random: Random, memory: Memory, lane: number): Promise<never> {
  for (;;) {
    const Key = `${lane}/year=2026/${between(random, 1, KEYS_PER_LANE)}`;
    const before = memory.objects.get(Key) ?? [undefined];
    const size = random() < 0.1 ? LARGEST_OBJECT : between(random, 20, 5_000);
    const Body = random() < 0.3 ? undefined : `${random()} `.repeat(size / 20);
    memory.objects.set(Key, [...before, Body]);
    const place = { Bucket: BUCKETS.objects, Key };
    if (Body === undefined) await s3.send(new DeleteObjectCommand(place));
    else await s3.send(new PutObjectCommand({ ...place, Body }));
    memory.objects.set(Key, [Body]);
  }
}

async function revisions({ glue }: Clients, memory: Memory): Promise<never> {
  for (;;) {
    const revision = Math.max(...memory.revisions) + 1;
    memory.revisions = [...memory.revisions, revision];
    await glue.send(new UpdateTableCommand({ DatabaseName: DATABASE, TableInput: tableAt(revision) }));
    memory.revisions = [revision];
  }
}

/** Whether an error is an answer, and not the lack of one. */
const isAnswer = (error: unknown) =>
  ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0) >= 400;
