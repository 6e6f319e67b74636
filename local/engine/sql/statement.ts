import { parseExpression } from './parse-expression.js';
import { parseQuery } from './parse-query.js';
import { notSupported, SqlFault } from './sql-fault.js';
import { parseExplain } from './statements/parse-explain.js';
import { parseWriting } from './statements/parse-writing.js';
import type { Statement } from './statements/parsed-statement.js';
import { type Token, TokenCursor, tokenize } from './tokens.js';

/**
 * Parses a statement in Athena's dialect; its `?` get the values of the execution parameters, each a SQL literal.
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
  MSCK OPTIMIZE PREPARE REFRESH RESET REVOKE ROLLBACK SET SHOW START TRUNCATE UNLOAD UPDATE USE VACUUM`.split(
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

/** Puts the tokens of each parameter's literal, already checked to be one, in the place of its `?`. */
function withParameters(tokens: readonly Token[], parameters: readonly string[]): Token[] {
  const holes = tokens.filter(({ kind, upper }) => kind === 'symbol' && upper === '?').length;
  if (holes !== parameters.length) {
    const message = `Incorrect number of parameters: expected ${holes} but found ${parameters.length}`;
    throw new SqlFault('INVALID_PARAMETER_USAGE', message);
  }
  let used = 0;
  return tokens.flatMap((token) => {
    if (token.kind !== 'symbol' || token.upper !== '?') return [token];
    const literal = literalTokens(parameters[used++] ?? '');
    if (!literal) throw new SqlFault('INVALID_PARAMETER_USAGE', `Parameter ${used} is not a SQL literal`);
    // In parentheses, so that a minus in front of the hole and one in the literal do not make a comment or a typed
    // literal out of what surrounds it.
    const symbol = (upper: string): Token => ({ kind: 'symbol', text: upper, upper, at: token.at });
    const placed = literal.map((part) => ({ ...part, at: token.at }));
    return placed.length === 1 ? placed : [symbol('('), ...placed, symbol(')')];
  });
}

function literalTokens(text: string): Token[] | undefined {
  try {
    const tokens = tokenize(text).slice(0, -1);
    const t = new TokenCursor([...tokens, { kind: 'end', text: '<EOF>', upper: '<EOF>', at: text.length }]);
    const value = parseExpression(t);
    const signed = value.kind === 'negate' ? value.value : value;
    const kinds = ['literal', 'typedLiteral', 'interval', 'null', 'boolean'];
    return t.peek().kind === 'end' && kinds.includes(signed.kind) ? tokens : undefined;
  } catch (error) {
    if (error instanceof SqlFault) return undefined;
    throw error;
  }
}
