import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { type Piece, scan } from '../sql/scan.js';

/** Statements that are kept. */
const MOST = 1_000;

/**
 * What was typed at the prompt, whole statements on one line each, kept in a file from one time to the next. A file that
 * cannot be read or written is no reason to stop: then it is kept for this time alone.
 */
export class PromptHistory {
  readonly most = MOST;
  /** The latest first. */
  readonly #entries: string[];
  /** The lines that readline shows. */
  #shown: string[] | undefined;

  /** @param file where it is kept; undefined keeps it for this time alone. */
  constructor(private readonly file: string | undefined) {
    this.#entries = linesOf(file).reverse().slice(0, MOST);
  }

  get entries(): readonly string[] {
    return this.#entries;
  }

  /** Adds what was typed, unless it is what came before, or has a string that no single line can hold. */
  add(text: string): void {
    const line = onOneLine(text);
    if (line === undefined || line === '' || line === this.#entries[0]) return;
    this.#entries.unshift(line);
    this.#show();
    if (this.file === undefined) return;
    try {
      mkdirSync(path.dirname(this.file), { recursive: true, mode: 0o700 });
      // What people ask is nobody else's business.
      appendFileSync(this.file, `${line}\n`, { mode: 0o600 });
    } catch {
      // It is kept for this time.
    }
  }

  /** Takes the place of readline's own lines, which are parts of statements, each time that it has added one. */
  follow(lines: string[]): void {
    this.#shown = lines;
    this.#show();
  }

  #show(): void {
    this.#shown?.splice(0, this.#shown.length, ...this.#entries);
  }
}

/** Where the history is kept unless `LAKEHOUSE_QUERY_HISTORY` says; empty, that says nowhere. */
export function historyFile(variables: NodeJS.ProcessEnv): string | undefined {
  const named = variables.LAKEHOUSE_QUERY_HISTORY;
  if (named !== undefined) return named === '' ? undefined : named;
  const state = variables.XDG_STATE_HOME || path.join(homedir(), '.local', 'state');
  return path.join(state, 'streaming-lakehouse', 'query-history');
}

function linesOf(file: string | undefined): string[] {
  if (file === undefined) return [];
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch {
    return [];
  }
}

/** A statement without its comments and line breaks; undefined where a string has one. */
function onOneLine(text: string): string | undefined {
  const pieces = scan(text);
  if (pieces.some(({ kind, text: piece }) => kind !== 'space' && /[\r\n]/.test(piece))) return undefined;
  const isBlank = (index: number) => pieces[index]?.kind === 'space' || isLineComment(pieces[index]);
  // Blanks inside a string mean what they are; of those between, one is enough.
  return pieces
    .flatMap(({ text: piece }, index) => (!isBlank(index) ? [piece] : isBlank(index - 1) ? [] : [' ']))
    .join('')
    .trim();
}

const isLineComment = (piece: Piece | undefined) => piece?.kind === 'comment' && piece.text.startsWith('--');
