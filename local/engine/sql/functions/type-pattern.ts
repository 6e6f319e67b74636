import { type SqlType, typeText } from '../../sql-type.js';
import { commonType, isFloat, isInteger, isNumeric } from '../coercion.js';
import { bindLength, resolveLength } from './varchar-length.js';

/** A type as a signature writes it, such as `array(T)`, `map(K, V)`, `varchar(x)` or `function(T, boolean)`. */
export interface TypePattern {
  readonly name: string;
  /** Of a varchar. */
  readonly length?: string;
  readonly arguments: readonly TypePattern[];
}

/** What the variables of a signature stand for in one call. */
export type Bindings = Map<string, SqlType>;

export function parsePattern(text: string): TypePattern {
  const [, name = text, inner] = /^([^(]+)\((.*)\)$/.exec(text.trim()) ?? [];
  if (inner === undefined || name === 'decimal') return { name: text.trim(), arguments: [] };
  if (name === 'varchar') return { name, length: inner, arguments: [] };
  return { name: name.trim(), arguments: splitPatterns(inner).map(parsePattern) };
}

/** Splits at the commas that are in no parentheses. */
export function splitPatterns(list: string): string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (let i = 0; i < list.length; i++) {
    if (list[i] === '(') depth++;
    if (list[i] === ')') depth--;
    if (list[i] === ',' && depth === 0) {
      parts.push(list.slice(start, i).trim());
      start = i + 1;
    }
  }
  const last = list.slice(start).trim();
  return last === '' ? parts : [...parts, last];
}

/**
 * A type variable: N any number, F any floating-point number, D any decimal, I any integer, M date or timestamp, O what has an order, any other
 * letter anything.
 */
export function isVariable({ name }: TypePattern): boolean {
  return /^[A-Z]$/.test(name);
}

/** Finds what the variables in a pattern stand for; false if they cannot stand for it. */
export function bindVariables(pattern: TypePattern, type: SqlType, bindings: Bindings): boolean {
  if (type.name === 'unknown' && !isVariable(pattern)) return true;
  if (pattern.length !== undefined) return bindLength(pattern.length, type, bindings);
  const [first, second] = pattern.arguments;
  if (pattern.name === 'array' && first)
    return type.name === 'array' && bindVariables(first, type.element, bindings);
  if (pattern.name === 'map' && first && second) {
    if (type.name !== 'map') return false;
    return bindVariables(first, type.key, bindings) && bindVariables(second, type.value, bindings);
  }
  if (pattern.name === 'row') return type.name === 'row' && bindFields(pattern, type, bindings);
  if (!isVariable(pattern)) return true;
  const before = bindings.get(pattern.name);
  const common = before ? commonType(before, type) : type;
  if (!common || !allowed(pattern.name, common)) return false;
  bindings.set(pattern.name, common);
  return true;
}

function bindFields(pattern: TypePattern, type: SqlType & { name: 'row' }, bindings: Bindings): boolean {
  if (type.fields.length !== pattern.arguments.length) return false;
  return pattern.arguments.every((field, i) => {
    const found = type.fields[i];
    return found !== undefined && bindVariables(field, found.type, bindings);
  });
}

function allowed(variable: string, type: SqlType): boolean {
  if (variable === 'F') return isFloat(type);
  if (type.name === 'unknown') return true;
  if (variable === 'N') return isNumeric(type);
  if (variable === 'D') return type.name === 'decimal';
  if (variable === 'I') return isInteger(type);
  if (variable === 'M') return type.name === 'date' || type.name.startsWith('timestamp');
  if (variable === 'O') return isOrderable(type);
  return true;
}

export function isOrderable(type: SqlType): boolean {
  if (type.name === 'array') return isOrderable(type.element);
  if (type.name === 'row') return type.fields.every((field) => isOrderable(field.type));
  return type.name !== 'map' && type.name !== 'json';
}

/** The type that a pattern stands for once its variables are bound. */
export function resolvePattern(pattern: TypePattern, bindings: ReadonlyMap<string, SqlType>): SqlType {
  const bound = bindings.get(pattern.name);
  if (bound) return bound;
  if (pattern.length !== undefined) return resolveLength(pattern.length, bindings);
  const [first, second] = pattern.arguments;
  if (pattern.name === 'array' && first) return { name: 'array', element: resolvePattern(first, bindings) };
  if (pattern.name === 'map' && first && second)
    return { name: 'map', key: resolvePattern(first, bindings), value: resolvePattern(second, bindings) };
  if (pattern.name === 'row')
    return {
      name: 'row',
      fields: pattern.arguments.map((field) => ({ type: resolvePattern(field, bindings) })),
    };
  if (pattern.name === 'varchar' && first) return { name: 'varchar', length: Number(first.name) };
  const decimal = [...bindings.values()].find((type) => type.name === 'decimal');
  if (pattern.name === 'decimal(38,s)')
    return { name: 'decimal', precision: 38, scale: decimal?.name === 'decimal' ? decimal.scale : 0 };
  return SIMPLE_TYPES.find(({ name }) => name === pattern.name) ?? { name: 'unknown' };
}

const SIMPLE_TYPES: readonly SqlType[] = [
  { name: 'time', precision: 3 },
  ...(
    [
      ...(['boolean', 'tinyint', 'smallint', 'integer', 'bigint', 'real', 'double', 'varbinary'] as const),
      ...(['date', 'timestamp', 'json', 'uuid', 'interval day to second', 'interval year to month'] as const),
      ...(['timestamp with time zone', 'varchar'] as const),
    ] as const
  ).map((name) => ({ name })),
];

/** The pattern as Trino's messages write it. */
export function patternText(pattern: TypePattern): string {
  if (pattern.length !== undefined) return `varchar(${pattern.length})`;
  const simple = SIMPLE_TYPES.find(({ name }) => name === pattern.name);
  if (simple) return typeText(simple);
  if (pattern.arguments.length === 0) return pattern.name;
  return `${pattern.name}(${pattern.arguments.map(patternText).join(', ')})`;
}
