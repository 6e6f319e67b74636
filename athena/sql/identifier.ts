import type { Dialect } from './dialect.js';
import { InvalidValueError } from './invalid-value-error.js';

/** A name of a table, a column or a database in a statement, apart from its values. */
export class Identifier {
  constructor(readonly parts: readonly string[]) {
    for (const part of parts)
      if (part === '' || /[\0\p{Surrogate}]/u.test(part)) throw new InvalidValueError(part, 'a name');
    if (parts.length === 0) throw new InvalidValueError('', 'a name');
  }

  /** @throws InvalidValueError for a name with a backtick in Hive's DDL, which has no way to write one. */
  toSql(dialect: Dialect): string {
    return this.parts.map((part) => quotedName(part, dialect)).join('.');
  }
}

/**
 * A name in a statement, quoted as its parser wants it: `identifier('customers')`, or with its database
 * `identifier('lakehouse_dev', 'customers')`.
 *
 * @throws InvalidValueError for what can be no name.
 */
export function identifier(...parts: readonly string[]): Identifier {
  return new Identifier(parts);
}

function quotedName(name: string, dialect: Dialect): string {
  if (dialect === 'trino') return `"${name.replaceAll('"', '""')}"`;
  if (name.includes('`')) throw new InvalidValueError(name, 'a name without backticks');
  return `\`${name}\``;
}
