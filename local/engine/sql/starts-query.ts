import type { TokenCursor } from './tokens.js';

/** Whether a query begins `ahead` of here, behind any number of parentheses that could be a join's as well. */
export function startsQuery(t: TokenCursor, ahead: number): boolean {
  let i = ahead;
  while (t.peek(i).upper === '(') i++;
  return ['SELECT', 'WITH', 'VALUES', 'TABLE'].includes(t.peek(i).upper) && !isJoin(t, ahead, i);
}

/** Whether the parenthesis that was opened before `ahead` encloses a join of a subquery, as in `((SELECT 1) x JOIN …)`. */
function isJoin(t: TokenCursor, ahead: number, start: number): boolean {
  if (start === ahead) return false;
  let depth = 0;
  for (let i = ahead; t.peek(i).kind !== 'end'; i++) {
    if (t.peek(i).upper === '(') depth++;
    if (t.peek(i).upper === ')' && --depth === 0) {
      const after = t.peek(i + 1).upper;
      return ![')', 'UNION', 'INTERSECT', 'EXCEPT', 'ORDER', 'LIMIT', 'OFFSET', 'FETCH'].includes(after);
    }
  }
  return false;
}
