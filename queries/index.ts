import { readdirSync, readFileSync } from 'node:fs';

/** A query that is kept by name. */
export interface NamedQuery {
  /** The file's name without its end. */
  readonly name: string;
  /** What it answers: the comment that the file begins with. */
  readonly description: string;
  /** One statement, without that comment. */
  readonly sql: string;
}

/**
 * The named queries: each `.sql` file of this folder is one, and begins with a comment that says what it answers.
 * @throws InvalidQueryError for a file without that comment, or with nothing else.
 */
export function loadNamedQueries(folder: URL = new URL('.', import.meta.url)): readonly NamedQuery[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => read(file.replace(/\.sql$/, ''), readFileSync(new URL(file, folder), 'utf8')));
}

/** A file that is no named query. */
export class InvalidQueryError extends Error {
  override readonly name = 'InvalidQueryError';
  constructor(
    readonly query: string,
    readonly problem: string,
  ) {
    super(`Query "${query}": ${problem}.`);
  }
}

function read(name: string, text: string): NamedQuery {
  const [comment = ''] = /^(--.*(\n|$))*/.exec(text) ?? [];
  const description = comment
    .replaceAll(/^--\s*/gm, '')
    .trim()
    .replaceAll('\n', ' ');
  const sql = text.slice(comment.length).trim();
  if (description === '')
    throw new InvalidQueryError(name, 'it must begin with a comment that says what it answers');
  if (sql === '') throw new InvalidQueryError(name, 'there is no statement after its comment');
  return { name, description, sql };
}
