import { parseHiveType } from '../../engine/hive-type.js';
import { SqlFault } from '../../engine/sql/sql-fault.js';
import type { TokenCursor } from '../../engine/sql/tokens.js';
import type { NewColumn, PartitionSpec } from './ddl.js';
import { hiveName, hiveString } from './hive-tokens.js';

/** `(name type [COMMENT 'text'], …)`. */
export function parseColumns(t: TokenCursor): NewColumn[] {
  return t.inParentheses(() =>
    t.list(() => {
      const name = hiveName(t);
      const type = parseColumnType(t);
      return { name, type, comment: t.accept('COMMENT') ? hiveString(t) : undefined };
    }),
  );
}

/** A type as Glue keeps it: in lower case, without spaces. */
function parseColumnType(t: TokenCursor): string {
  const { at } = t.peek();
  let text = '';
  for (let depth = 0; ; ) {
    const { kind, upper, text: written } = t.peek();
    if (depth === 0 && text !== '' && upper !== '<' && upper !== '(') break;
    if (kind === 'end' || kind === 'string') throw t.mismatch('<type>');
    if (upper === '<' || upper === '(') depth++;
    if (upper === '>' || upper === ')') depth--;
    if (depth < 0) throw t.mismatch('<type>');
    text += written.toLowerCase();
    t.next();
  }
  const type = text.replace(/\binteger\b/g, 'int');
  try {
    parseHiveType(type);
  } catch {
    throw new SqlFault('SYNTAX_ERROR', `The column type '${type}' is not supported`, at);
  }
  return type;
}

/** `(column = 'value', …)`; numbers may stand without quotes. */
export function parsePartitionSpec(t: TokenCursor): PartitionSpec {
  const pairs = t.inParentheses(() =>
    t.list((): [string, string] => {
      const name = hiveName(t);
      t.expect('=');
      return [name, parsePartitionValue(t)];
    }),
  );
  return new Map(pairs);
}

function parsePartitionValue(t: TokenCursor): string {
  const sign = t.accept('-') ? '-' : '';
  const { kind, text } = t.peek();
  // A typed literal, such as `date '2026-02-04'`.
  if (sign === '' && kind === 'word' && t.peek(1).kind === 'string') t.next();
  else if (kind === 'integer') {
    t.next();
    return `${sign}${text}`;
  }
  return hiveString(t);
}
