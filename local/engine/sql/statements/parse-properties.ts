import { SqlFault } from '../sql-fault.js';
import type { TokenCursor } from '../tokens.js';
import type { PropertyValue, StatementProperties } from './parsed-statement.js';

/** `WITH (name = value, …)`, if it is there. A value is a string, a number, a boolean or an array of strings. */
export function parseProperties(t: TokenCursor): StatementProperties {
  if (!t.accept('WITH')) return new Map();
  const pairs = t.inParentheses(() =>
    t.list((): [string, PropertyValue] => {
      const { name, at } = t.identifier();
      t.expect('=');
      const value = parseValue(t);
      return [name, value ?? refused(name, at)];
    }),
  );
  const names = new Set<string>();
  for (const [name] of pairs) {
    if (names.has(name)) throw new SqlFault('DUPLICATE_PROPERTY', `Duplicate property: ${name}`);
    names.add(name);
  }
  return new Map(pairs);
}

function parseValue(t: TokenCursor): PropertyValue | undefined {
  const { kind, text, upper } = t.peek();
  if (t.accept('ARRAY')) {
    t.expect('[');
    const items = t.is(']') ? [] : t.list(() => parseText(t));
    t.expect(']');
    return items;
  }
  t.next();
  if (kind === 'string') return text;
  if (kind === 'integer') return Number(text);
  if (upper === 'TRUE' || upper === 'FALSE') return upper === 'TRUE';
  return undefined;
}

export function parseText(t: TokenCursor): string {
  if (t.peek().kind !== 'string') throw t.mismatch('<string>');
  return t.next().text;
}

function refused(name: string, at: number): never {
  throw new SqlFault('INVALID_TABLE_PROPERTY', `The property '${name}' has no literal for its value`, at);
}
