import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Benchmark, Task } from '../benchmark.js';
import { localAws } from '../local-aws.js';
import { type Measurement, measure } from '../measure.js';
import { watchUsage } from '../process-usage.js';
import type { ProcessUsage } from '../surroundings.js';

/** The whole way, through the same commands that people use: events from the producer's start until SQL counts them. */
export const path: Benchmark = {
  name: 'path',
  about:
    'customers from the start of the producer until SQL counts all of them, on local AWS with one shard.',
  rounds: 1,
  surroundings: () => localAws({ provision: true }),
  contenders: [{ name: 'end to end', run: endToEnd }],
  comparisons: [],
};

/** Milliseconds that everything together may take. */
const PATIENCE = 20 * 60_000;

async function endToEnd({ events = 200_000, endpoint }: Task): Promise<Measurement> {
  const [{ AthenaSession }, { datasets }, { connectionFor, loadSettings, namesFor }] = await Promise.all([
    import('../../athena/index.js'),
    import('../../datasets/index.js'),
    import('../../settings/index.js'),
  ]);
  const environment = { ...process.env, LAKEHOUSE_ENV: 'local', AWS_ENDPOINT_URL: endpoint };
  const settings = loadSettings(environment);
  const names = namesFor(settings);
  const table = names.table(datasets[0]?.name ?? '');
  const session = new AthenaSession({
    connection: connectionFor(settings),
    workgroup: names.workgroup,
    database: names.database,
    polling: { first: 20, longest: 200 },
  });
  const count = async () => {
    for await (const row of await session.query<{ events: bigint }>(
      `SELECT count(*) AS events FROM ${table}`,
    ))
      return Number(row.events);
    return 0;
  };
  await count();

  let produced = 0;
  let usage: ProcessUsage | undefined;
  const measurement = await measure(async () => {
    const start = performance.now();
    usage = await produce(events, environment);
    produced = performance.now() - start;
    for (let counted = await count(); counted !== events; counted = await count()) {
      const isLate = performance.now() - start > PATIENCE;
      if (isLate || counted > events) throw new Error(`SQL counts ${counted} events of ${events}.`);
      await sleep(200);
    }
    return events;
  });
  await session.close();
  return {
    ...measurement,
    // What counts is the producer: this process has only waited.
    cpuSeconds: usage?.cpuSeconds ?? Number.NaN,
    peakBytes: usage?.peakBytes ?? Number.NaN,
    note: `the producer's process took ${(produced / 1_000).toFixed(1)} s of it; CPU and memory are its own`,
  };
}

async function produce(events: number, env: NodeJS.ProcessEnv): Promise<ProcessUsage | undefined> {
  const main = fileURLToPath(new URL('../../producer/main.ts', import.meta.url));
  const args = ['--import', 'tsx', main, '--amount', String(events), '--quiet'];
  const producer = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const usage = watchUsage(producer.pid ?? 0);
  const [said, [code]] = await Promise.all([text(producer.stderr), once(producer, 'close')]);
  if (code !== 0) throw new Error(`The producer ended with ${code}: ${said.trim()}`);
  return usage.last();
}
