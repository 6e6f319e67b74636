import type { Readable } from 'node:stream';

/** A row of a result: null for a field that is empty and not quoted. */
export type CsvRow = readonly (string | null)[];

/**
 * Reads rows of a result file, in which every value stands in quotes and NULL is an empty field, one after another
 * with the offset in bytes of the row behind it.
 */
export async function* readCsv(stream: Readable): AsyncGenerator<{ row: CsvRow; next: number }> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  for await (const chunk of stream) {
    const data = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (;;) {
      const end = rowEnd(data, start);
      if (end === -1) break;
      yield { row: parseRow(data.subarray(start, end)), next: offset + end + 1 };
      start = end + 1;
    }
    offset += start;
    rest = data.subarray(start);
  }
}

const QUOTE = 0x22;
const NEWLINE = 0x0a;

/** Where a row's newline is: the first that is not inside quotes; -1 where the row goes on beyond `data`. */
function rowEnd(data: Buffer, start: number): number {
  let position = start;
  for (;;) {
    const newline = data.indexOf(NEWLINE, position);
    const quote = data.indexOf(QUOTE, position);
    if (newline === -1 || quote === -1 || newline < quote) return newline;
    // A doubled quote inside ends one quoted run and begins the next, which comes to the same.
    const closing = data.indexOf(QUOTE, quote + 1);
    if (closing === -1) return -1;
    position = closing + 1;
  }
}

function parseRow(bytes: Buffer): CsvRow {
  const text = bytes.toString('utf8');
  const row: (string | null)[] = [];
  for (let position = 0; ; ) {
    if (text[position] === '"') {
      const closing = closingQuote(text, position + 1);
      row.push(text.slice(position + 1, closing).replaceAll('""', '"'));
      position = closing + 1;
    } else {
      const comma = text.indexOf(',', position);
      const end = comma === -1 ? text.length : comma;
      row.push(end === position ? null : text.slice(position, end));
      position = end;
    }
    if (position >= text.length) return row;
    position++;
    if (position === text.length) {
      row.push(null);
      return row;
    }
  }
}

function closingQuote(text: string, from: number): number {
  for (let position = from; ; position += 2) {
    position = text.indexOf('"', position);
    if (position === -1) return text.length;
    if (text[position + 1] !== '"') return position;
  }
}
