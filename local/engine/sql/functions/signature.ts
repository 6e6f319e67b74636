import { parsePattern, splitPatterns, type TypePattern } from './type-pattern.js';

/** One way to call a function: the types it takes and gives, and the DuckDB expression that does what Trino does. */
export interface Signature {
  readonly parameters: readonly TypePattern[];
  readonly variadic: boolean;
  readonly result: TypePattern;
  /**
   * With `$1`, `$2` … for the arguments, `@1` for a moment in its own time zone, `$*` for all arguments, `$|` for all of
   * them joined by `||`. In an aggregate, #D, #O, #F, #A and #V stand where its clauses go (bind-call.ts). `refuse` stands where Trino has an overload that this engine
   * does not.
   */
  readonly sql: string;
}

/** Reads lines such as `strpos(varchar, varchar): bigint = instr($1, $2)`. */
export function readSignatures(list: string): ReadonlyMap<string, readonly Signature[]> {
  const found = new Map<string, Signature[]>();
  for (const line of list.split('\n')) {
    const parts = /^\s*(\w+)\((.*?)\): ([^=]+?) = (.+)$/.exec(line);
    if (!parts) continue;
    const [, name = '', parameters = '', result = '', sql = ''] = parts;
    const signature: Signature = {
      parameters: splitPatterns(parameters.replace('...', '')).map(parsePattern),
      variadic: parameters.endsWith('...'),
      result: parsePattern(result),
      sql,
    };
    found.set(name, [...(found.get(name) ?? []), signature]);
  }
  return found;
}

/**
 * Reads lines of aggregates. In them `agg{…}` encloses what the clauses DISTINCT, ORDER BY, FILTER and OVER belong to,
 * if that is not the whole, and ` where ` in it says which rows count.
 */
export function readAggregates(list: string): ReadonlyMap<string, readonly Signature[]> {
  const found = new Map<string, readonly Signature[]>();
  for (const [name, signatures] of readSignatures(list)) {
    found.set(
      name,
      signatures.map((signature) => ({ ...signature, sql: withPlaces(signature.sql) })),
    );
  }
  return found;
}

function withPlaces(sql: string): string {
  if (sql === 'refuse') return sql;
  if (!sql.includes('agg{')) return placesIn(sql);
  return sql.replace(/agg\{([^{}]*)\}/g, (_, call: string) => placesIn(call));
}

function placesIn(text: string): string {
  const [call = '', where] = text.split(' where ');
  const open = call.indexOf('(') + 1;
  const filter = where === undefined ? '#F' : ` FILTER (WHERE #A${where})`;
  const args = call.slice(open, -1);
  return `${call.slice(0, open)}${args.startsWith('DISTINCT ') ? '' : '#D'}${args}#O)${filter}#V`;
}
