import { parseExpression } from './parse-expression.js';
import { notSupported } from './sql-fault.js';
import type { Frame, SortItem, Window } from './syntax.js';
import type { TokenCursor } from './tokens.js';

/** What stands in the parentheses of OVER and WINDOW. */
export function parseWindow(t: TokenCursor): Window {
  const base = t.is('PARTITION') || !t.isAlias() || isFrame(t) ? undefined : t.identifier();
  const partitionBy = t.accept('PARTITION', 'BY') ? t.list(() => parseExpression(t)) : [];
  const orderBy = t.accept('ORDER', 'BY') ? parseSortItems(t) : [];
  const frame = isFrame(t) ? parseFrame(t) : undefined;
  if (ROW_PATTERNS.has(t.peek().upper))
    throw notSupported('Row pattern recognition in a window', t.peek().at);
  return { ...(base && { base }), partitionBy, orderBy, ...(frame && { frame }) };
}

/** The clauses of a window by which it finds patterns of rows. */
const ROW_PATTERNS = new Set(['MEASURES', 'AFTER', 'INITIAL', 'SEEK', 'PATTERN', 'SUBSET', 'DEFINE']);

/** What stands behind ORDER BY. */
export function parseSortItems(t: TokenCursor): SortItem[] {
  return t.list(() => {
    const value = parseExpression(t);
    const descending = t.accept('DESC');
    if (!descending) t.accept('ASC');
    // Trino puts nulls last in either direction.
    const nullsFirst = t.accept('NULLS', 'FIRST');
    if (!nullsFirst) t.accept('NULLS', 'LAST');
    return { value, descending, nullsFirst };
  });
}

function isFrame(t: TokenCursor): boolean {
  return t.is('ROWS') || t.is('RANGE') || t.is('GROUPS');
}

function parseFrame(t: TokenCursor): Window['frame'] {
  const { upper } = t.next();
  const unit = upper === 'ROWS' ? 'ROWS' : upper === 'RANGE' ? 'RANGE' : 'GROUPS';
  if (!t.accept('BETWEEN')) return { unit, start: parseFrameBound(t) };
  const start = parseFrameBound(t);
  t.expect('AND');
  return { unit, start, end: parseFrameBound(t) };
}

function parseFrameBound(t: TokenCursor): Frame {
  if (t.accept('UNBOUNDED', 'PRECEDING')) return 'UNBOUNDED PRECEDING';
  if (t.accept('UNBOUNDED', 'FOLLOWING')) return 'UNBOUNDED FOLLOWING';
  if (t.accept('CURRENT', 'ROW')) return 'CURRENT ROW';
  const distance = parseExpression(t);
  if (t.accept('PRECEDING')) return { distance, side: 'PRECEDING' };
  t.expect('FOLLOWING');
  return { distance, side: 'FOLLOWING' };
}
