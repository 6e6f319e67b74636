import type { JsonEvent } from '../event-line.js';

/**
 * Makes the JSON of events of known fields in half of the time that `JSON.stringify` takes: a draft first, which takes
 * it for granted that no text has a character that must be escaped; a look at its bytes then tells whether that was so.
 */
export class JsonDrafts {
  readonly #fields: readonly string[];
  /** What goes before the value of each field. Pieces are few and long, since each is a step of putting them together. */
  readonly #before: Readonly<Record<Neighbours, readonly string[]>>;
  /** Quotes that the draft in hand has if none of its texts has one. */
  #quotes = 0;

  constructor(fields: Iterable<string>) {
    this.#fields = [...fields];
    const names = this.#fields.map((name) => JSON.stringify(name));
    const pieces = (close: string, open: string) =>
      names.map((name, index) => `${index === 0 ? '{' : `${close},`}${name}:${open}`);
    this.#before = {
      textText: pieces('"', '"'),
      textOther: pieces('"', ''),
      otherText: pieces('', '"'),
      otherOther: pieces('', ''),
    };
  }

  /** The draft of an event's JSON; undefined where its fields or the kinds of its values are other than expected. */
  draft(event: JsonEvent): string | undefined {
    const fields = this.#fields;
    const before = this.#before;
    if (fields.length === 0 || event.toJSON !== undefined) return undefined;
    let position = 0;
    let quotes = 2 * fields.length;
    let text = '';
    let wasText = false;
    for (const name in event) {
      if (name !== fields[position]) return undefined;
      const value = event[name];
      if (typeof value === 'string') {
        text += (wasText ? before.textText : before.otherText)[position] + value;
        quotes += 2;
        wasText = true;
      } else if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) {
        text += (wasText ? before.textOther : before.otherOther)[position] + String(value);
        wasText = false;
      } else return undefined;
      position++;
    }
    if (position < fields.length) return undefined;
    this.#quotes = quotes;
    return text + (wasText ? '"}' : '}');
  }

  /** Whether the last draft, as UTF-8 in `bytes` from `start` to `end`, is what `JSON.stringify` gives. */
  isJson(draft: string, bytes: Uint8Array, start: number, end: number): boolean {
    if (specialBytes(bytes, start, end) !== this.#quotes) return false;
    // Half of a surrogate pair is escaped too, and cannot be written as UTF-8. Where each byte is a character, none is.
    return end - start === draft.length || !HALF_PAIR.test(draft);
  }
}

/** Whether the value before, and the one that follows, is a text. */
type Neighbours = 'textText' | 'textOther' | 'otherText' | 'otherOther';

/** How many bytes there are that a text cannot have unescaped. */
function specialBytes(bytes: Uint8Array, start: number, end: number): number {
  let special = 0;
  let at = start;
  // Four at a time: the check of a loop's end costs as much as that of a byte.
  for (const last = end - 3; at < last; at += 4)
    special +=
      (SPECIAL[bytes[at] as number] as number) +
      (SPECIAL[bytes[at + 1] as number] as number) +
      (SPECIAL[bytes[at + 2] as number] as number) +
      (SPECIAL[bytes[at + 3] as number] as number);
  for (; at < end; at++) special += SPECIAL[bytes[at] as number] as number;
  return special;
}

/** 1 for what a text cannot have unescaped: a quote, a backslash or a control character. */
const SPECIAL = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === 0x22 || byte === 0x5c ? 1 : 0,
);

const HALF_PAIR = /\p{Surrogate}/u;
