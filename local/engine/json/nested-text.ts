import { duckType, quoteName, quoteText, type SqlType } from '../sql-type.js';
import { entriesByName, entriesOf } from './compact-json.js';
import type { DeserializerRules } from './deserializer-rules.js';
import { OPEN_BRACE, OPEN_BRACKET } from './json-bytes.js';
import { valueText } from './row-writer.js';
import { scalarText } from './scalar-text.js';

/**
 * The JSON of a value for a nested column, shaped as the type, each scalar in it a string that DuckDB casts, or nothing
 * if the value does not fit.
 */
export function nestedText(
  type: SqlType,
  b: Buffer,
  start: number,
  end: number,
  rules: DeserializerRules,
): string | undefined {
  if (b[start] === NULL_LETTER) return 'null';
  if (type.name === 'array') return arrayText(type.element, b, start, end, rules);
  if (type.name === 'map') return mapText(type, b, start, end, rules);
  if (type.name === 'row') return rowText(type, b, start, end, rules);
  const text = valueText(type, b, start, end, rules);
  return text === undefined ? undefined : JSON.stringify(text);
}

/** SQL that reads a field of such JSON as the type. */
export function nestedValue(field: string, type: SqlType): string {
  return `CAST(from_json(${field}, ${quoteText(JSON.stringify(textual(type)))}) AS ${duckType(type)})`;
}

const NULL_LETTER = 0x6e;

function arrayText(
  element: SqlType,
  b: Buffer,
  start: number,
  end: number,
  rules: DeserializerRules,
): string | undefined {
  const isArray = b[start] === OPEN_BRACKET;
  if (!isArray && !rules.fitsShapes) return undefined;
  const items = isArray ? entriesOf(b, start, end) : [{ start, end }];
  const texts = items.map((item) => nestedText(element, b, item.start, item.end, rules));
  return texts.includes(undefined) ? undefined : `[${texts.join(',')}]`;
}

function mapText(
  type: SqlType & { name: 'map' },
  b: Buffer,
  start: number,
  end: number,
  rules: DeserializerRules,
): string | undefined {
  if (b[start] !== OPEN_BRACE) return undefined;
  const texts = new Map<string, string>();
  for (const [name, entry] of entriesByName(entriesOf(b, start, end), rules.keptName, rules)) {
    const key = scalarText(type.key, { kind: 'key', text: name }, rules);
    const value = nestedText(type.value, b, entry.start, entry.end, rules);
    if (key === undefined || value === undefined) return undefined;
    texts.set(key, value);
  }
  return `{${[...texts].map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}

function rowText(
  type: SqlType & { name: 'row' },
  b: Buffer,
  start: number,
  end: number,
  rules: DeserializerRules,
): string | undefined {
  const byPosition = b[start] === OPEN_BRACKET;
  if (byPosition ? !rules.fitsShapes : b[start] !== OPEN_BRACE) return undefined;
  const entries = entriesOf(b, start, end);
  const byName = byPosition ? undefined : entriesByName(entries, rules.fieldName, rules);
  const texts: string[] = [];
  for (const [i, { name = '', type: fieldType }] of type.fields.entries()) {
    const entry = byName ? byName.get(name) : entries[i];
    const value = entry ? nestedText(fieldType, b, entry.start, entry.end, rules) : 'null';
    if (value === undefined) return undefined;
    texts.push(`${JSON.stringify(name)}:${value}`);
  }
  return `{${texts.join(',')}}`;
}

/** The type with each scalar as text, as `from_json` has to read it. */
function textual(type: SqlType): string {
  if (type.name === 'array') return `${textual(type.element)}[]`;
  if (type.name === 'map') return `MAP(VARCHAR, ${textual(type.value)})`;
  if (type.name === 'row') {
    return `STRUCT(${type.fields.map((f) => `${quoteName(f.name ?? '')} ${textual(f.type)}`).join(', ')})`;
  }
  return 'VARCHAR';
}
