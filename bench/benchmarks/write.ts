import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { EventBlock } from '../../producer/event-block.js';
import type { Benchmark, Task } from '../benchmark.js';
import { localAws } from '../local-aws.js';
import { type Measurement, measure } from '../measure.js';
import { eventSupply, recordSupply, type SingleRecord } from './event-supply.js';

const ONE_BY_ONE = 'a PutRecord an event, one after another';
const SEQUENTIAL = 'PutRecords of 500, one after another';
const CONCURRENT = 'PutRecords of 500, 8 at a time';
const IN_ORDER = 'ours, in order';
const WITHOUT_ORDER = 'ours, without order';
const MEANWHILE = 'ours, in order, events made meanwhile';

const STREAM = 'bench';
const SHARDS = 4;

/**
 * Events acknowledged by local AWS. The peers are what one writes with the SDK as it comes: its own connections and
 * retries, the events serialized beforehand so that it is the sending alone that counts.
 */
export const write: Benchmark = {
  name: 'write',
  about: `customers, made beforehand, acknowledged by local AWS with a stream of ${SHARDS} shards.`,
  rounds: 3,
  surroundings: () => localAws({ prepare: createStream }),
  contenders: [
    { name: ONE_BY_ONE, run: oneByOne },
    { name: SEQUENTIAL, run: (task) => byFiveHundred(task, 1) },
    { name: CONCURRENT, run: (task) => byFiveHundred(task, 8) },
    { name: IN_ORDER, run: (task) => ours(task, 'key') },
    { name: WITHOUT_ORDER, run: (task) => ours(task, 'none') },
    { name: MEANWHILE, run: (task) => ours(task, 'key', generatedMeanwhile) },
  ],
  comparisons: [
    { subject: IN_ORDER, peer: ONE_BY_ONE, figure: 'rate', wanted: '>= 300' },
    { subject: IN_ORDER, peer: SEQUENTIAL, figure: 'rate', wanted: '>= 5' },
    { subject: IN_ORDER, peer: CONCURRENT, figure: 'rate', wanted: '>= 5' },
    { subject: WITHOUT_ORDER, peer: CONCURRENT, figure: 'rate' },
    { subject: MEANWHILE, peer: IN_ORDER, figure: 'rate' },
  ],
};

async function oneByOne({ events = 600, endpoint }: Task): Promise<Measurement> {
  const { PutRecordCommand } = await import('@aws-sdk/client-kinesis');
  const client = await clientFor(endpoint);
  const send = async (records: readonly SingleRecord[]) => {
    for (const record of records) await client.send(new PutRecordCommand({ StreamName: STREAM, ...record }));
    return records.length;
  };
  await send(await recordSupply(20));
  const records = await recordSupply(events);
  return measure(() => send(records));
}

async function byFiveHundred({ events = 100_000, endpoint }: Task, atATime: number): Promise<Measurement> {
  const { PutRecordsCommand } = await import('@aws-sdk/client-kinesis');
  const client = await clientFor(endpoint);
  const send = async (records: readonly SingleRecord[]) => {
    let next = 0;
    const sender = async () => {
      while (next < records.length) {
        const Records = records.slice(next, next + 500);
        next += Records.length;
        const answer = await client.send(new PutRecordsCommand({ StreamName: STREAM, Records }));
        if (answer.FailedRecordCount !== 0) throw new Error(`${answer.FailedRecordCount} records failed.`);
      }
    };
    await Promise.all(Array.from({ length: atATime }, sender));
    return records.length;
  };
  await send(await recordSupply(5_000));
  const records = await recordSupply(events);
  return measure(() => send(records));
}

async function ours(
  { events = 1_000_000, endpoint }: Task,
  order: 'key' | 'none',
  source: (amount: number) => Events = eventSupply,
): Promise<Measurement> {
  const [{ EventProducer }, { connectKinesis }, { customers }] = await Promise.all([
    import('../../producer/event-producer.js'),
    import('../../producer/write/kinesis-connection.js'),
    import('../../datasets/index.js'),
  ]);
  const kinesis = await connectKinesis(connectionTo(endpoint));
  const send = async (blocks: Awaited<Events>) => {
    const producer = new EventProducer({ dataset: customers, streamName: STREAM, send: kinesis.send, order });
    for await (const block of blocks) await producer.putBlock(block);
    const { taken, acknowledged, possiblyDuplicated, latency } = await producer.close();
    if (acknowledged !== taken) throw new Error(`${acknowledged} of ${taken} events were acknowledged.`);
    if (possiblyDuplicated > 0) throw new Error(`${possiblyDuplicated} events may be there twice.`);
    return { acknowledged, latency };
  };
  await send(await source(10_000));
  const blocks = await source(events);
  let note = '';
  const measurement = await measure(async () => {
    const { acknowledged, latency } = await send(blocks);
    note = `acknowledged within ${latency.p50.toFixed(0)} ms (half) and ${latency.p99.toFixed(0)} ms (99%)`;
    return acknowledged;
  });
  kinesis.close();
  return { ...measurement, note };
}

type Events = Promise<Iterable<EventBlock> | AsyncIterable<EventBlock>>;

/** Events that are made while others are sent. */
async function generatedMeanwhile(amount: number): Promise<AsyncIterable<EventBlock>> {
  const [{ generateBlocks }, { customers }] = await Promise.all([
    import('../../producer/generate/generate-blocks.js'),
    import('../../datasets/index.js'),
  ]);
  return generateBlocks(customers, { amount });
}

async function createStream(endpoint: string): Promise<void> {
  const { CreateStreamCommand, waitUntilStreamExists } = await import('@aws-sdk/client-kinesis');
  const client = await clientFor(endpoint);
  await client.send(new CreateStreamCommand({ StreamName: STREAM, ShardCount: SHARDS }));
  await waitUntilStreamExists({ client, maxWaitTime: 30, minDelay: 1 }, { StreamName: STREAM });
  client.destroy();
}

/** As anybody makes one: nothing chosen but where to. */
async function clientFor(endpoint: string): Promise<KinesisClient> {
  const { KinesisClient } = await import('@aws-sdk/client-kinesis');
  return new KinesisClient(connectionTo(endpoint));
}

const connectionTo = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
