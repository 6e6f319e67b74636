import { extract } from './json-path.js';
import { type JsonValue, parseJson, readJson, scientific, visitItems, writeJson } from './json-value.js';
import { type Native, native, TrinoError } from './native.js';

/** What Trino's JSON functions and casts do. The type json is held as its text. */
export const JSON_NATIVES: readonly Native[] = [
  native('trino_json_parse', ['text'], 'text', (text) => writeJson(parseJson(text), true)),
  native('trino_json_extract', ['text', 'text'], 'text', (text, path) => {
    const value = extract(text, path);
    return value ? writeJson(value, false) : null;
  }),
  native('trino_json_extract_scalar', ['text', 'text'], 'text', (text, path) =>
    scalarText(extract(text, path)),
  ),
  native('trino_json_array_length', ['text'], 'bigint', (text) => {
    let length = 0n;
    const end = visitItems(text, () => {
      length++;
      return false;
    });
    return end === undefined ? null : length;
  }),
  native('trino_json_size', ['text', 'text'], 'bigint', (text, path) => {
    const value = extract(text, path);
    if (!value) return null;
    if (value.kind === 'array') return BigInt(value.items.length);
    return BigInt(value.kind === 'object' ? value.members.size : 0);
  }),
  native('trino_is_json_scalar', ['text'], 'boolean', (text) => {
    const { kind } = parseJson(text);
    return kind !== 'array' && kind !== 'object';
  }),
  native('trino_json_array_contains_text', ['text', 'text'], 'boolean', (text, sought) =>
    contains(text, (item) => item.kind === 'string' && item.value === sought),
  ),
  native('trino_json_array_contains_boolean', ['text', 'boolean'], 'boolean', (text, sought) =>
    contains(text, (item) => item.kind === 'boolean' && item.value === sought),
  ),
  native('trino_json_array_contains_bigint', ['text', 'bigint'], 'boolean', (text, sought) =>
    contains(
      text,
      (item) => item.kind === 'number' && /^-?\d+$/.test(item.text) && BigInt(item.text) === sought,
    ),
  ),
  native('trino_json_array_contains_double', ['text', 'double'], 'boolean', (text, sought) => {
    if (!Number.isFinite(sought)) return false;
    const isSought = (item: JsonValue) =>
      item.kind === 'number' && /[.eE]/.test(item.text) && Number(item.text) === sought;
    return contains(text, isSought);
  }),
  native('trino_json_array_get', ['text', 'bigint'], 'text', (text, index) => {
    const items: JsonValue[] = [];
    const found = visitItems(text, (item, i) => {
      items.push(item);
      return i === Number(index);
    });
    // From its end an array is counted only if it has one.
    const item = found === index >= 0n ? items.at(Number(index)) : undefined;
    // A text comes without its quotes, which is no JSON: Trino keeps it so for those who rely on it.
    return isNested(item) && item ? writeJson(item, false) : scalarText(item);
  }),
  native('trino_json_text', ['text'], 'text', (text) => {
    const value = readJson(text);
    if (isNested(value)) throw cannotCast(text, 'varchar');
    // A number that is not whole is cast as a double is.
    return value?.kind === 'number' && /[.eE]/.test(value.text) ? doubleText(value.text) : scalarText(value);
  }),
  native('trino_json_digits', ['text'], 'text', (text) => {
    const value = readJson(text);
    if (isNested(value)) throw cannotCast(text, 'decimal');
    return value?.kind === 'boolean' ? String(Number(value.value)) : scalarText(value);
  }),
  native('trino_json_integer', ['text', 'bigint', 'text'], 'bigint', (text, bits, type) => {
    const value = readJson(text);
    if (isNested(value)) throw cannotCast(text, type);
    const written = scalarText(value);
    if (written === null) return null;
    if (value?.kind === 'boolean') return value.value ? 1n : 0n;
    const whole = /^[+-]?\d+$/.test(written) ? BigInt(written) : undefined;
    const rounded = value?.kind === 'number' ? BigInt(roundHalfUp(Number(written))) : undefined;
    const result = whole ?? rounded;
    if (result === undefined || BigInt.asIntN(Number(bits), result) !== result) throw cannotCast(text, type);
    return result;
  }),
  native('trino_json_double', ['text'], 'double', (text) => {
    const value = readJson(text);
    if (isNested(value)) throw cannotCast(text, 'double');
    const written = scalarText(value);
    if (written === null) return null;
    if (value?.kind === 'boolean') return value.value ? 1 : 0;
    if (written === 'NaN' || /^[+-]?Infinity$/.test(written)) return Number(written);
    if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(written)) throw cannotCast(text, 'double');
    return Number(written);
  }),
  native('trino_json_boolean', ['text'], 'boolean', (text) => {
    const value = readJson(text);
    if (value?.kind === 'boolean') return value.value;
    if (value?.kind === 'number') return Number(value.text) !== 0;
    if (isNested(value)) throw cannotCast(text, 'boolean');
    const written = scalarText(value)?.toLowerCase();
    if (written === undefined) return null;
    if (!['t', 'true', 'f', 'false', '1', '0'].includes(written)) throw cannotCast(text, 'boolean');
    return ['t', 'true', '1'].includes(written);
  }),
  native('trino_json_items', ['text'], 'texts', (text) => {
    const value = readJson(text);
    if (value?.kind === 'null') return null;
    if (value?.kind !== 'array') throw cannotCast(text, 'array');
    return value.items.map((item) => writeJson(item, false));
  }),
  native('trino_json_keys', ['text'], 'texts', (text) => {
    const members = membersOf(text);
    return members && [...members.keys()];
  }),
  native('trino_json_values', ['text'], 'texts', (text) => {
    const members = membersOf(text);
    return members && [...members.values()].map((item) => writeJson(item, false));
  }),
  native('trino_json_field', ['text', 'bigint', 'text'], 'text', (text, index, name) => {
    const value = readJson(text);
    if (value?.kind === 'null') return null;
    const field = value?.kind === 'array' ? value.items[Number(index)] : value && namedField(value, name);
    if (value?.kind !== 'array' && value?.kind !== 'object') throw cannotCast(text, 'row');
    return field ? writeJson(field, false) : null;
  }),
  native('trino_scientific', ['text'], 'text', doubleText),
];

function cannotCast(text: string, type: string): TrinoError {
  return new TrinoError('INVALID_CAST_ARGUMENT', `Cannot cast '${text}' to ${type}`);
}

function isNested(value: JsonValue | undefined): boolean {
  return value?.kind === 'array' || value?.kind === 'object';
}

function roundHalfUp(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}

function scalarText(value: JsonValue | undefined): string | null {
  switch (value?.kind) {
    case 'string':
      return value.value;
    case 'number':
      return value.text;
    case 'boolean':
      return String(value.value);
    default:
      return null;
  }
}

function contains(text: string, test: (item: JsonValue) => boolean): boolean | null {
  return visitItems(text, test) ?? null;
}

function membersOf(text: string): ReadonlyMap<string, JsonValue> | null {
  const value = readJson(text);
  if (value?.kind === 'null') return null;
  if (value?.kind !== 'object') throw cannotCast(text, 'map');
  return value.members;
}

function namedField(value: JsonValue, name: string): JsonValue | undefined {
  if (value.kind !== 'object') return undefined;
  for (const [key, member] of value.members) if (key.toLowerCase() === name.toLowerCase()) return member;
  return undefined;
}

/** A double or real, written out, as a cast to varchar writes it: `3.77E1`, `0E0`. */
function doubleText(text: string): string {
  const value = Number(text.replace('inf', 'Infinity').replace('nan', 'NaN'));
  if (value === 0) return text.startsWith('-') ? '-0E0' : '0E0';
  return Number.isFinite(value) ? scientific(value) : String(value);
}
