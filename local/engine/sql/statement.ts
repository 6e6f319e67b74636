import { withParameters } from './execution-parameters.js';
import { parseQuery } from './parse-query.js';
import { notSupported, SqlFault } from './sql-fault.js';
import { parseExplain } from './statements/parse-explain.js';
import { parseWriting } from './statements/parse-writing.js';
import type { Statement } from './statements/parsed-statement.js';
import { TokenCursor, tokenize } from './tokens.js';

/**
 * Parses a statement in Athena's dialect; its `?` get the values of the execution parameters, each an expression or a text.
 * Queries and what does something with one are known here; the Hive statements are read elsewhere, and anything else
 * that Athena has is refused by its name.
 *
 * The parser is the project's own, small as it is, since it is also the allow-list. The transpilers at hand take more
 * than Trino does (`FROM t`, `'a' 'b'`), less (OFFSET before LIMIT), or another thing for it (UNION and INTERSECT in one
 * precedence), and give operators no position for the error.
 * @throws SqlFault if it is not a statement, not one statement, or not one of those.
 */
export function parseStatement(sql: string, parameters: readonly string[]): Statement {
  const tokens = withParameters(tokenize(sql), parameters);
  const t = new TokenCursor(tokens);
  const statement = parseOne(t, sql);
  t.accept(';');
  if (t.peek().kind !== 'end') {
    if (t.peek(-1).upper === ';')
      throw new SqlFault('INVALID_INPUT', 'Only one sql statement is allowed', t.peek().at);
    throw t.mismatch('<EOF>');
  }
  return statement;
}

function parseOne(t: TokenCursor, sql: string): Statement {
  const writing = parseWriting(t, sql);
  if (writing) return writing;
  if (t.accept('EXPLAIN')) return parseExplain(t);
  refuseOther(t);
  return { kind: 'SELECT', query: parseQuery(t) };
}

const OTHER_STATEMENTS = new Set(
  `ALTER ANALYZE CALL COMMENT COMMIT CREATE DEALLOCATE DELETE DENY DESC DESCRIBE DROP EXECUTE EXPLAIN GRANT INSERT MERGE
  MSCK OPTIMIZE PREPARE REFRESH RESET REVOKE ROLLBACK SET SHOW START TRUNCATE UNLOAD UPDATE USE USING VACUUM`.split(
    /\s+/,
  ),
);

function refuseOther(t: TokenCursor): void {
  const { upper, at } = t.peek();
  if (OTHER_STATEMENTS.has(upper)) throw notSupported(`The statement ${upper}`, at);
  if (!['SELECT', 'WITH', 'VALUES', 'TABLE', '('].includes(upper)) {
    throw t.mismatch("'(', 'SELECT', 'TABLE', 'VALUES', 'WITH'");
  }
}
