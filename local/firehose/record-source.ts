import { type StreamEntry, streamKey } from '../kinesis/stream-entry.js';
import { trim } from '../kinesis/trimming.js';
import type { Entries } from '../store/store.js';
import { type Checkpoint, checkpointKey, type DeliveryEntry } from './delivery-entry.js';
import type { WorkerParts } from './delivery-worker.js';

/**
 * Where a delivery stream takes its records from: the Kinesis stream that it names, or with Direct PUT a log of its
 * own, which lies beside the streams' under the delivery stream's id and which Kinesis knows nothing of.
 */
export interface RecordSource {
  readonly id: number;
  readonly name: string;
  readonly shards: readonly { readonly number: number }[];
}

/** The one shard of a Direct PUT log. */
export const DIRECT_PUT_SHARD = 0;

export interface Backlog {
  readonly source: RecordSource;
  readonly checkpoint: Checkpoint;
}

/** The records' source and how far their delivery has come; undefined where the source has been deleted. */
export function backlogOf(delivery: DeliveryEntry, entries: Entries): Backlog | undefined {
  const source = delivery.source
    ? streamOf(delivery.source.KinesisStreamARN, entries)
    : directPutLog(delivery);
  const checkpoint = entries.get<Checkpoint>(checkpointKey(delivery.id));
  if (!source || !checkpoint) return undefined;
  // A stream that was made anew under its name is delivered from its beginning.
  const isSame = checkpoint.streamId === source.id;
  return { source, checkpoint: isSame ? checkpoint : { streamId: source.id, shards: [] } };
}

/** Frees the space of records that nobody will ask for: those too old for their stream, or those put and delivered. */
export async function freeSpace(
  delivery: DeliveryEntry,
  parts: Pick<WorkerParts, 'store' | 'log' | 'clock'>,
): Promise<void> {
  const { store, log } = parts;
  if (delivery.source) {
    const stream = streamOf(delivery.source.KinesisStreamARN, store.entries);
    if (stream) await trim(stream, parts);
    return;
  }
  const isMore = () =>
    store.transaction(() => {
      const delivered = store.entries.get<Checkpoint>(checkpointKey(delivery.id))?.shards[DIRECT_PUT_SHARD];
      return delivered && log.trimTo(delivery.id, DIRECT_PUT_SHARD, delivered.position, TRIMMED_AT_ONCE);
    });
  while (await isMore());
}

/** Records that one transaction removes at the most: others wait for it. */
const TRIMMED_AT_ONCE = 1_000;

const directPutLog = ({ id, name }: DeliveryEntry): RecordSource => ({
  id,
  name,
  shards: [{ number: DIRECT_PUT_SHARD }],
});

function streamOf(arn: string, entries: Entries): StreamEntry | undefined {
  const [, , , region = '', account = '', stream = ''] = arn.split(':');
  return entries.get<StreamEntry>(streamKey(account, region, stream.replace(/^stream\//, '')));
}
