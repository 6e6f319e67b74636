import { AwsError } from '../wire/aws-error.js';
import { LIMITS } from './limits.js';
import { type StreamEntry, shardId } from './stream-entry.js';

/**
 * What a shard takes and gives a second, kept to as AWS keeps to it. A page, and a record of more than 1 MiB, may be
 * larger than what there is for a second: what comes after it waits until it is paid for. After a page of 10 MB a shard
 * gives nothing for 5 seconds.
 * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
 * @see https://docs.aws.amazon.com/streams/latest/dev/large-records.html
 */
export class ShardLimits {
  private readonly shards = new Map<string, ShardAllowances>();

  /** Whether a shard takes a record of `bytes`, its key counted, at the time `now`; if so it is counted. */
  admitsRecord(stream: StreamEntry, shard: number, bytes: number, now: number): boolean {
    const { recordsIn, bytesIn } = this.at(stream, shard, now);
    if (recordsIn.left < 1 || bytesIn.left < Math.min(bytes, bytesIn.perSecond)) return false;
    recordsIn.left -= 1;
    bytesIn.left -= bytes;
    return true;
  }

  /** Whether a shard answers a GetRecords call; if so it is counted. `read` is to be told what it gives. */
  admitsRead(stream: StreamEntry, shard: number, now: number): boolean {
    const { callsOut, bytesOut } = this.at(stream, shard, now);
    if (callsOut.left < 1 || bytesOut.left <= 0) return false;
    callsOut.left -= 1;
    return true;
  }

  read(stream: StreamEntry, shard: number, bytes: number): void {
    const allowances = this.shards.get(keyOf(stream, shard));
    if (allowances) allowances.bytesOut.left -= bytes;
  }

  private at(stream: StreamEntry, shard: number, now: number): ShardAllowances {
    const key = keyOf(stream, shard);
    let allowances = this.shards.get(key);
    if (!allowances) {
      allowances = newAllowances(now);
      this.shards.set(key, allowances);
    }
    // A clock that is set back gives nothing and takes nothing.
    const seconds = Math.max(0, now - allowances.refilledAt) / 1000;
    allowances.refilledAt = now;
    for (const each of [allowances.recordsIn, allowances.bytesIn, allowances.callsOut, allowances.bytesOut])
      each.left = Math.min(each.perSecond, each.left + seconds * each.perSecond);
    return allowances;
  }
}

/** What is left of something that is given anew all the time; never more than one second's worth. */
interface Allowance {
  readonly perSecond: number;
  left: number;
}

interface ShardAllowances {
  readonly recordsIn: Allowance;
  readonly bytesIn: Allowance;
  readonly callsOut: Allowance;
  readonly bytesOut: Allowance;
  /** Milliseconds since 1970. */
  refilledAt: number;
}

const newAllowances = (now: number): ShardAllowances => ({
  recordsIn: full(LIMITS.shardRecordsInPerSecond),
  bytesIn: full(LIMITS.shardBytesInPerSecond),
  callsOut: full(LIMITS.shardReadsPerSecond),
  bytesOut: full(LIMITS.shardBytesOutPerSecond),
  refilledAt: now,
});

const full = (perSecond: number): Allowance => ({ perSecond, left: perSecond });

const keyOf = ({ id }: StreamEntry, shard: number) => `${id}/${shard}`;

/** What is said of a record that a shard does not take for now, or of a read. */
export function throughputExceeded({ name, account }: StreamEntry, shard: number): AwsError {
  return new AwsError(
    'ProvisionedThroughputExceededException',
    `Rate exceeded for shard ${shardId(shard)} in stream ${name} under account ${account}.`,
  );
}
