import type { QueryOptions } from './session-options.js';
import { dialectOf } from './sql/dialect.js';
import { InvalidStatementError } from './sql/invalid-statement-error.js';
import { literal } from './sql/literal.js';
import { LONGEST_PARAMETER, Sql, type Statement } from './sql/sql.js';

/** A statement as it is sent. @throws InvalidStatementError where it cannot be right. */
export function sentStatement(statement: string | Sql, { parameters = [] }: QueryOptions): Statement {
  if (statement instanceof Sql) {
    if (parameters.length > 0)
      throw new InvalidStatementError('its values stand in it already, so that it takes no others');
    return statement.toStatement();
  }
  const literals = parameters.map(literal);
  if (literals.length > 0 && dialectOf(statement) === 'hive')
    throw new InvalidStatementError('DDL takes no parameters, so that its values have to be written out');
  const long = literals.findIndex((text) => text.length > LONGEST_PARAMETER);
  if (long !== -1)
    throw new InvalidStatementError(
      `value ${long + 1} is longer than the ${LONGEST_PARAMETER.toLocaleString('en')} characters that Athena takes; sql\`…\` has room for it`,
    );
  return { text: statement, parameters: literals };
}
