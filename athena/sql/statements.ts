import { scan } from './scan.js';

/** Statements in a text, and what comes after the last semicolon. */
export interface Statements {
  /** Those that a semicolon ended, without it; none of them empty. */
  readonly complete: readonly string[];
  /** What is not ended yet; empty where nothing but blanks and comments follow. */
  readonly rest: string;
}

/** Splits at semicolons outside strings, names in quotes and comments. */
export function splitStatements(sql: string): Statements {
  const complete: string[] = [];
  let start = 0;
  let isEmpty = true;
  for (const { kind, text, at } of scan(sql)) {
    if (kind === 'symbol' && text === ';') {
      if (!isEmpty) complete.push(sql.slice(start, at).trim());
      start = at + 1;
      isEmpty = true;
    } else if (kind !== 'space' && kind !== 'comment') isEmpty = false;
  }
  const rest = sql.slice(start);
  // A comment that has begun is no empty rest: what it hides is still to come.
  const isOpen = scan(rest).at(-1)?.open === true;
  return { complete, rest: isEmpty && !isOpen ? '' : rest.trim() };
}

/** All statements of a text, the last one with or without its semicolon. */
export function statementsOf(sql: string): readonly string[] {
  const { complete, rest } = splitStatements(sql);
  return rest === '' ? complete : [...complete, rest];
}
