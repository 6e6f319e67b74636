import { readJoni } from './joni-reader.js';

/**
 * A regular expression of Joni's, with Java's syntax, which Trino has: what RE2, which DuckDB has, must be told instead,
 * and what has to be known of it. Only what both take alike is read on; an expression that is wrong RE2 finds to be.
 */
export interface JoniPattern {
  readonly re2: string;
  /** What is in it that RE2 has not, or means otherwise, if anything. */
  readonly refused?: string;
  /** Those that capture, in order; the first is the whole. */
  readonly groups: readonly Group[];
  /** Whether it may match nothing. */
  readonly empty: boolean;
  /** Whether it matches nothing but nothing. */
  readonly onlyEmpty: boolean;
  /** Whether a group that may match nothing is repeated without a limit: how often that is engines disagree. */
  readonly repeatsNothing: boolean;
  /** Whether it asks for what is around the match: for the begin, the end or the border of a word. */
  readonly asserts: boolean;
  readonly uses: ReadonlySet<Use>;
}

export interface Group {
  readonly name?: string;
  /** Whether it takes part in every match. */
  readonly certain: boolean;
}

/** What RE2 does by ASCII and Joni by Unicode; and `$`, which to Joni is before a line feed at the end as well. */
export type Use = 'word' | 'digit' | 'space' | 'posix' | 'end';

/** What is wanted: whether there is a match, the first, all, what is between them, or both. */
export type Search = 'any' | 'first' | 'matches' | 'parts' | 'replace';

/**
 * Why matches of a pattern cannot be had. DuckDB goes on behind an empty match otherwise where it may be behind
 * others, and RE2 replaces no empty match that is right behind another match.
 */
export function refusal(pattern: JoniPattern, search: Search, knowsParts: boolean): string | undefined {
  const { refused, empty, onlyEmpty, asserts, repeatsNothing } = pattern;
  if (refused !== undefined || search === 'any') return refused;
  if (repeatsNothing) return 'A repetition of a group that matches nothing as well in a regular expression';
  if (!empty || search === 'first') return undefined;
  if (search === 'replace' && onlyEmpty) return undefined;
  const plain = search === 'matches' ? !asserts : !asserts && knowsParts;
  return plain ? undefined : 'A regular expression that matches nothing as well';
}

export function readPattern(text: string): JoniPattern {
  if (last?.text !== text) last = { text, pattern: readJoni(text) };
  return last.pattern;
}

let last: { readonly text: string; readonly pattern: JoniPattern } | undefined;
