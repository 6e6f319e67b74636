import { invalidRequest } from '../invalid-request.js';

/**
 * The one statement of a text, without the blanks around it and without semicolons: so it is run and told. Pieces of
 * blanks between semicolons are passed over, and those of comments alone are not.
 * @throws AwsError for a text with more statements, or with none but a semicolon.
 * @see https://github.com/aoyagikouhei/athena-local/blob/main/docs/dev/measurements/statements.md
 */
export function oneStatement(query: string): string {
  const pieces: string[] = [];
  let start = 0;
  for (const { 0: text, index } of query.matchAll(QUOTED_OR_END)) {
    if (text !== ';') continue;
    pieces.push(query.slice(start, index));
    start = index + 1;
  }
  pieces.push(query.slice(start));
  const [statement, ...more] = pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
  const got = query.trimEnd();
  if (more.length > 0)
    throw invalidRequest(`Only one sql statement is allowed. Got: ${got}`, 'MALFORMED_QUERY');
  if (statement !== undefined) return statement;
  if (pieces.length > 1) throw invalidRequest(`Empty sql statement: ${got}`, 'MALFORMED_QUERY');
  return query;
}

/** What a semicolon may stand in, to its end or the text's; or a semicolon. */
const QUOTED_OR_END = /'[^']*'?|"[^"]*"?|`[^`]*`?|--[^\r\n]*|\/\*(?:[\s\S]*?\*\/|[\s\S]*)|;/g;
