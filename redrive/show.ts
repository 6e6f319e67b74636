import { isUtf8 } from 'node:buffer';
import type { Output } from '../cli/output.js';
import type { FoundObject } from './find-objects.js';
import type { LakeBucket } from './lake-bucket.js';
import { findMark } from './marked-object.js';
import type { StoredRecord } from './stored-record.js';
import { isCode, recordsOf } from './survey.js';

/** Prints failed records with their reasons, a line of JSON each, up to a limit. Gives how many. */
export async function printRecords(
  bucket: LakeBucket,
  objects: AsyncIterable<FoundObject>,
  {
    code,
    limit,
    output,
  }: { readonly code?: string | undefined; readonly limit: number; readonly output: Output },
): Promise<number> {
  let printed = 0;
  for await (const object of objects) {
    const done = (await findMark(bucket, object.key, Date.now()))?.mark?.done;
    for await (const record of recordsOf(bucket, object)) {
      if (!isCode(record.failure?.code ?? '', code)) continue;
      if (printed === limit || output.readerLeft.aborted) return printed;
      await output.write(`${jsonOf(object, record, done?.has(record.number) === true)}\n`);
      printed++;
    }
  }
  return printed;
}

function jsonOf({ key }: FoundObject, { number, data, failure }: StoredRecord, redriven: boolean): string {
  const { arrivedAt, ...why } = failure ?? {};
  return JSON.stringify({
    ...why,
    ...(arrivedAt !== undefined && { arrived: new Date(arrivedAt).toISOString() }),
    object: key,
    line: number,
    redriven,
    text: Buffer.from(data).toString(),
    // What is no text would not come back from it.
    ...(!isUtf8(data) && { base64: Buffer.from(data).toString('base64') }),
  });
}
