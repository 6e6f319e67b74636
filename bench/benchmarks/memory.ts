import type { Benchmark, Task } from '../benchmark.js';
import { type Measurement, measure } from '../measure.js';
import { acknowledgingKinesis } from '../server-process.js';

const ONCE = 'a million events';
const TENFOLD = 'ten times as many';

/** What the producer keeps: its peak memory must not grow with the number of events. */
export const memory: Benchmark = {
  name: 'memory',
  about:
    'the peak memory of the producer with a million events and with ten, made as it goes and sent to a server that only acknowledges.',
  rounds: 1,
  surroundings: acknowledgingKinesis,
  contenders: [
    { name: ONCE, run: (task) => produce(task, 1) },
    { name: TENFOLD, run: (task) => produce(task, 10) },
  ],
  comparisons: [{ subject: TENFOLD, peer: ONCE, figure: 'peakBytes', wanted: '<= 1.2' }],
};

async function produce({ events = 1_000_000, endpoint }: Task, times: number): Promise<Measurement> {
  const [{ EventProducer }, { connectKinesis }, { customers }, { generateBlocks }] = await Promise.all([
    import('../../producer/event-producer.js'),
    import('../../producer/write/kinesis-connection.js'),
    import('../../datasets/index.js'),
    import('../../producer/generate/generate-blocks.js'),
  ]);
  const amount = events * times;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const kinesis = await connectKinesis({ endpoint, region: 'us-east-1', credentials });
  const producer = new EventProducer({ dataset: customers, streamName: 'bench', send: kinesis.send });
  const measurement = await measure(async () => {
    for await (const block of generateBlocks(customers, { amount })) await producer.putBlock(block);
    const { acknowledged } = await producer.close();
    if (acknowledged !== amount) throw new Error(`${acknowledged} of ${amount} events were acknowledged.`);
    return acknowledged;
  });
  kinesis.close();
  return measurement;
}
