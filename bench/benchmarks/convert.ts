import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deserializer } from '../../local/engine/conversion.js';
import type { Benchmark, Task } from '../benchmark.js';
import { childProcesses } from '../child-processes.js';
import { type Measurement, measure } from '../measure.js';
import { processUsage } from '../process-usage.js';
import { eventSupply } from './event-supply.js';

const OURS = 'ours';
const TENFOLD = 'ours, ten times as many';
const COPY = "DuckDB's own COPY from read_json";

/** What Firehose does with a stream: packed records to Parquet. The peer checks nothing and carries no record's place. */
export const convert: Benchmark = {
  name: 'convert',
  about:
    'customers in packed records of 25 KB, in files of 128 MiB, to Parquet by SNAPPY. Wanted are 500,000 events/s.',
  rounds: 3,
  contenders: [
    { name: OURS, run: (task) => ours(task, 1) },
    { name: COPY, run: duckDb },
  ],
  comparisons: [{ subject: OURS, peer: COPY, figure: 'rate', wanted: '>= 0.3' }],
};

/** What the engine's process keeps: its peak memory must not grow with the number of events. */
export const convertMemory: Benchmark = {
  name: 'convert-memory',
  about: 'the peak memory of the engine that converts a million of them, and ten.',
  rounds: 1,
  contenders: [
    { name: OURS, run: (task) => ours(task, 1) },
    { name: TENFOLD, run: (task) => ours(task, 10) },
  ],
  comparisons: [{ subject: TENFOLD, peer: OURS, figure: 'peakBytes', wanted: '<= 1.2' }],
};

const EVENTS = 1_000_000;
const WARM_UP = 200_000;
const RECORD_BYTES = 25_000;
/** What Firehose buffers at the most. */
const DELIVERY_BYTES = 128 * 1024 * 1024;

async function ours({ events = EVENTS }: Task, times: number): Promise<Measurement> {
  const [{ openEngine }, { customers }] = await Promise.all([
    import('../../local/engine/engine-process.js'),
    import('../../datasets/index.js'),
  ]);
  return withFolder(async (folder) => {
    const stagingDir = join(folder, 'staging');
    const objectsDir = join(folder, 'objects');
    await Promise.all([mkdir(stagingDir), mkdir(objectsDir)]);
    const deliveries = await writeDeliveries(stagingDir, events);
    const engine = openEngine({ stagingDir, objectsDir });
    const columns = Object.entries(customers.columns).map(([name, { type }]) => ({ name, type }));
    const deserializer: Deserializer = {
      kind: 'openx',
      isCaseInsensitive: true,
      dotsToUnderscores: false,
      namesByColumn: {},
    };
    const codec = 'SNAPPY' as const;
    const convertOne = async ({ path: recordsPath, recordLengths }: Delivery) => {
      const parquetPath = join(stagingDir, 'parquet');
      const request = { recordsPath, recordLengths, columns, deserializer, codec, parquetPath };
      const { rows, failures } = await engine.convert(request);
      if (failures.length > 0) throw new Error(`${failures.length} records failed.`);
      await rm(parquetPath);
      return rows;
    };
    // What starts with the first request is not measured.
    const warm = await writeDeliveries(stagingDir, WARM_UP, 'warm');
    for (const delivery of warm) await convertOne(delivery);
    const [child] = childProcesses(process.pid);
    const before = child === undefined ? undefined : processUsage(child);
    const measurement = await measure(async () => {
      let rows = 0;
      for (let time = 0; time < times; time++) {
        for (const delivery of deliveries) rows += await convertOne(delivery);
      }
      if (rows < events * times) throw new Error(`${rows} rows of ${events * times} events.`);
      return rows;
    });
    const after = child === undefined ? undefined : processUsage(child);
    await engine.close();
    return {
      ...measurement,
      cpuSeconds: after && before ? after.cpuSeconds - before.cpuSeconds : Number.NaN,
      peakBytes: after?.peakBytes ?? Number.NaN,
    };
  });
}

async function duckDb({ events = EVENTS }: Task): Promise<Measurement> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  return withFolder(async (folder) => {
    const deliveries = await writeDeliveries(folder, events);
    const warm = await writeDeliveries(folder, WARM_UP, 'warm');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const { customers } = await import('../../datasets/index.js');
    const columns = Object.entries(customers.columns).map(
      ([name, { type }]) => `'${name}': '${type === 'string' ? 'VARCHAR' : type}'`,
    );
    const copy = async ({ path }: Delivery) => {
      const source = `read_json('${path}', format='newline_delimited', columns={${columns.join(', ')}})`;
      const target = join(folder, 'parquet');
      const done = await connection.runAndReadAll(
        `COPY (FROM ${source}) TO '${target}' (FORMAT parquet, COMPRESSION snappy)`,
      );
      await rm(target);
      return Number(done.getRows()[0]?.[0]);
    };
    for (const delivery of warm) await copy(delivery);
    return measure(async () => {
      let rows = 0;
      for (const delivery of deliveries) rows += await copy(delivery);
      if (rows < events) throw new Error(`${rows} rows of ${events} events.`);
      return rows;
    });
  });
}

interface Delivery {
  readonly path: string;
  readonly recordLengths: readonly number[];
}

/** Files of packed records, as full as Firehose's buffer gets. */
async function writeDeliveries(
  folder: string,
  events: number,
  name = 'records',
): Promise<readonly Delivery[]> {
  const deliveries: Delivery[] = [];
  let file = await open(join(folder, `${name}-0`), 'w');
  let lengths: number[] = [];
  let size = 0;
  const finish = async () => {
    await file.close();
    deliveries.push({ path: join(folder, `${name}-${deliveries.length}`), recordLengths: lengths });
    lengths = [];
    size = 0;
  };
  for (const { lines, ends } of await eventSupply(events)) {
    if (size + lines.length > DELIVERY_BYTES) {
      await finish();
      file = await open(join(folder, `${name}-${deliveries.length}`), 'w');
    }
    await file.appendFile(lines);
    size += lines.length;
    let start = 0;
    for (const [i, end] of ends.entries()) {
      const next = ends[i + 1] ?? Number.POSITIVE_INFINITY;
      if (next - start <= RECORD_BYTES) continue;
      lengths.push(end - start);
      start = end;
    }
  }
  await finish();
  return deliveries;
}

async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lakehouse-bench-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
