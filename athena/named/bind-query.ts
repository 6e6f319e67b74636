import type { NamedQuery, ParameterType } from '../../queries/index.js';
import { arrivedBetween } from '../partitions/hours.js';
import { InvalidStatementError } from '../sql/invalid-statement-error.js';
import type { Parameter } from '../sql/literal.js';
import { type Piece, scan } from '../sql/scan.js';
import { Sql, type SqlPart, sql } from '../sql/sql.js';

/** A range of time: what a parameter of type `hours` is given. */
export interface Hours {
  /** Included. */
  readonly from: Date;
  /** Not included. */
  readonly to: Date;
}

/** What can be given for a named query's parameters, by their names. */
export type QueryValues = Readonly<Record<string, Parameter | Hours>>;

/**
 * The statement of a named query with values for its parameters; one that is not given is what the query says.
 *
 * @example
 * const query = loadNamedQueries().find(({ name }) => name === 'customers-of-status');
 * await session.query(bindQuery(query, { status: 'Inactive', hours: { from, to } }));
 *
 * @throws InvalidStatementError for a value of a parameter that the query does not have, or of another type.
 */
export function bindQuery(
  { name, sql: text, parameters }: Pick<NamedQuery, 'name' | 'sql' | 'parameters'>,
  values: QueryValues,
): Sql {
  for (const [given, value] of Object.entries(values)) {
    const parameter = parameters.find((known) => known.name === given);
    const known = parameters.map((each) => each.name).join(', ') || 'none';
    if (!parameter)
      throw new InvalidStatementError(`query "${name}" has no parameter "${given}"; it has ${known}`);
    if (isHours(value) !== (parameter.type === 'hours'))
      throw new InvalidStatementError(`parameter "${given}" is of type ${parameter.type}`);
  }
  const pieces = scan(text);
  const parts: SqlPart[] = [];
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index];
    const value = piece && valueFor(piece, values);
    if (!piece || value === undefined) parts.push(piece?.text ?? '');
    else {
      const { start, end } = defaultBehind(pieces, index, name);
      parts.push(...pieces.slice(index, start).map((between) => between.text), ...value.parts);
      index = end;
    }
  }
  return new Sql(parts);
}

/** The value for the parameter that a comment names. */
function valueFor({ kind, text }: Piece, values: QueryValues): Sql | undefined {
  const [, name] = kind === 'comment' ? (/^\/\*\s*(\w+)\s*\*\/$/.exec(text) ?? []) : [];
  if (name === undefined || !Object.hasOwn(values, name)) return undefined;
  const value = values[name];
  if (value === undefined) return undefined;
  return isHours(value) ? arrivedBetween(value.from, value.to) : sql`${value}`;
}

/** Where the literal behind a parameter's comment begins and ends. */
function defaultBehind(pieces: readonly Piece[], comment: number, query: string) {
  const behind = (from: number) => pieces.findIndex(({ kind }, index) => index > from && kind !== 'space');
  const start = behind(comment);
  const first = pieces[start];
  const second = behind(start);
  if (first?.kind === 'string' || first?.kind === 'number') return { start, end: start };
  if (first?.text === '-' && pieces[second]?.kind === 'number') return { start, end: second };
  if (first?.kind === 'word' && pieces[second]?.kind === 'string' && TYPES.test(first.text))
    return { start, end: second };
  if (first?.kind === 'word' && /^(true|false|null)$/i.test(first.text)) return { start, end: start };
  throw new InvalidStatementError(
    `query "${query}" has no literal behind ${pieces[comment]?.text ?? 'a parameter'}, which a value could take the place of`,
  );
}

const TYPES = /^(date|timestamp|decimal)$/i;

function isHours(value: Parameter | Hours | undefined): value is Hours {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
}

/** The type that a parameter's value has to have, in words. */
export const TYPE_WORDS: Readonly<Record<ParameterType, string>> = {
  varchar: 'any text',
  bigint: 'a whole number',
  double: 'a number such as 1.5',
  decimal: 'a decimal such as 1.10',
  boolean: 'true or false',
  date: 'a day such as 2026-02-04',
  timestamp: 'a time such as 2026-02-04, 2026-02-04T10:15:00Z or 2h (ago)',
  hours: 'a range of time such as 24h..now or 2026-02-04..2026-02-05',
};
