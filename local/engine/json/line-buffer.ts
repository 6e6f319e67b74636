/**
 * Bytes of rows on their way to DuckDB's CSV reader, which reads them without quotes: a field follows each SEPARATOR,
 * a row ends with a newline. JSON strings hold no raw control character, so most bytes are copied as they are.
 */
export class LineBuffer {
  private bytes = Buffer.allocUnsafe(1 << 20);
  /** Written to while the other is on its way to the file. */
  private spare = Buffer.allocUnsafe(1 << 20);
  length = 0;
  /** Whether anything was ever written that `unescaped` has to restore. */
  hasEscapes = false;

  separator(): void {
    this.reserve(1);
    this.bytes[this.length++] = SEPARATOR;
  }

  newline(): void {
    this.reserve(1);
    this.bytes[this.length++] = 0x0a;
  }

  null(): void {
    this.reserve(1);
    this.bytes[this.length++] = NULL;
  }

  /** Text that may hold any character. */
  text(text: string): void {
    const isSpecial = SPECIAL.test(text);
    if (isSpecial) this.hasEscapes = true;
    const safe = isSpecial ? text.replace(SPECIALS, (c) => `${ESCAPE}${c.charCodeAt(0)};`) : text;
    this.reserve(safe.length * 3);
    this.length += this.bytes.write(safe, this.length);
  }

  /** Copies the inside of a JSON string; returns false, having copied nothing, if there is an escape in it. */
  copy(from: Buffer, start: number, end: number): boolean {
    this.reserve(end - start);
    const { bytes } = this;
    let to = this.length;
    for (let i = start; i < end; i++) {
      const c = from[i] ?? 0;
      if (c === 0x5c) return false;
      bytes[to++] = c;
    }
    this.length = to;
    return true;
  }

  /** What was written since the last call, valid until the next but one. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.length);
    [this.bytes, this.spare] = [this.spare, this.bytes];
    this.length = 0;
    return taken;
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + more));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }
}

const SEPARATOR = 1;
const NULL = 2;
const ESCAPE = '\u0003';
/** What a field cannot hold as it is; built of codes, as a literal with control characters looks like a mistake. */
const SPECIAL = new RegExp(`[${String.fromCharCode(0, 1, 2, 3, 10, 13)}]`);
const SPECIALS = new RegExp(SPECIAL, 'g');

/** How `read_csv` has to be called for such a file. The field before the first separator is empty in each row. */
export const CSV_OPTIONS =
  "delim=chr(1), quote='', escape='', comment='', nullstr=chr(2), new_line='\\n', header=false, auto_detect=false";

/** SQL that undoes the escapes in a field. */
export function unescaped(field: string): string {
  const restored = [0, 1, 2, 10, 13, 3].reduce(
    (sql, c) => `replace(${sql}, chr(3) || '${c};', chr(${c}))`,
    field,
  );
  return `CASE WHEN contains(${field}, chr(3)) THEN ${restored} ELSE ${field} END`;
}
