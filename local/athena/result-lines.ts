import type { Readable } from 'node:stream';
import type { CsvRow } from './csv.js';

/** Reads the lines of a text result, each one value, with the offset in bytes of the line behind it. */
export async function* readLines(stream: Readable): AsyncGenerator<{ row: CsvRow; next: number }> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  for await (const chunk of stream) {
    let data = Buffer.concat([rest, chunk as Buffer]);
    for (let end = data.indexOf(NEWLINE); end !== -1; end = data.indexOf(NEWLINE)) {
      offset += end + 1;
      yield { row: [data.toString('utf8', 0, end)], next: offset };
      data = data.subarray(end + 1);
    }
    rest = data;
  }
  if (offset + rest.length > 0) yield { row: [rest.toString('utf8')], next: offset + rest.length };
}

const NEWLINE = 0x0a;
