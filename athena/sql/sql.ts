import { dialectOf } from './dialect.js';
import { Identifier } from './identifier.js';
import { InvalidStatementError } from './invalid-statement-error.js';
import { InvalidValueError } from './invalid-value-error.js';
import { literal, type Parameter } from './literal.js';
import { scan } from './scan.js';

/** A statement, or a part of one, with its values apart. Made by the tag `sql`. */
export class Sql {
  /** Made by the tag. */
  constructor(readonly parts: readonly SqlPart[]) {}

  /**
   * The text with a `?` for each value, and the values as literals.
   * @throws InvalidStatementError where a value or a name would not stand as one: inside quotes, beside a `?` of the
   * text's own, or, a value, in Hive's DDL.
   */
  toStatement(): Statement {
    return this.#assemble(LONGEST_PARAMETER);
  }

  /** The text with the values written into it, to be read or pasted elsewhere. @throws what `toStatement` does. */
  toText(): string {
    return this.#assemble(0).text;
  }

  /** @param longest characters of a value that may be a parameter; longer ones are written into the text. */
  #assemble(longest: number): Statement {
    const plain = this.parts.map((part) => (typeof part === 'string' ? part : ' x ')).join('');
    const dialect = dialectOf(plain);
    const parameters: string[] = [];
    const inserted = new Map<number, string>();
    let text = '';
    const insert = (piece: string) => {
      inserted.set(text.length, piece);
      text += piece;
    };
    for (const part of this.parts) {
      if (typeof part === 'string') text += part;
      else if (part instanceof Identifier)
        part.parts.forEach((name, index) => {
          text += index === 0 ? '' : '.';
          insert(new Identifier([name]).toSql(dialect));
        });
      else if (dialect === 'hive')
        throw new InvalidStatementError('DDL takes no parameters, so that its values have to be written out');
      else if (part.literal.length <= longest) {
        parameters.push(part.literal);
        insert('?');
      } else {
        // In parentheses, so that it joins nothing beside it.
        text += '(';
        const [prefix = ''] = /^(?:[A-Z]+ ?(?=')|-)?/.exec(part.literal) ?? [];
        text += prefix;
        insert(part.literal.slice(prefix.length));
        text += ')';
      }
    }
    check(text, inserted, parameters.length);
    return { text, parameters };
  }
}

/** Text of the statement's author, a value's literal, or a name. */
export type SqlPart = string | { readonly literal: string } | Identifier;

/** A statement as Athena takes it. */
export interface Statement {
  readonly text: string;
  /** The literals of its `?`, in order. */
  readonly parameters: readonly string[];
}

/**
 * Characters that Athena takes for one execution parameter.
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html
 */
export const LONGEST_PARAMETER = 1_024;

/**
 * A statement, or a part of one. What stands in `${…}` can never change what the statement does: a value goes to
 * Athena as an execution parameter, an `identifier(…)` as a quoted name, and another `sql` becomes part of it. An array
 * is a list of values, for `IN (${…})`.
 *
 * @example
 * const recent = sql`event_date > ${new Date(Date.now() - 3_600_000)}`;
 * await session.query(sql`SELECT * FROM ${identifier(table)} WHERE ${recent} AND status IN (${['Active', 'Inactive']})`);
 *
 * @throws InvalidValueError for what SQL has no literal for, and for an empty array, which no `IN` takes.
 */
export function sql(strings: TemplateStringsArray, ...inserts: readonly SqlInsert[]): Sql {
  return new Sql(
    strings.flatMap((text, index) => [text, ...(index < inserts.length ? partsOf(inserts[index]) : [])]),
  );
}

/** What can stand in `${…}`. */
export type SqlInsert = Parameter | readonly Parameter[] | Sql | Identifier;

/** Parts with something between them: `join(conditions, sql` AND `)`. */
export function join(parts: readonly SqlInsert[], separator: Sql = COMMA): Sql {
  return new Sql(parts.flatMap((part, index) => [...(index > 0 ? separator.parts : []), ...partsOf(part)]));
}

const COMMA = new Sql([', ']);

/** A text as it is. Only for what whoever runs the statement has written: never for what came from elsewhere. */
export const verbatim = (text: string): Sql => new Sql([text]);

function partsOf(insert: SqlInsert | undefined): readonly SqlPart[] {
  if (insert instanceof Sql) return insert.parts;
  if (insert instanceof Identifier) return [insert];
  if (insert === undefined) throw new InvalidValueError(insert, 'a value; NULL is null');
  if (!isList(insert)) return [{ literal: literal(insert) }];
  if (insert.length === 0) throw new InvalidValueError('[]', 'a list of at least one value');
  return insert.flatMap((value, index) => [...(index > 0 ? [', '] : []), { literal: literal(value) }]);
}

const isList = (insert: SqlInsert): insert is readonly Parameter[] => Array.isArray(insert);

/** That what was inserted stands as what it is, and that each `?` is a value's. */
function check(text: string, inserted: ReadonlyMap<number, string>, parameters: number): void {
  const pieces = new Map(scan(text).map((piece) => [piece.at, piece]));
  for (const [at, piece] of inserted) {
    const found = pieces.get(at);
    if (found?.text !== piece || found.open)
      throw new InvalidStatementError('a ${…} stands inside quotes, in a comment, or right beside quotes');
  }
  if (parameters === 0) return;
  const marks = [...pieces.values()].filter(({ kind, text }) => kind === 'symbol' && text === '?').length;
  if (marks !== parameters)
    throw new InvalidStatementError('it has a ? of its own beside values in ${…}: use one or the other');
}
