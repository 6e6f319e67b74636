import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { customers, type Dataset, defineDataset, pool } from '../../../datasets/index.js';
import { GeneratorWorkers } from '../../../producer/generate/generator-workers.js';
import {
  BLOCK,
  type GenerateBlocksOptions,
  generate,
  generateBlocks,
  REFERENCE_DATE,
} from '../../../producer/index.js';
import { pageViews } from '../../datasets/page-views.js';
import { collect, linesOf } from '../blocks.js';

const blocks = (options: GenerateBlocksOptions, dataset: Dataset = customers) =>
  collect(generateBlocks(dataset, options));
const bytes = async (options: GenerateBlocksOptions) =>
  Buffer.concat((await blocks(options)).map(({ lines }) => lines)).toString();

/** A dataset whose identities are what `value` makes of their index. */
const odd = (value: (index: number) => unknown) => {
  let index = 0;
  return defineDataset({
    name: 'odd',
    comment: 'Odd events.',
    columns: {
      id: { type: 'string', comment: 'Identity.' },
      at: { type: 'timestamp', comment: 'When, UTC.' },
    },
    identity: 'id',
    time: 'at',
    partitionKey: 'id',
    generate: ({ now }) => ({ id: value(index++) as string, at: now.toISOString() }),
  });
};

describe('blocks', () => {
  it('are the events that generate gives, as JSON lines, in order', async () => {
    for (const dataset of [customers, pageViews]) {
      const all = await blocks({ amount: 2_300, seed: 9 }, dataset);
      expect(all.map(({ first, ends }) => [first, ends.length])).toEqual([
        [0, 1_000],
        [1_000, 1_000],
        [2_000, 300],
      ]);
      const events = [...generate(dataset, { amount: 2_300, seed: 9 })];
      expect(all.flatMap(linesOf)).toEqual(events.map((event) => JSON.stringify(event)));
      for (const { lines, ends } of all) expect(lines.byteLength).toBe(ends.at(-1));
    }
  });

  it('know the hash by which Kinesis routes each event, and the keys where they are wanted', async () => {
    const [block = expect.fail()] = await blocks({ amount: 50, seed: 1, keys: true });
    const keys = linesOf(block).map((line) => JSON.parse(line).uuid as string);
    expect(block.keys).toEqual(keys);
    const hashes = keys.map((key) => createHash('md5').update(key).digest().readUInt32BE());
    expect([...block.hashes]).toEqual(hashes);
    const [without] = await blocks({ amount: 1, seed: 1 });
    expect(without).not.toHaveProperty('keys');
  });

  it('are the same bytes whatever the number of threads', async () => {
    const imperfections = { duplicates: 0.1, malformed: 0.1 };
    const digest = async (workers: number) => {
      const hash = createHash('sha256');
      const options = { amount: 12_345, seed: 77, keys: true, imperfections, workers };
      for await (const { lines, ends, hashes, ...rest } of generateBlocks(customers, options)) {
        hash.update(lines).update(ends).update(hashes).update(JSON.stringify(rest));
      }
      return hash.digest('hex');
    };
    const alone = await digest(0);
    expect([await digest(1), await digest(3)]).toEqual([alone, alone]);
  });

  it('are others of another seed, and of none', async () => {
    const [one, same, other, none, noneAgain] = await Promise.all(
      [1, 1, 2, undefined, undefined].map((seed) => bytes({ amount: 10, seed })),
    );
    expect(one).toBe(same);
    expect(new Set([one, other, none, noneAgain]).size).toBe(4);
  });

  it('happen when they are to start, where there is a schedule and no seed', async () => {
    const begin = Date.parse('2027-01-01T00:00:00Z');
    const schedule = { rate: { kind: 'constant', perSecond: 4 }, begin } as const;
    for (const workers of [0, 1]) {
      const [block] = await blocks({ amount: 3, schedule, workers });
      const dates = linesOf(block ?? expect.fail()).map((line) => JSON.parse(line).event_date as string);
      expect(dates).toEqual([0, 250, 500].map((ms) => new Date(begin + ms).toISOString()));
    }
    const seeded = await bytes({ amount: 3, schedule, seed: 1 });
    expect(seeded).toContain(`"event_date":"${REFERENCE_DATE.toISOString()}"`);
  });

  it('refuse events that can never be sent, and go on', async () => {
    const values = ['a', '', 'x'.repeat(300), 1n, 'b', null, 'y\n"\ud800'];
    const [block = expect.fail()] = await blocks(
      { amount: 7 },
      odd((index) => values[index]),
    );
    expect(block?.refused?.map(({ offset, code }) => [offset, code])).toEqual([
      [1, 'PartitionKeyEmpty'],
      [2, 'PartitionKeyTooLong'],
      [3, 'NotSerializable'],
      [5, 'PartitionKeyMissing'],
    ]);
    const lines = linesOf(block);
    expect(lines.map((line) => line && JSON.parse(line).id)).toEqual([
      'a',
      '',
      '',
      '',
      'b',
      '',
      'y\n"\ud800',
    ]);
    expect(lines[6]).toContain('"id":"y\\n\\"\\ud800"');
    expect(block.refused?.[0]?.text).toContain('"id":""');
  });

  it('refuse what is over 1 MiB', async () => {
    const large = defineDataset({
      ...customers,
      generate: ({ now }) => ({
        uuid: 'k',
        event_date: now.toISOString(),
        status: 'x'.repeat(1 << 20),
        name: '',
        last_name: '',
        email: '',
        phone: '',
      }),
    });
    const [block] = await blocks({ amount: 1 }, large);
    expect(block?.refused).toMatchObject([{ offset: 0, code: 'RecordTooLarge' }]);
    expect(block?.lines.byteLength).toBe(0);
  });

  it('can be without end', async () => {
    for (const workers of [0, 2]) {
      let events = 0;
      for await (const { ends } of generateBlocks(customers, { seed: 1, workers })) {
        events += ends.length;
        if (events === 30 * BLOCK) break;
      }
      expect(events).toBe(30 * BLOCK);
    }
  });

  it('leave no thread behind, and keep no process alive', async () => {
    const script = `
      import { customers } from ${JSON.stringify(new URL('../../../datasets/index.ts', import.meta.url).href)};
      import { generateBlocks } from ${JSON.stringify(new URL('../../../producer/index.ts', import.meta.url).href)};
      for await (const block of generateBlocks(customers, { workers: 1 })) break;
      const forgotten = generateBlocks(customers, { workers: 1 });
      await forgotten.next();
      console.log('done');
    `;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
    expect((await promisify(execFile)(process.execPath, args)).stdout).toBe('done\n');
  });

  it('end with the error that the generator throws', async () => {
    const failing = odd((index) => {
      if (index === 1_500) throw new Error('no more ideas');
      return String(index);
    });
    await expect(blocks({ amount: 3_000 }, failing)).rejects.toThrow('no more ideas');
  });

  it('end with the error of a thread', async () => {
    const plan = {
      words: [1],
      times: { kind: 'clock' },
      amount: 10,
      keys: false,
      imperfections: {},
    } as const;
    const threads = new GeneratorWorkers({ dataset: 'nowhere', plan }, 2, 1);
    await expect(threads.next()).rejects.toThrow('There is no dataset "nowhere".');
    await expect(threads.next()).rejects.toThrow('There is no dataset "nowhere".');
    await threads.close();
  });

  it('are made in this thread where no other knows the dataset', async () => {
    const renamed = { ...customers, name: 'nowhere' };
    const [here, there] = await Promise.all([
      blocks({ amount: 10, seed: 1, workers: 2 }, renamed),
      blocks({ amount: 10, seed: 1, workers: 2 }),
    ]);
    expect(here).toEqual(there);
  });
});

describe('pools', () => {
  it('have the same values whichever block draws from them first', async () => {
    const names = pool({ size: 5, make: (faker) => faker.person.firstName() });
    const drawn = (from: number) => {
      let made = 0;
      return defineDataset({
        ...pageViews,
        columns: { id: { type: 'string', comment: 'A name.' } },
        identity: 'id',
        time: 'id',
        partitionKey: 'id',
        generate: ({ draw }) => ({ id: made++ < from ? draw.uuid() : draw.from(names) }),
      });
    };
    const namesFrom = (from: number) =>
      [...generate(drawn(from), { amount: 3_000, seed: 4 })].map(({ id }) => id);
    expect(namesFrom(2_000).slice(2_000)).toEqual(namesFrom(0).slice(2_000));
    expect(new Set(namesFrom(0)).size).toBeLessThanOrEqual(5);
  });
});
