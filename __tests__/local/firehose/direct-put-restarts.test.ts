import { setTimeout } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { CreateDeliveryStreamCommand, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { CreateBucketCommand, GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../local/store/store.js';
import { between, randomOf } from '../durability/random.js';
import { type Clients, clientsOf, runLocalAws, temporaryFolder } from '../running-local-aws.js';
import { startMain } from '../started-main.js';
import { directPut, plain } from './delivery.js';

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ put: fc.array(fc.nat({ max: 2_000 }), { minLength: 1, maxLength: 20 }) }),
  },
  { weight: 1, arbitrary: fc.constant('restart' as const) },
);

it('delivers every record that was acknowledged once, over restarts, and keeps none behind', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 3, maxLength: 12 }),
      fc.constantFrom('UNCOMPRESSED' as const, 'GZIP' as const),
      async (steps, CompressionFormat) => {
        const { folder: dataDir, remove } = await temporaryFolder();
        let running = await runLocalAws({ dataDir });
        try {
          await running.clients.s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
          await running.clients.firehose.send(
            new CreateDeliveryStreamCommand(directPut({ ...plain, CompressionFormat })),
          );
          const acknowledged: string[] = [];
          for (const one of steps) {
            if (one === 'restart') {
              await running.end();
              running = await runLocalAws({ dataDir });
              continue;
            }
            const first = acknowledged.length;
            const ids = one.put.map((_, index) => `record-${first + index}`);
            const Records = one.put.map((size, index) => ({
              Data: Buffer.from(`${ids[index]} ${'x'.repeat(size)}\n`),
            }));
            const { FailedPutCount } = await running.clients.firehose.send(
              new PutRecordBatchCommand({ DeliveryStreamName: 'g', Records }),
            );
            expect(FailedPutCount).toBe(0);
            acknowledged.push(...ids);
          }
          const delivered = () => deliveredIds(running.clients.s3, CompressionFormat === 'GZIP');
          await expect.poll(delivered, { timeout: 10_000 }).toEqual(acknowledged.sort());
          expect(running.troubles).toEqual([]);
        } finally {
          await running.end();
        }
        const store = await openStore(dataDir);
        expect([...store.records.getKeys({})]).toEqual([]);
        await store.close();
        await remove();
      },
    ),
    { numRuns: 8 },
  );
}, 120_000);

it('delivers every record that was acknowledged once, whenever it is killed', async () => {
  const { folder: dataDir, remove } = await temporaryFolder();
  onTestFinished(remove);
  const random = randomOf(7);
  const acknowledged: string[] = [];
  const sent = new Set<string>();
  for (let round = 0; round < 4; round++) {
    const main = await startMain(dataDir);
    const { firehose, s3 } = clientsOf(main.endpoint);
    if (round === 0) {
      await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
      await firehose.send(new CreateDeliveryStreamCommand(directPut(plain)));
    }
    let isKilled = false;
    const write = async (writer: number) => {
      for (let batch = 0; !isKilled; batch++) {
        const ids = Array.from({ length: 50 }, (_, index) => `${round}-${writer}-${batch}-${index}`);
        for (const id of ids) sent.add(id);
        const Records = ids.map((id) => ({ Data: Buffer.from(`${id} ${'x'.repeat(200)}\n`) }));
        const put = new PutRecordBatchCommand({ DeliveryStreamName: 'g', Records });
        const isAcknowledged = await firehose.send(put).then(
          () => true,
          () => false,
        );
        if (isAcknowledged) acknowledged.push(...ids);
      }
    };
    const written = [1, 2].map(write);
    await setTimeout(between(random, 100, 1_000));
    await main.end('SIGKILL');
    isKilled = true;
    await Promise.all(written);
  }
  expect(acknowledged.length).toBeGreaterThan(0);

  // A second start finds what the first delivered, and must not deliver it again.
  for (let start = 0; start < 2; start++) {
    const { clients, troubles, end } = await runLocalAws({ dataDir });
    try {
      let all: string[] = [];
      const missing = async () => {
        all = await deliveredIds(clients.s3, false);
        const there = new Set(all);
        return acknowledged.filter((id) => !there.has(id));
      };
      await expect.poll(missing, { timeout: 20_000 }).toEqual([]);
      expect(new Set(all).size).toBe(all.length);
      expect(all.filter((id) => !sent.has(id))).toEqual([]);
      expect(troubles).toEqual([]);
    } finally {
      await end();
    }
  }
}, 120_000);

async function deliveredIds(client: Clients['s3'], isGzip: boolean): Promise<string[]> {
  const ids: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: 'bucket' })) {
    for (const { Key } of Contents) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: 'bucket', Key }));
      const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
      const lines = (isGzip ? gunzipSync(bytes) : bytes).toString().trimEnd().split('\n');
      ids.push(...lines.map((line) => line.split(' ')[0] ?? ''));
    }
  }
  return ids.sort();
}
