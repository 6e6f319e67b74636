import { Writable } from 'node:stream';
import type { JsonEvent } from './event-line.js';
import type { EventProducer } from './event-producer.js';

/**
 * A stream of objects that takes a producer's events, for `pipeline()`: it has room when the producer has, and finishes
 * when everything written has been settled. The producer is not closed.
 *
 * @example
 * await pipeline(events, writableTo(producer));
 * const report = await producer.close();
 */
export function writableTo(producer: Pick<EventProducer, 'put' | 'flush'>): Writable {
  return new Writable({
    objectMode: true,
    write: (event: JsonEvent, _encoding, done) => {
      producer.put(event).then(() => done(), done);
    },
    final: (done) => {
      producer.flush().then(() => done(), done);
    },
  });
}
