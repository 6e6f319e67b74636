/** A query that is kept by name. */
export interface NamedQuery {
  /** The file's name without its end. */
  readonly name: string;
  /** What it answers: the comment that the file begins with. */
  readonly description: string;
  /**
   * One statement, without that comment, which runs as it stands: where a parameter is used, its name is a comment and
   * what follows is what it is unless it is given, as in `status = /* status *\/ 'Active'`.
   */
  readonly sql: string;
  /** What can be given, in the order of the file. */
  readonly parameters: readonly QueryParameter[];
}

/** A parameter of a named query. */
export interface QueryParameter {
  readonly name: string;
  readonly type: ParameterType;
  /** What it is, in a sentence. */
  readonly description: string;
}

/**
 * SQL's types, and `hours`: a range of time that becomes the condition on the partition columns which names its folders;
 * unless it is given it is `true`.
 */
export const PARAMETER_TYPES = [
  'varchar',
  'bigint',
  'double',
  'decimal',
  'boolean',
  'date',
  'timestamp',
  'hours',
] as const;

export type ParameterType = (typeof PARAMETER_TYPES)[number];

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

/**
 * Reads a query's file: a comment that says what it answers, a line `-- @param name type  What it is.` for each
 * parameter, and one statement.
 * @throws InvalidQueryError
 */
export function parseNamedQuery(name: string, text: string): NamedQuery {
  const [comment = ''] = /^(--.*(\n|$))*/.exec(text) ?? [];
  const lines = comment.split('\n').map((line) => line.replace(/^--\s*/, '').trim());
  const description = lines.filter((line) => line !== '' && !line.startsWith('@')).join(' ');
  const parameters = lines.filter((line) => line.startsWith('@')).map((line) => parameterOf(name, line));
  const sql = text.slice(comment.length).trim();
  if (description === '')
    throw new InvalidQueryError(name, 'it must begin with a comment that says what it answers');
  if (sql === '') throw new InvalidQueryError(name, 'there is no statement after its comment');
  for (const parameter of parameters) {
    if (!new RegExp(String.raw`/\*\s*${parameter.name}\s*\*/`).test(sql))
      throw new InvalidQueryError(name, `its statement does not use the parameter ${parameter.name}`);
  }
  return { name, description, sql, parameters };
}

function parameterOf(query: string, line: string): QueryParameter {
  const [, name, word, description] = /^@param\s+([a-z][a-z0-9_]*)\s+([a-z]+)\s+(\S.*)$/.exec(line) ?? [];
  const type = PARAMETER_TYPES.find((known) => known === word);
  if (name !== undefined && type !== undefined && description !== undefined)
    return { name, type, description };
  const form = `"@param name type  What it is." with a type of ${PARAMETER_TYPES.join(', ')}`;
  throw new InvalidQueryError(query, `"${line}" is not ${form}`);
}
