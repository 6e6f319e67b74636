import { type NestedType, parseNestedType } from './nested-type.js';
import { type Reader, scalarReader } from './scalar-text.js';
import type { Value } from './value.js';

/**
 * The reader of an array, a map or a row whose type is known whole; undefined where its text could be read in more than
 * one way: where an element is text, or bytes, or of a type that is not known.
 */
export function nestedReader(type: string): Reader | undefined {
  const parsed = parseNestedType(type);
  if (!parsed || parsed.kind === 'scalar' || !isCertain(parsed)) return undefined;
  return (text) => {
    const reader = new NestedReader(text);
    const value = reader.value(parsed);
    return reader.isAtEnd ? value : undefined;
  };
}

/** Types whose texts hold none of the characters that arrays, maps and rows are written with. */
const CERTAIN: ReadonlyMap<string, RegExp> = new Map([
  ['boolean', /true|false/y],
  ...['tinyint', 'smallint', 'integer', 'int', 'bigint'].map((name) => [name, /-?\d+/y] as const),
  ...['float', 'real', 'double'].map(
    (name) => [name, /NaN|-?Infinity|-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y] as const,
  ),
  ['decimal', /-?\d+(?:\.\d+)?/y],
  ['date', /-?\d{4,}-\d\d-\d\d/y],
  ['timestamp', /-?\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?/y],
  ['timestamp with time zone', /-?\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [\w/+:-]+/y],
]);

function isCertain(type: NestedType): boolean {
  switch (type.kind) {
    case 'scalar':
      return CERTAIN.has(type.name);
    case 'array':
      return isCertain(type.element);
    case 'map':
      return isCertain(type.key) && isCertain(type.value);
    case 'row':
      return type.fields.every((field) => isCertain(field.type));
  }
}

/** Reads values from left to right; undefined, which SQL does not have, is what cannot be read. */
class NestedReader {
  private position = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.position === this.text.length;
  }

  value(type: NestedType): Value | undefined {
    if (this.accept('null')) return null;
    switch (type.kind) {
      case 'scalar':
        return this.scalar(type.name);
      case 'array':
        return this.array(type.element);
      case 'map':
        return this.map(type.key, type.value);
      case 'row':
        return this.row(type.fields);
    }
  }

  private array(element: NestedType): Value | undefined {
    const items: Value[] = [];
    const read = () => {
      const item = this.value(element);
      if (item === undefined) return false;
      items.push(item);
      return true;
    };
    return this.list('[', ']', read) ? items : undefined;
  }

  private map(key: NestedType, value: NestedType): Value | undefined {
    const entries = new Map<Value, Value>();
    const read = () => {
      const name = this.value(key);
      const held = name !== undefined && this.accept('=') ? this.value(value) : undefined;
      if (name === undefined || held === undefined) return false;
      entries.set(name, held);
      return true;
    };
    return this.list('{', '}', read) ? entries : undefined;
  }

  private row(fields: readonly { readonly name: string; readonly type: NestedType }[]): Value | undefined {
    const held: [string, Value][] = [];
    const read = () => {
      const field = fields[held.length];
      const value = field && this.accept(`${field.name}=`) ? this.value(field.type) : undefined;
      if (!field || value === undefined) return false;
      held.push([field.name, value]);
      return true;
    };
    return this.list('{', '}', read) && held.length === fields.length ? Object.fromEntries(held) : undefined;
  }

  private scalar(name: string): Value | undefined {
    const pattern = CERTAIN.get(name);
    if (!pattern) return undefined;
    pattern.lastIndex = this.position;
    const [text] = pattern.exec(this.text) ?? [];
    if (text === undefined) return undefined;
    this.position += text.length;
    const read = scalarReader(name);
    return read ? read(text) : text;
  }

  private list(open: string, close: string, item: () => boolean): boolean {
    if (!this.accept(open)) return false;
    if (this.accept(close)) return true;
    do {
      if (!item()) return false;
    } while (this.accept(', '));
    return this.accept(close);
  }

  private accept(text: string): boolean {
    if (!this.text.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }
}
