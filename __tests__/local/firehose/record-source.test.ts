import { expect, it, onTestFinished } from 'vitest';
import { systemClock as clock } from '../../../local/clock.js';
import { checkpointKey, type DeliveryEntry } from '../../../local/firehose/delivery-entry.js';
import { backlogOf, freeSpace } from '../../../local/firehose/record-source.js';
import { RecordLog } from '../../../local/kinesis/record-log.js';
import { openStore } from '../../../local/store/store.js';
import { temporaryFolder } from '../running-local-aws.js';

it('frees what was put and delivered, and nothing else, also what a crash has left behind', async () => {
  const { folder, remove } = await temporaryFolder();
  const store = await openStore(folder);
  onTestFinished(async () => {
    await store.close();
    await remove();
  });
  const log = new RecordLog(store);
  const delivery = { id: 7, name: 'g' } as DeliveryEntry;
  const Data = { data: Buffer.from('abc'), partitionKey: '', isEncrypted: false, shard: 0 };
  await store.transaction(() => {
    for (const id of [6, 7, 8]) {
      log.append(
        id,
        Array.from({ length: 2_500 }, () => Data),
        1,
      );
    }
    const shards = [{ position: 2_400, bytes: 7_200 }];
    store.entries.put(checkpointKey(7), { streamId: 7, shards });
  });
  const left = () => [6, 7, 8].map((id) => [...log.read(id, 0, 0)].length);
  await freeSpace(delivery, { store, log, clock });
  expect(left()).toEqual([2_500, 100, 2_500]);
  expect(log.head(7, 0)).toEqual({ position: 2_400, bytes: 7_200 });
  expect(backlogOf(delivery, store.entries)).toMatchObject({
    source: { id: 7, shards: [{ number: 0 }] },
    checkpoint: { shards: [{ position: 2_400 }] },
  });
  await freeSpace(delivery, { store, log, clock });
  expect(left()).toEqual([2_500, 100, 2_500]);
  await store.transaction(() => store.entries.remove(checkpointKey(7)));
  await freeSpace(delivery, { store, log, clock });
  expect(left()).toEqual([2_500, 100, 2_500]);
  expect(backlogOf(delivery, store.entries)).toBeUndefined();
});
