import { parseExpression } from './parse-expression.js';
import { SqlFault } from './sql-fault.js';
import { type Token, TokenCursor, tokenize } from './tokens.js';

/**
 * Puts each execution parameter in the place of its `?`. As on Athena it is an expression where it reads as one that
 * names no column, such as `'abc'` or `1 + 1`, and else the text that it is, such as `it's`: nothing in it can change
 * the statement around it. A statement without a `?` takes any parameters.
 * @throws SqlFault where there are more or fewer of them than of the `?`.
 */
export function withParameters(tokens: readonly Token[], parameters: readonly string[]): Token[] {
  const holes = tokens.filter(isHole).length;
  if (holes > 0 && holes !== parameters.length) {
    const message = `Incorrect number of parameters: expected ${holes} but found ${parameters.length}`;
    throw new SqlFault('INVALID_PARAMETER_USAGE', message);
  }
  let used = 0;
  return tokens.flatMap((token) => {
    if (!isHole(token)) return [token];
    const { at } = token;
    const text = parameters[used++] ?? '';
    if (text.includes('\0'))
      throw new SqlFault('INVALID_PARAMETER_USAGE', `Parameter ${used} has the character NUL`);
    const value = expressionTokens(text);
    if (!value) return [{ kind: 'string', text, upper: '', at }];
    // In parentheses, so that a minus in front of the hole and one in the value do not make a comment or a typed
    // literal out of what surrounds it.
    const symbol = (upper: string): Token => ({ kind: 'symbol', text: upper, upper, at });
    const placed = value.map((part) => ({ ...part, at }));
    return placed.length === 1 ? placed : [symbol('('), ...placed, symbol(')')];
  });
}

const isHole = ({ kind, upper }: Token) => kind === 'symbol' && upper === '?';

/** The tokens of an expression without columns. */
function expressionTokens(text: string): Token[] | undefined {
  try {
    const tokens = tokenize(text);
    const t = new TokenCursor(tokens);
    const value = parseExpression(t);
    return t.peek().kind === 'end' && !namesColumn(value) ? tokens.slice(0, -1) : undefined;
  } catch (error) {
    // A `?` among them.
    const isText =
      error instanceof SqlFault && ['SYNTAX_ERROR', 'INVALID_PARAMETER_USAGE'].includes(error.code);
    if (isText) return undefined;
    throw error;
  }
}

/** Whether there is a name anywhere in a syntax tree; that of a lambda's parameter counts as well. */
export function namesColumn(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('kind' in node && node.kind === 'name') return true;
  return Object.values(node).some(namesColumn);
}
