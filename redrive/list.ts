import type { Output } from '../cli/output.js';
import type { FoundObject } from './find-objects.js';
import { counted, inBytes } from './in-words.js';
import type { LakeBucket } from './lake-bucket.js';
import { surveys } from './plan.js';
import { type CodeCount, NOTHING, type Survey, sum } from './survey.js';
import { inSeconds } from './time-range.js';

/**
 * Prints a line for each object, of JSON or for people, for whom a line for each code follows. Gives the number of
 * objects.
 */
export async function printList(
  bucket: LakeBucket,
  objects: AsyncIterable<FoundObject>,
  { format, output }: { readonly format: 'text' | 'jsonl'; readonly output: Output },
): Promise<number> {
  const codes = new Map<string, CodeCount>();
  let printed = 0;
  for await (const surveyed of surveys(bucket, objects, output.readerLeft)) {
    printed++;
    for (const [code, count] of surveyed.codes) codes.set(code, sum(codes.get(code) ?? NOTHING, count));
    await output.write(`${format === 'text' ? textLine(surveyed) : jsonLine(surveyed)}\n`);
  }
  if (format === 'text') {
    for (const [code, { records, bytes, redriven }] of codes)
      await output.write(
        `${code}: ${counted(records, 'record')} (${inBytes(bytes)}), ${redriven} redriven\n`,
      );
  }
  return printed;
}

function textLine(surveyed: Survey): string {
  const { object, codes, total } = surveyed;
  const byCode = [...codes].map(([code, { records }]) => `${records} ${code.split('.').at(-1)}`).join(', ');
  const columns = [inSeconds(object.time), inBytes(total.bytes).padStart(9), stateInWords(surveyed), byCode];
  return `${columns.join('  ')}  ${object.key}`;
}

function jsonLine(surveyed: Survey): string {
  const { object, codes, total, found } = surveyed;
  return JSON.stringify({
    object: object.key,
    time: inSeconds(object.time),
    records: total.records,
    bytes: total.bytes,
    redriven: total.redriven,
    state: stateOf(surveyed),
    ...(found?.busy && { by: found.busy.by }),
    codes: Object.fromEntries(
      [...codes].map(([code, { records, redriven }]) => [code, { records, redriven }]),
    ),
  });
}

function stateOf({ found, total }: Survey): 'new' | 'partly' | 'redriven' | 'busy' | 'unreadable' {
  if (found?.busy) return 'busy';
  if (found && !found.mark) return 'unreadable';
  if (found && total.redriven === total.records) return 'redriven';
  return total.redriven > 0 || (found?.mark?.partly.size ?? 0) > 0 ? 'partly' : 'new';
}

function stateInWords(surveyed: Survey): string {
  const { found, total } = surveyed;
  switch (stateOf(surveyed)) {
    case 'busy':
      return `being sent by ${found?.busy?.by}`;
    case 'unreadable':
      return 'mark unreadable';
    case 'partly':
      return `${total.redriven} of ${total.records} redriven`;
    case 'redriven':
      return 'redriven';
    case 'new':
      return 'new';
  }
}
