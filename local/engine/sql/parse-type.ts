import type { SqlType } from '../sql-type.js';
import { notSupported, SqlFault } from './sql-fault.js';
import type { TokenCursor } from './tokens.js';

/** Reads a type as it stands in a CAST. */
export function parseType(t: TokenCursor): SqlType {
  const { name, at } = t.identifier();
  switch (name) {
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'bigint':
    case 'real':
    case 'varbinary':
    case 'date':
      return { name };
    case 'int':
    case 'integer':
      return { name: 'integer' };
    case 'double':
      t.accept('PRECISION');
      return { name: 'double' };
    case 'dec':
    case 'decimal': {
      const [precision = 38, scale = 0] = parseNumbers(t);
      if (precision < 1 || precision > 38)
        throw new SqlFault('INVALID_TYPE', 'DECIMAL precision must be 1 to 38', at);
      if (scale > precision)
        throw new SqlFault('INVALID_TYPE', 'DECIMAL scale must not exceed its precision', at);
      return { name: 'decimal', precision, scale };
    }
    case 'varchar':
    case 'string': {
      const [length] = parseNumbers(t);
      return length === undefined ? { name: 'varchar' } : { name: 'varchar', length };
    }
    case 'timestamp':
      return parseTimestamp(t, at);
    case 'array': {
      const angled = t.accept('<');
      if (!angled) t.expect('(');
      const element = parseType(t);
      t.expect(angled ? '>' : ')');
      return { name: 'array', element };
    }
    default:
      throw notSupported(`The type ${name}`, at);
  }
}

function parseTimestamp(t: TokenCursor, at: number): SqlType {
  const [precision = 3] = parseNumbers(t);
  if (precision !== 3) throw notSupported(`timestamp(${precision})`, at);
  if (t.accept('WITHOUT', 'TIME', 'ZONE')) return { name: 'timestamp' };
  return { name: t.accept('WITH', 'TIME', 'ZONE') ? 'timestamp with time zone' : 'timestamp' };
}

function parseNumbers(t: TokenCursor): number[] {
  if (!t.is('(')) return [];
  return t.inParentheses(() =>
    t.list(() => {
      if (t.peek().kind !== 'integer') throw t.mismatch('<integer>');
      return Number(t.next().text);
    }),
  );
}
