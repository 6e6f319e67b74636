import type { Output } from '../cli/output.js';
import type { FoundObject } from './find-objects.js';
import { findMark } from './marked-object.js';
import { outgoing } from './outgoing.js';
import type { RedriveOptions, RedriveReport } from './redrive.js';
import { isCode, recordsOf } from './survey.js';

/** Prints the events that would be sent, a line of JSON each, and sends and marks nothing. */
export async function preview(
  objects: Iterable<FoundObject>,
  options: Omit<RedriveOptions, 'delivery' | 'claim'>,
  output: Output,
): Promise<RedriveReport> {
  const { bucket, check, mapping, code, again, stop, onUnsendable, onRecords } = options;
  const counts = { objects: 0, sent: 0, leftOut: 0, unsendable: 0, undelivered: 0, held: [] };
  for (const object of objects) {
    const mark = again ? undefined : (await findMark(bucket, object.key, Date.now()))?.mark;
    for await (const { number, parts, failure } of recordsOf(bucket, object)) {
      if (stop?.aborted || output.readerLeft.aborted) return { ...counts, isStopped: true };
      if (!isCode(failure?.code ?? '', code) || mark?.done.has(number)) continue;
      for (const [event, part] of parts.entries()) {
        if (mark?.partly.get(number)?.has(event)) continue;
        const from = { object: object.key, record: number };
        const made = await outgoing(check, part, { ...from, ...failure }, mapping);
        if (made.kind === 'unsendable') {
          counts.unsendable++;
          onUnsendable?.({ code: made.code, message: made.message, ...from, event, bytes: part.bytes });
          continue;
        }
        if (made.lines.length === 0) counts.leftOut++;
        else counts.sent++;
        for (const { bytes } of made.lines) await output.write(Buffer.from(bytes).toString());
      }
      onRecords?.(1);
    }
    counts.objects++;
  }
  return { ...counts, isStopped: false };
}
