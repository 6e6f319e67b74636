import type { DeliveryEntry } from './delivery-entry.js';
import { DeliveryWorker, type WorkerParts } from './delivery-worker.js';

/** The workers of all delivery streams: one each, from its creation to its deletion. */
export class Deliveries {
  private readonly workers = new Map<number, DeliveryWorker>();

  constructor(private readonly parts: WorkerParts) {}

  /** Starts the delivery streams that the store holds. */
  startAll(): void {
    for (const entry of this.parts.store.entries.list<DeliveryEntry>(['delivery'])) this.start(entry);
  }

  start(entry: DeliveryEntry): void {
    this.workers.set(entry.id, new DeliveryWorker(entry, this.parts));
  }

  /** Goes on by another definition of a delivery stream. */
  update(entry: DeliveryEntry): void {
    this.workers.get(entry.id)?.update(entry);
  }

  /** Stops a delivery stream; resolves when nothing of it is under way. */
  async stop(id: number): Promise<void> {
    const worker = this.workers.get(id);
    this.workers.delete(id);
    await worker?.stop();
  }

  /** Stops them all. What is buffered stays on the streams, and is delivered after the next start. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.workers.keys()].map((id) => this.stop(id)));
  }
}
