import { availableParallelism } from 'node:os';
import type { Benchmark, Comparison, Contender, Task } from '../benchmark.js';
import { type Measurement, measure } from '../measure.js';

const PLAIN = 'plain faker';
const ALONE = 'ours, in the same thread';

/** 1, 2, 4 and so on, up to what the machine has. */
const WORKERS = [1, 2, 4, 8, 16].filter((workers) => workers === 1 || workers <= availableParallelism());

/** Events made into the bytes of JSON lines, and nothing done with them. */
export const generate: Benchmark = {
  name: 'generate',
  about: 'customers made into JSON lines, which go nowhere.',
  rounds: 3,
  contenders: [
    { name: PLAIN, run: plainFaker },
    { name: ALONE, run: (task) => ours(task, 0) },
    ...WORKERS.map((workers): Contender => ({ name: nameOf(workers), run: (task) => ours(task, workers) })),
  ],
  comparisons: [
    { subject: ALONE, peer: PLAIN, figure: 'rate', wanted: '>= 4' },
    ...WORKERS.map((workers): Comparison => ({ subject: nameOf(workers), peer: PLAIN, figure: 'rate' })),
  ],
};

function nameOf(workers: number): string {
  return workers === 1 ? 'ours, 1 worker thread' : `ours, ${workers} worker threads`;
}

/** The article's way: an object by faker, its JSON, its bytes. */
async function plainFaker({ events = 500_000 }: Task): Promise<Measurement> {
  const [{ faker }, { plainFakerEvent }] = await Promise.all([
    import('@faker-js/faker/locale/en'),
    import('./plain-faker.js'),
  ]);
  const make = (amount: number) => {
    let bytes = 0;
    for (let event = 0; event < amount; event++)
      bytes += Buffer.from(`${JSON.stringify(plainFakerEvent(faker))}\n`).byteLength;
    return bytes;
  };
  make(WARM_UP);
  return measure(() => {
    make(events);
    return events;
  });
}

/** Blocks as the producer takes them: with the lines, where they end, and the keys' hashes. */
async function ours({ events = 2_000_000 }: Task, workers: number): Promise<Measurement> {
  const [{ customers }, { generateBlocks }] = await Promise.all([
    import('../../datasets/index.js'),
    import('../../producer/generate/generate-blocks.js'),
  ]);
  const blocks = generateBlocks(customers, { amount: WARM_UP + events, workers });
  const make = async (amount: number) => {
    let made = 0;
    while (made < amount) {
      const { value } = await blocks.next();
      if (!value) throw new Error(`There were ${made} events of ${amount}.`);
      made += value.ends.length;
    }
    return made;
  };
  await make(WARM_UP);
  const measurement = await measure(() => make(events));
  await blocks.return();
  return measurement;
}

/** Events made before it counts: the compiler has seen the code by then, and threads have started. */
const WARM_UP = 100_000;
