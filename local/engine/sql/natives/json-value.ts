import { TrinoError } from './native.js';

/** A JSON value whose numbers keep their digits. */
export type JsonValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'array'; readonly items: readonly JsonValue[] }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, JsonValue> };

/** Reads a JSON text; nothing if it is none. Of a name that comes twice the last counts, as to Trino. */
export function readJson(text: string): JsonValue | undefined {
  return known(() => new JsonReader(text).whole());
}

/**
 * The value in a JSON text that names and indices lead to; nothing if there is none. As to Trino, which reads on only
 * until it has it, the first of two members of one name counts, and what comes behind need be no JSON.
 */
export function readJsonAt(text: string, steps: readonly string[]): JsonValue | undefined {
  return known(() => new JsonReader(text).valueAt(steps));
}

/**
 * Shows the items of an array one by one, until `isEnough` says so, which is what is answered; what comes behind that item
 * need be no JSON. Nothing where the text is no array or breaks off before.
 */
export function visitItems(
  text: string,
  isEnough: (item: JsonValue, index: number) => boolean,
): boolean | undefined {
  return known(() => new JsonReader(text).visit(isEnough));
}

function known<T>(read: () => T | undefined): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

class NotJson extends Error {}

/** Levels; deeper ones would exhaust the stack. Jackson's limit too. */
const MAX_DEPTH = 1000;
const TOKEN =
  /[ \t\r\n]*(?:([{}[\]:,])|("(?:[^"\\]|\\.)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\d.eE])|(true|false|null)(?!\w))/y;

class JsonReader {
  private at = 0;
  private depth = 0;
  /** Trino's functions that read a text keep both of two members of one name, which no object here can. */
  private refusesRepeats = false;

  constructor(private readonly text: string) {}

  whole(): JsonValue {
    const value = this.value(this.next());
    if (this.text.slice(this.at).trim() !== '') throw new NotJson();
    return value;
  }

  valueAt(steps: readonly string[]): JsonValue | undefined {
    let token: RegExpExecArray | undefined = this.next();
    for (const step of steps) {
      if (token[1] === '{') token = this.member(step);
      else token = token[1] === '[' && /^\d+$/.test(step) ? this.item(Number(step)) : undefined;
      if (!token) return undefined;
    }
    this.refusesRepeats = true;
    return this.value(token);
  }

  /** The token that begins the member's value; the members before it are read. */
  private member(name: string): RegExpExecArray | undefined {
    for (let token = this.next(); token[1] !== '}'; token = this.next()) {
      if (token[2] === undefined || this.next()[1] !== ':') throw new NotJson();
      const value = this.next();
      if (unquoted(token[2]) === name) return value;
      this.value(value);
      const [, symbol] = this.next();
      if (symbol === '}') return undefined;
      if (symbol !== ',') throw new NotJson();
    }
    return undefined;
  }

  private item(index: number): RegExpExecArray | undefined {
    let found: RegExpExecArray | undefined;
    this.eachItem((token, i) => {
      if (i === index) found = token;
      else this.value(token);
      return i === index;
    });
    return found;
  }

  visit(isEnough: (item: JsonValue, index: number) => boolean): boolean | undefined {
    if (this.next()[1] !== '[') return undefined;
    return this.eachItem((token, i) => isEnough(this.value(token), i));
  }

  /** Behind the bracket: `read` gets the token that begins each item and reads on, until it says that it is enough. */
  private eachItem(read: (token: RegExpExecArray, index: number) => boolean): boolean {
    let token = this.next();
    if (token[1] === ']') return false;
    for (let i = 0; ; i++) {
      if (read(token, i)) return true;
      const [, symbol] = this.next();
      if (symbol === ']') return false;
      if (symbol !== ',') throw new NotJson();
      token = this.next();
    }
  }

  private next(): RegExpExecArray {
    TOKEN.lastIndex = this.at;
    const token = TOKEN.exec(this.text);
    if (!token) throw new NotJson();
    this.at = TOKEN.lastIndex;
    return token;
  }

  private value([, symbol, string, number, word]: RegExpExecArray): JsonValue {
    if (string !== undefined) return { kind: 'string', value: unquoted(string) };
    if (number !== undefined) return { kind: 'number', text: number };
    if (word === 'null') return { kind: 'null' };
    if (word !== undefined) return { kind: 'boolean', value: word === 'true' };
    if (++this.depth > MAX_DEPTH) throw new NotJson();
    const value = symbol === '[' ? this.array() : symbol === '{' ? this.object() : undefined;
    this.depth--;
    if (!value) throw new NotJson();
    return value;
  }

  private array(): JsonValue {
    const items: JsonValue[] = [];
    this.eachItem((token) => {
      items.push(this.value(token));
      return false;
    });
    return { kind: 'array', items };
  }

  private object(): JsonValue {
    const members = new Map<string, JsonValue>();
    let token = this.next();
    if (token[1] === '}') return { kind: 'object', members };
    for (;;) {
      if (token[2] === undefined || this.next()[1] !== ':') throw new NotJson();
      const name = unquoted(token[2]);
      if (this.refusesRepeats && members.has(name))
        throw new TrinoError('NOT_SUPPORTED', 'A JSON object with two members of one name');
      members.set(name, this.value(this.next()));
      const [, symbol] = this.next();
      if (symbol === '}') return { kind: 'object', members };
      if (symbol !== ',') throw new NotJson();
      token = this.next();
    }
  }
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    throw new NotJson();
  }
}

/** The text of a value, numbers as Java writes them; with `sorted`, as json_parse makes it, names in order. */
export function writeJson(value: JsonValue, sorted: boolean): string {
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(value.value);
    case 'number':
      return numberText(value.text);
    case 'string':
      return quoted(value.value);
    case 'array':
      return `[${value.items.map((item) => writeJson(item, sorted)).join(',')}]`;
    case 'object': {
      const names = [...value.members.keys()];
      if (sorted) names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      const member = (name: string) => {
        const item = value.members.get(name);
        return `${quoted(name)}:${item ? writeJson(item, sorted) : 'null'}`;
      };
      return `{${names.map(member).join(',')}}`;
    }
  }
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(/\\u00(..)/g, (_, digits: string) => `\\u00${digits.toUpperCase()}`);
}

/** A whole number keeps its digits, any other becomes a double, written as Java does. */
export function numberText(text: string): string {
  if (!/[.eE]/.test(text)) return text === '-0' ? '0' : text;
  if (!Number.isFinite(Number(text)))
    throw new TrinoError('NOT_SUPPORTED', `The JSON number ${text} is out of the range of a double`);
  return javaDouble(Number(text));
}

/** `1.0E10`, `0.001`, `1234567.0`: what Java's Double.toString writes. */
export function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-3 && size < 1e7)) {
    const plain = Object.is(value, -0) ? '-0' : String(value);
    return plain.includes('.') ? plain : `${plain}.0`;
  }
  return scientific(value);
}

/** `3.77E1`, `1.0E0`. */
export function scientific(value: number): string {
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}

/** @throws TrinoError if the text is no JSON. */
export function parseJson(text: string): JsonValue {
  const value = readJson(text);
  if (!value) throw new TrinoError('INVALID_FUNCTION_ARGUMENT', `Cannot convert value to JSON: '${text}'`);
  return value;
}
