import { randomBytes } from 'node:crypto';
import type { Benchmark, Contender, Task } from '../benchmark.js';
import { localAws } from '../local-aws.js';
import { type Measurement, measure } from '../measure.js';
import { kinesisRequest, RawConnection } from '../raw-connection.js';
import { fixedAnswerServer } from '../server-process.js';

/** Requests as producers and consumers send them, as large as they may be. */
interface Load {
  readonly name: string;
  /** Records that are sent in one turn, unless the command line says otherwise. */
  readonly records: number;
  /** Bytes of data in a record. */
  readonly bytes: number;
  /** Records in a request, or in the answer to one. */
  readonly batch: number;
  readonly operation: 'PutRecords' | 'GetRecords';
  readonly wanted?: string;
}

const SMALL = 200;
const LARGE = 25_000;
const LOADS: readonly Load[] = [
  {
    name: 'PutRecords of 500 records of 200 B',
    operation: 'PutRecords',
    bytes: SMALL,
    batch: 500,
    records: 200_000,
  },
  {
    name: 'PutRecords of 20 records of 25 KB',
    operation: 'PutRecords',
    bytes: LARGE,
    batch: 20,
    records: 8_000,
  },
  {
    name: 'GetRecords of 10,000 records of 200 B',
    operation: 'GetRecords',
    bytes: SMALL,
    batch: 10_000,
    records: 400_000,
  },
  {
    name: 'GetRecords of 400 records of 25 KB',
    operation: 'GetRecords',
    bytes: LARGE,
    batch: 400,
    records: 12_000,
  },
];

/**
 * How fast local Kinesis takes and gives records. The peer reads the same requests, and answers as much, but does
 * nothing: no server in this runtime can be faster.
 */
export const requests: Benchmark = {
  name: 'requests',
  about:
    'records put to local Kinesis and got from it by 8 connections at a time, with a stream of 4 shards. Wanted are 100,000 records/s of 200 B, and 100 MB/s of 25 KB.',
  unit: 'records',
  rounds: 1,
  contenders: LOADS.flatMap((load) => [ours(load), limit(load)]),
  comparisons: LOADS.map((load) => ({ subject: load.name, peer: limitName(load), figure: 'rate' })),
};

const STREAM = 'bench';
const SHARDS = 4;
const CONNECTIONS = 8;

function limitName({ name }: Load): string {
  return `${name}, the limit`;
}

function ours(load: Load): Contender {
  return {
    name: load.name,
    surroundings: () => localAws({ prepare: createStream }),
    run: async (task) => {
      const setUp = await RawConnection.open(task.endpoint);
      const requests = load.operation === 'PutRecords' ? putRequests(load) : await getRequests(load, setUp);
      setUp.close();
      return exchange(task, load, requests);
    },
  };
}

function limit(load: Load): Contender {
  return {
    name: limitName(load),
    surroundings: () => fixedAnswerServer(JSON.stringify(answerTo(load))),
    run: (task) => {
      const getting = [kinesisRequest('GetRecords', { ShardIterator: 'x'.repeat(200) })];
      return exchange(task, load, load.operation === 'PutRecords' ? putRequests(load) : getting);
    },
  };
}

/** Sends the requests again and again, on all connections. */
async function exchange(task: Task, load: Load, requests: readonly Buffer[]): Promise<Measurement> {
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => RawConnection.open(task.endpoint)),
  );
  const send = async (times: number) => {
    let next = 0;
    const sender = async (connection: RawConnection) => {
      while (next < times) await connection.send(requests[next++ % requests.length] ?? Buffer.alloc(0));
    };
    await Promise.all(connections.map(sender));
    return times * load.batch;
  };
  const times = Math.ceil((task.events ?? load.records) / load.batch);
  await send(Math.ceil(times / 4));
  const measurement = await measure(() => send(times));
  for (const connection of connections) connection.close();
  const megabytes = (measurement.amount * load.bytes) / measurement.seconds / 1e6;
  return { ...measurement, note: `${megabytes.toFixed(1)} MB/s of data` };
}

/** Different ones, so that no cache helps; their partition keys spread over the shards. */
function putRequests({ batch, bytes }: Load): Buffer[] {
  return Array.from({ length: 8 }, () => {
    const Records = Array.from({ length: batch }, () => ({
      Data: randomBytes(bytes).toString('base64'),
      PartitionKey: randomBytes(8).toString('hex'),
    }));
    return kinesisRequest('PutRecords', { StreamName: STREAM, Records });
  });
}

/** Fills the stream, and reads each shard from its beginning. */
async function getRequests(load: Load, connection: RawConnection): Promise<Buffer[]> {
  const puts = putRequests({ ...load, batch: load.bytes === SMALL ? 500 : 20 });
  const enough = load.batch * SHARDS * 1.5;
  for (let put = 0, i = 0; put < enough; put += load.bytes === SMALL ? 500 : 20, i++) {
    await connection.send(puts[i % puts.length] ?? Buffer.alloc(0));
  }
  const requests: Buffer[] = [];
  for (let shard = 0; shard < SHARDS; shard++) {
    const ShardId = `shardId-${String(shard).padStart(12, '0')}`;
    const ask = { StreamName: STREAM, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
    const answer = await connection.send(kinesisRequest('GetShardIterator', ask));
    requests.push(kinesisRequest('GetRecords', { ...JSON.parse(String(answer)), Limit: load.batch }));
  }
  const [first] = requests;
  const { Records } = JSON.parse(String(first && (await connection.send(first)))) as { Records: unknown[] };
  if (Records.length !== load.batch) throw new Error(`An answer has ${Records.length} records.`);
  return requests;
}

/** As large as local Kinesis' own. */
function answerTo({ operation, batch, bytes }: Load): object {
  const SequenceNumber = '4'.repeat(56);
  const Records = Array.from({ length: batch }, () =>
    operation === 'PutRecords'
      ? { SequenceNumber, ShardId: 'shardId-000000000000' }
      : {
          SequenceNumber,
          ApproximateArrivalTimestamp: 1_770_240_954.759,
          Data: randomBytes(bytes).toString('base64'),
          PartitionKey: 'x'.repeat(16),
        },
  );
  return operation === 'PutRecords' ? { FailedRecordCount: 0, Records } : { MillisBehindLatest: 0, Records };
}

async function createStream(endpoint: string): Promise<void> {
  const connection = await RawConnection.open(endpoint);
  await connection.send(kinesisRequest('CreateStream', { StreamName: STREAM, ShardCount: SHARDS }));
  const describe = kinesisRequest('DescribeStreamSummary', { StreamName: STREAM });
  while (!String(await connection.send(describe)).includes('"ACTIVE"'));
  connection.close();
}
