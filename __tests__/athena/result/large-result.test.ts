import { describe, expect, it } from 'vitest';
import {
  AthenaSession,
  type ObjectLocation,
  type ObjectStore,
  ResultGoneError,
} from '../../../athena/index.js';
import { collect } from '../collect.js';
import { FakeAthena, type FakeQuery } from '../fake-athena.js';
import { answered, FakeObjects } from '../fake-objects.js';

const LOCATION = 's3://results/query-1.csv';
const columns = [
  ['n', 'integer'],
  ['text', 'varchar'],
] as const;
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, n) => [String(n), n % 3 === 0 ? null : `"${n}",\n`]);
const csvOf = (rows: readonly (readonly (string | null)[])[]) =>
  [['n', 'text'], ...rows]
    .map(
      (row) => `${row.map((cell) => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',')}\n`,
    )
    .join('');
const expected = (rows: readonly (readonly (string | null)[])[]) =>
  rows.map(([n, text]) => ({ n: Number(n), text }));

describe('a large result', () => {
  it('comes from its object in S3 behind the first page, each row once', async () => {
    const rows = rowsOf(3_000);
    const objects = new FakeObjects({ [LOCATION]: csvOf(rows) });
    const { result, athena } = await run({ rows }, objects);
    expect(await collect(result)).toEqual(expected(rows));
    expect(result.rowsRead).toBe(3_000);
    expect(athena.pages).toEqual([undefined]);
    expect(objects.reads).toHaveLength(1);
  });

  it('is not looked for in S3 where one page has it all', async () => {
    const rows = rowsOf(900);
    const objects = new FakeObjects({ [LOCATION]: csvOf(rows) });
    const { result } = await run({ rows }, objects);
    expect(await collect(result)).toEqual(expected(rows));
    expect(objects.reads).toEqual([]);
  });

  it('comes in pages where one may not read the object, or there is none', async () => {
    const rows = rowsOf(2_500);
    const denied = new FakeObjects();
    denied.troubles.push(answered('AccessDenied', 403));
    for (const objects of [new FakeObjects(), denied]) {
      const { result, athena } = await run({ rows }, objects);
      expect(await collect(result)).toEqual(expected(rows));
      expect(athena.pages).toEqual([undefined, '1000', '2000']);
    }
  });

  it.each([
    ['deleted', answered('NoSuchKey', 404)],
    ['replaced', answered('PreconditionFailed', 412)],
  ])('that is %s while it is read is an error that says so, with the query', async (_, answer) => {
    const rows = rowsOf(3_000).map(([n]) => [n ?? '', 'x'.repeat(3_000)]);
    const objects = new FakeObjects({ [LOCATION]: csvOf(rows) });
    const { result } = await run({ rows }, objects);
    // The first part arrives; each that is asked for ahead is answered so.
    const read = objects.read.bind(objects);
    objects.read = (location, range, signal) =>
      range.start === 0 ? read(location, range, signal) : Promise.reject(answer);
    const error = await collect(result).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ResultGoneError);
    expect(error).toMatchObject({
      message: `The result of query ${result.executionId} was deleted or replaced while it was read.`,
      cause: answer,
    });
  });

  it('comes in pages where Athena keeps it itself, or it is no CSV', async () => {
    const rows = rowsOf(1_500);
    for (const location of ['', 's3://results/query-1.txt']) {
      const objects = new FakeObjects({ [LOCATION]: 'x' });
      const { result } = await run({ rows }, objects, location);
      expect(await collect(result)).toEqual(expected(rows));
      expect(objects.reads).toEqual([]);
    }
  });

  it('is asked for in parts, a few ahead, each again where its connection breaks off', async () => {
    const big = 'x'.repeat(100_000);
    const rows = Array.from({ length: 1_200 }, (_, n) => [String(n), n < 1_000 ? 'y' : big]);
    const objects = new FakeObjects({ [LOCATION]: csvOf(rows) });
    objects.troubles.push(0, Object.assign(new Error('gone'), { code: 'ECONNRESET' }));
    const { result } = await run({ rows }, objects);
    expect(await collect(result)).toEqual(expected(rows));
    const starts = objects.reads.map(({ start }) => start);
    expect(starts.slice(0, 3)).toEqual([0, 0, 0]);
    expect(starts.slice(3)).toEqual([1, 2, 3, 4].map((part) => part * 4 * 1_024 * 1_024));
  });

  it('that breaks off for good is an error, never fewer rows', async () => {
    const rows = rowsOf(1_500);
    const whole = csvOf(rows);
    const cut = new FakeObjects({ [LOCATION]: whole.slice(0, -3) });
    await expect(collect((await run({ rows }, cut)).result)).rejects.toThrow('middle of a row');
    const narrow = new FakeObjects({ [LOCATION]: `"n"\n${'"1"\n'.repeat(2_000)}` });
    await expect(collect((await run({ rows }, narrow)).result)).rejects.toThrow('1 values for 2 columns');
  });

  it('asks for nothing more when its reader leaves', async () => {
    const rows = Array.from({ length: 2_000 }, (_, n) => [String(n), 'x'.repeat(40_000)]);
    const objects = new FakeObjects({ [LOCATION]: csvOf(rows) });
    const { result } = await run({ rows }, objects);
    for await (const row of result) if (row.n === 5) break;
    const before = objects.reads.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(objects.reads.length).toBe(before);
    expect(before).toBeLessThanOrEqual(4);
    // Nor does what is on its way have to arrive.
    expect(objects.signals.every((signal) => signal?.aborted)).toBe(true);
  });

  it('ends when the signal aborts', async () => {
    const abort = new AbortController();
    const rows = rowsOf(5_000);
    const objects = new FakeObjects({ [LOCATION]: csvOf(rows) });
    const { result } = await run({ rows }, objects, LOCATION, abort.signal);
    const reading = async () => {
      for await (const row of result) if (row.n === 2_000) abort.abort();
    };
    await expect(reading()).rejects.toMatchObject({ name: 'QueryCancelledError' });
    expect(result.rowsRead).toBe(2_001);
  });

  it('of 400 MB is held a few megabytes at a time', async () => {
    const objects = new EndlessObject(400 * 1_024 * 1_024);
    const { result } = await run({ rows: rowsOf(1_500) }, objects);
    let rows = 0;
    let most = 0;
    for await (const _ of result.cells()) {
      rows++;
      if (rows % 100_000 === 0) most = Math.max(most, process.memoryUsage().arrayBuffers);
    }
    expect(rows).toBe(objects.rows - 1);
    // Parts on their way and the one that is read; the collector is not always in time.
    expect(most).toBeLessThan(250 * 1_024 * 1_024);
  }, 60_000);
});

/** An object of many equal rows, made as it is asked for. */
class EndlessObject extends FakeObjects implements ObjectStore {
  readonly #row = Buffer.from(`"1","${'x'.repeat(56)}"\n`);
  readonly #header = Buffer.from('"n","text"\n');
  readonly rows: number;
  constructor(size: number) {
    super();
    this.rows = 1 + Math.floor(size / this.#row.byteLength);
  }

  override async read(_location: ObjectLocation, range: { readonly start: number; readonly end: number }) {
    const size = this.#header.byteLength + (this.rows - 1) * this.#row.byteLength;
    const end = Math.min(range.end, size);
    const bytes = Buffer.alloc(end - range.start);
    const from = Math.max(0, range.start - this.#header.byteLength);
    const repeated = Buffer.alloc(bytes.byteLength + 2 * this.#row.byteLength, this.#row);
    const headed =
      range.start < this.#header.byteLength ? this.#header.subarray(range.start) : Buffer.alloc(0);
    headed.copy(bytes);
    repeated.copy(bytes, headed.byteLength, from % this.#row.byteLength);
    return { bytes, size, etag: '"e"' };
  }
}

async function run(
  query: Pick<FakeQuery, 'rows'>,
  objects: ObjectStore,
  location = LOCATION,
  signal?: AbortSignal,
) {
  const athena = new FakeAthena({
    columns,
    ...query,
    execution: { ResultConfiguration: location === '' ? {} : { OutputLocation: location } },
  });
  const session = new AthenaSession({
    client: athena,
    objects,
    workgroup: 'w',
    database: 'd',
    wait: async () => {},
  });
  return { athena, result: await session.query('SELECT', { signal }) };
}
