import { rm } from 'node:fs/promises';
import type { NewObject } from '../s3/object-entry.js';
import { type BatchLimit, takeBatch } from './batch.js';
import { convertedBy } from './conversion.js';
import { convertBatch } from './convert-batch.js';
import { type DeliveredFile, keepObject } from './delivered-file.js';
import { checkpointKey, type DeliveryEntry } from './delivery-entry.js';
import type { WorkerParts } from './delivery-worker.js';
import type { Backlog } from './record-source.js';
import { recordsFile } from './records-file.js';

/**
 * Delivers one buffer of records, converted or as they came, and publishes its object, the backup of the source, the
 * object of failed records and the checkpoint in one transaction. A process that dies before it has delivered nothing;
 * one that dies after it has delivered all, once.
 * @throws whatever stands in the way: nothing has been delivered then, and the same records are taken again.
 */
export async function deliver(
  delivery: DeliveryEntry,
  { source, checkpoint }: Backlog,
  limit: BatchLimit,
  parts: WorkerParts,
): Promise<void> {
  const { content, objects, store } = parts;
  const { destination } = delivery;
  const staged: string[] = [];
  const kept: NewObject[] = [];
  const stage = () => {
    const path = content.stagingPath();
    staged.push(path);
    return path;
  };
  try {
    const recordsPath = stage();
    const batch = await takeBatch(parts.log, source, checkpoint, limit, recordsPath);
    if (!batch) return;
    const conversion = convertedBy(destination);
    const files: DeliveredFile[] = conversion
      ? await convertBatch({ delivery, conversion, source, batch, recordsPath, stage }, parts)
      : [await recordsFile(recordsPath, stage(), destination)];
    const backup = destination.S3BackupMode === 'Enabled' ? destination.S3BackupConfiguration : undefined;
    if (backup) files.push(await recordsFile(recordsPath, stage(), backup));
    for (const file of files) kept.push(await keepObject(file, delivery, batch.oldest, parts));
    await objects.publish(kept, () => {
      if (!store.entries.get(checkpointKey(delivery.id)))
        throw new Error('The delivery stream has been deleted.');
      store.entries.put(checkpointKey(delivery.id), batch.next);
    });
    if (batch.expired > 0) parts.onExpired(delivery.name, batch.expired);
  } catch (error) {
    await objects.discard(kept);
    throw error;
  } finally {
    await Promise.all(staged.map((path) => rm(path, { force: true })));
  }
}
