import type { SqlType } from '../sql-type.js';
import { typeText } from '../sql-type.js';
import { coerce, coercible, commonType, isNumeric, type Typed } from './coercion.js';
import { AGGREGATES, SCALARS, SPECIALS, UNSUPPORTED, WINDOWS } from './function-list.js';
import { notSupported, SqlFault } from './sql-fault.js';

/** One way to call a function: the types it takes and gives, and the DuckDB expression that does what Trino does. */
interface Signature {
  readonly parameters: readonly string[];
  readonly variadic: boolean;
  readonly result: string;
  /** With `$1`, `$2` … for the arguments, `$*` for all of them, `$|` for all of them joined by `||`. */
  readonly sql: string;
}

export type FunctionKind = 'scalar' | 'aggregate' | 'window';

const FUNCTIONS: Readonly<Record<FunctionKind, ReadonlyMap<string, readonly Signature[]>>> = {
  scalar: signatures(SCALARS),
  aggregate: signatures(AGGREGATES),
  window: signatures(WINDOWS),
};

/** What kind of function this is, if it is one of those that are listed with their signatures. */
export function functionKind(name: string): FunctionKind | undefined {
  return (['scalar', 'aggregate', 'window'] as const).find((kind) => FUNCTIONS[kind].has(name));
}

/** Why a function cannot be called at all, if so. */
export function functionFault(name: string, at: number | undefined): SqlFault | undefined {
  if (functionKind(name) || SPECIALS.has(name)) return undefined;
  if (UNSUPPORTED.has(name)) return notSupported(`The function ${name}`, at);
  return new SqlFault('FUNCTION_NOT_FOUND', `Function '${name}' not registered`, at);
}

/**
 * The call as DuckDB has to make it. A signature whose types are the arguments' own goes before one that needs
 * coercions.
 * @throws SqlFault if the arguments suit no signature.
 */
export function callFunction(kind: FunctionKind, name: string, args: readonly Typed[], at: number): Typed {
  const choices = FUNCTIONS[kind].get(name) ?? [];
  for (const exact of [true, false]) {
    for (const signature of choices) {
      const bound = bind(signature, args, exact);
      if (bound && signature.sql === 'refuse') throw notSupported(`${name}(${typesOf(args)})`, at);
      if (bound) return bound;
    }
  }
  const expected = choices.map((choice) => `${name}(${choice.parameters.join(', ')})`).join(', ');
  const message = `Unexpected parameters (${typesOf(args)}) for function ${name}. Expected: ${expected}`;
  throw new SqlFault('FUNCTION_NOT_FOUND', message, at);
}

function typesOf(args: readonly Typed[]): string {
  return args.map(({ type }) => typeText(type)).join(', ');
}

function bind(signature: Signature, args: readonly Typed[], exact: boolean): Typed | undefined {
  const { parameters, variadic } = signature;
  if (variadic ? args.length < parameters.length : args.length !== parameters.length) return undefined;
  const wanted = args.map((_, i) => parameters[Math.min(i, parameters.length - 1)] ?? '');
  const bindings = new Map<string, SqlType>();
  if (!args.every(({ type }, i) => bindVariables(wanted[i] ?? '', type, bindings))) return undefined;
  const coerced: string[] = [];
  for (const [i, arg] of args.entries()) {
    const type = resolve(wanted[i] ?? '', bindings);
    if (
      exact
        ? typeText(type) !== typeText(arg.type) && !isVariable(wanted[i] ?? '')
        : !coercible(arg.type, type)
    ) {
      return undefined;
    }
    coerced.push(coerce(arg, type).sql);
  }
  const type = resolve(signature.result, bindings);
  const sql = signature.sql.replace(/\$([\d*|])/g, (_, which: string) => {
    if (which === '*') return coerced.join(', ');
    return which === '|' ? coerced.join(' || ') : (coerced[Number(which) - 1] ?? '');
  });
  return { sql, type };
}

/** Finds what the variables in a pattern stand for; false if they cannot stand for it. */
function bindVariables(pattern: string, type: SqlType, bindings: Map<string, SqlType>): boolean {
  const element = ARRAY.exec(pattern)?.[1];
  if (element !== undefined) {
    return type.name === 'array' ? bindVariables(element, type.element, bindings) : type.name === 'unknown';
  }
  if (!isVariable(pattern)) return true;
  const before = bindings.get(pattern);
  const common = before ? commonType(before, type) : type;
  if (!common || !allowed(pattern, common)) return false;
  bindings.set(pattern, common);
  return true;
}

const ARRAY = /^array\((.*)\)$/;

/** Type variables: N any number, D any decimal, I any integer, M date or timestamp, T and U anything. */
function isVariable(pattern: string): boolean {
  return /^[A-Z]$/.test(pattern);
}

function allowed(variable: string, type: SqlType): boolean {
  if (variable === 'N') return isNumeric(type);
  if (variable === 'D') return type.name === 'decimal';
  if (variable === 'I') return ['tinyint', 'smallint', 'integer', 'bigint'].includes(type.name);
  if (variable === 'M') return type.name === 'date' || type.name.startsWith('timestamp');
  return true;
}

function resolve(pattern: string, bindings: ReadonlyMap<string, SqlType>): SqlType {
  const bound = bindings.get(pattern);
  if (bound) return bound;
  const element = ARRAY.exec(pattern)?.[1];
  if (element !== undefined) return { name: 'array', element: resolve(element, bindings) };
  const [scale] = [...bindings.values()].map((type) => (type.name === 'decimal' ? type.scale : 0));
  if (pattern === 'decimal(38,s)') return { name: 'decimal', precision: 38, scale: scale ?? 0 };
  return SIMPLE_TYPES.find(({ name }) => name === pattern) ?? { name: 'unknown' };
}

const SIMPLE_TYPES: readonly SqlType[] = [
  { name: 'boolean' },
  { name: 'integer' },
  { name: 'bigint' },
  { name: 'real' },
  { name: 'double' },
  { name: 'varchar' },
  { name: 'varbinary' },
  { name: 'date' },
  { name: 'timestamp' },
  { name: 'timestamp with time zone' },
];

/** Reads lines such as `strpos(varchar, varchar): bigint = instr($1, $2)`. */
function signatures(list: string): ReadonlyMap<string, readonly Signature[]> {
  const found = new Map<string, Signature[]>();
  for (const line of list.split('\n')) {
    const parts = /^\s*(\w+)\((.*?)\): ([^=]+?) = (.+)$/.exec(line);
    if (!parts) continue;
    const [, name = '', parameters = '', result = '', sql = ''] = parts;
    const variadic = parameters.endsWith('...');
    const types = parameters.replace('...', '').split(', ').filter(Boolean);
    found.set(name, [...(found.get(name) ?? []), { parameters: types, variadic, result, sql }]);
  }
  return found;
}
