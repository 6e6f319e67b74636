import { notSupported, SqlFault } from '../sql-fault.js';
import { AGGREGATE_FUNCTIONS } from './aggregates.js';
import { ARRAY_FUNCTIONS } from './arrays.js';
import { BINARY_FUNCTIONS } from './binary.js';
import { BITWISE_FUNCTIONS } from './bitwise.js';
import type { FunctionGroup, SpecialFunction } from './call-site.js';
import { CONDITIONAL_FUNCTIONS } from './conditional.js';
import { DATE_FUNCTIONS } from './dates.js';
import { JSON_FUNCTIONS } from './json.js';
import { MAP_FUNCTIONS } from './maps.js';
import { MATH_FUNCTIONS } from './math.js';
import { REFUSED_GROUPS } from './refused-groups.js';
import { REGEXP_FUNCTIONS } from './regexp.js';
import { readAggregates, readSignatures, type Signature } from './signature.js';
import { TEXT_FUNCTIONS } from './text.js';
import { URL_FUNCTIONS } from './urls.js';
import { WINDOW_FUNCTIONS } from './windows.js';

/** Every function of Trino's, by group. What is in none of them Trino does not have. */
export const FUNCTION_GROUPS: readonly FunctionGroup[] = [
  CONDITIONAL_FUNCTIONS,
  MATH_FUNCTIONS,
  BITWISE_FUNCTIONS,
  TEXT_FUNCTIONS,
  REGEXP_FUNCTIONS,
  URL_FUNCTIONS,
  BINARY_FUNCTIONS,
  JSON_FUNCTIONS,
  DATE_FUNCTIONS,
  ARRAY_FUNCTIONS,
  MAP_FUNCTIONS,
  AGGREGATE_FUNCTIONS,
  WINDOW_FUNCTIONS,
  ...REFUSED_GROUPS,
];

export type FunctionKind = 'scalar' | 'aggregate' | 'window';

function merged(kind: 'scalars' | 'aggregates' | 'windows'): ReadonlyMap<string, readonly Signature[]> {
  const lists = FUNCTION_GROUPS.map((group) => group[kind] ?? '').join('\n');
  return kind === 'scalars' ? readSignatures(lists) : readAggregates(lists);
}

const SIGNATURES: Readonly<Record<FunctionKind, ReadonlyMap<string, readonly Signature[]>>> = {
  scalar: merged('scalars'),
  aggregate: merged('aggregates'),
  window: merged('windows'),
};

const SPECIALS = new Map(FUNCTION_GROUPS.flatMap(({ specials }) => Object.entries(specials ?? {})));

/** The functions that are refused, with the reason why. */
const REFUSED = new Map(
  FUNCTION_GROUPS.flatMap(({ refused }) =>
    Object.entries(refused ?? {}).flatMap(([reason, names]) =>
      names.split(/\s+/).map((name) => [name, reason] as const),
    ),
  ),
);

/** What kind of function this is, if it is one of those that are listed with their signatures. */
export function functionKind(name: string): FunctionKind | undefined {
  return (['scalar', 'aggregate', 'window'] as const).find((kind) => SIGNATURES[kind].has(name));
}

export function signaturesOf(kind: FunctionKind, name: string): readonly Signature[] {
  return SIGNATURES[kind].get(name) ?? [];
}

export function specialOf(name: string): SpecialFunction | undefined {
  return SPECIALS.get(name);
}

/** Why a function cannot be called at all, if so. */
export function functionFault(name: string, at: number | undefined): SqlFault | undefined {
  if (functionKind(name) || SPECIALS.has(name)) return undefined;
  if (REFUSED.has(name)) return notSupported(`The function ${name}`, at);
  return new SqlFault('FUNCTION_NOT_FOUND', `Function '${name}' not registered`, at);
}
