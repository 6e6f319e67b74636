import { isUtf8 } from 'node:buffer';
import type { Column, Dataset } from '../../datasets/index.js';
import type { JsonEvent } from '../event-line.js';
import { partitionKeyOf } from '../partition-key.js';
import type { RefusalCode } from '../refusal.js';
import { fitsColumn } from './column-value.js';

/** What a line's look has shown: the partition key of its event, or why it is none of the dataset's. */
export type CheckedLine =
  | { readonly kind: 'event'; readonly key: string }
  | { readonly kind: 'refusal'; readonly code: RefusalCode; readonly message: string };

/** Looks whether lines are events of a dataset, as Firehose would convert them. */
export class LineCheck {
  readonly #columns: ReadonlyMap<string, Column>;

  /** @param onUnknownField called for each field that is no column, which Firehose will leave out. */
  constructor(
    private readonly dataset: Omit<Dataset, 'generate'>,
    private readonly onUnknownField?: (name: string) => void,
  ) {
    this.#columns = new Map(Object.entries(dataset.columns));
  }

  check(line: Uint8Array): CheckedLine {
    if (!isUtf8(line)) return refusal('NotUtf8', 'The line is not UTF-8.');
    const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString();
    const json = parsed(text);
    if (json instanceof Error) return refusal('NotJson', `The line is no JSON: ${json.message}.`);
    if (typeof json !== 'object' || json === null || Array.isArray(json))
      return refusal('NotAnObject', 'The line is JSON, but no object.');
    return this.#checkEvent(json as JsonEvent, text);
  }

  #checkEvent(json: JsonEvent, text: string): CheckedLine {
    const { dataset } = this;
    const twice = this.#fieldTwice(text);
    if (twice !== undefined) return refusal('FieldTwice', `The event has the field "${twice}" twice.`);

    // Numbers by their text, for those that a JavaScript number does not hold.
    let texts: JsonEvent | undefined;
    const exact = (name: string) => {
      texts ??= JSON.parse(text.replace(TOKENS, (token) => (NUMERIC.test(token) ? `"${token}"` : token)));
      return texts?.[name];
    };
    const event: Record<string, unknown> = {};
    const unknown: string[] = [];
    for (const [name, value] of Object.entries(json)) {
      // Names match without regard to case.
      const lower = name.toLowerCase();
      const column = this.#columns.get(lower);
      if (!column) unknown.push(name);
      else if (!fitsColumn(column.type, value, () => exact(name))) return misfit(lower, column, value);
      else event[lower] = typeof value === 'number' && !Number.isSafeInteger(value) ? exact(name) : value;
    }
    const key = partitionKeyOf(dataset, event);
    if (typeof key !== 'string') return refusal(key.code, key.message);
    if (event[dataset.identity] === undefined || event[dataset.identity] === null)
      return refusal('IdentityMissing', `Identity "${dataset.identity}" has no value.`);
    for (const name of unknown) this.onUnknownField?.(name);
    return { kind: 'event', key };
  }

  /** The name of a column that the event has more than one value for. */
  #fieldTwice(text: string): string | undefined {
    const seen = new Set<string>();
    let depth = 0;
    let last = '';
    if (!this.#mayBeTwice(text)) return undefined;
    for (const [token] of text.matchAll(TOKENS)) {
      if (token === '{' || token === '[') depth++;
      else if (token === '}' || token === ']') depth--;
      else if (token.startsWith('"')) last = token;
      else if (token === ':' && depth === 1) {
        const name = String(JSON.parse(last)).toLowerCase();
        if (this.#columns.has(name) && seen.has(name)) return name;
        seen.add(name);
      }
    }
    return undefined;
  }

  /** A quick look that most lines need only. */
  #mayBeTwice(text: string): boolean {
    if (text.includes('\\')) return true;
    const lower = text.toLowerCase();
    for (const name of this.#columns.keys()) {
      const quoted = `"${name}"`;
      const found = lower.indexOf(quoted);
      if (found >= 0 && lower.includes(quoted, found + quoted.length)) return true;
    }
    return false;
  }
}

/** Strings, what structure is made of, and numbers. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:]|-?\d[\d.eE+-]*/g;
const NUMERIC = /^[-\d]/;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

const refusal = (code: RefusalCode, message: string) => ({ kind: 'refusal', code, message }) as const;

function misfit(name: string, { type }: Column, value: unknown): CheckedLine {
  const isTime = (type === 'timestamp' || type === 'date') && ['string', 'number'].includes(typeof value);
  const json = JSON.stringify(value);
  const shown = json.length > LONGEST_SHOWN ? `${json.slice(0, LONGEST_SHOWN)}…` : json;
  const message = `Column "${name}" of type ${type} cannot hold ${shown}.`;
  return refusal(isTime ? 'TimeInvalid' : 'WrongType', message);
}

/** Characters of a value in a message. */
const LONGEST_SHOWN = 100;
