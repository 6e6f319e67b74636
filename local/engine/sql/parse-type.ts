import type { RowField, SqlType } from '../sql-type.js';
import { LONGEST_CHAR } from './chars.js';
import { notSupported, SqlFault } from './sql-fault.js';
import { timeType } from './times.js';
import type { TokenCursor } from './tokens.js';

/** Reads a type as it stands in a CAST, be it `array(integer)` or `integer ARRAY`. */
export function parseType(t: TokenCursor): SqlType {
  let type = parseBaseType(t);
  while (t.accept('ARRAY')) {
    if (t.is('[')) throw notSupported('An array type with a length', t.peek().at);
    type = { name: 'array', element: type };
  }
  return type;
}

function parseBaseType(t: TokenCursor): SqlType {
  const { name, at } = t.identifier();
  switch (name) {
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'bigint':
    case 'real':
    case 'varbinary':
    case 'date':
    case 'json':
    case 'uuid':
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
    case 'char': {
      const [length = 1] = parseNumbers(t);
      return charType(length, at);
    }
    case 'time': {
      const [precision = 3] = parseNumbers(t);
      if (t.accept('WITH', 'TIME', 'ZONE')) throw notSupported('The type time with time zone', at);
      t.accept('WITHOUT', 'TIME', 'ZONE');
      return timeType(precision, at);
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
    case 'map': {
      const angled = t.accept('<');
      if (!angled) t.expect('(');
      const key = parseType(t);
      t.expect(',');
      const value = parseType(t);
      t.expect(angled ? '>' : ')');
      return { name: 'map', key, value };
    }
    case 'row': {
      const fields = t.inParentheses(() => t.list(() => parseField(t)));
      const names = fields.flatMap((field) => (field.name === undefined ? [] : [field.name.toLowerCase()]));
      if (new Set(names).size < names.length) throw notSupported('A row with two fields of one name', at);
      return { name: 'row', fields };
    }
    case 'interval': {
      const [from, to] = [t.next().upper, t.accept('TO') ? t.next().upper : ''];
      if (from === 'YEAR' && to === 'MONTH') return { name: 'interval year to month' };
      if (from === 'DAY' && to === 'SECOND') return { name: 'interval day to second' };
      throw notSupported(`The type interval ${from} ${to}`, at);
    }
    default:
      throw notSupported(`The type ${name}`, at);
  }
}

/** @throws SqlFault for a length that Trino's CHAR cannot have. */
export function charType(length: number, at: number): SqlType {
  if (length <= LONGEST_CHAR) return { name: 'char', length };
  const message = `CHAR length must be in range [0, ${LONGEST_CHAR}], got ${length}`;
  throw new SqlFault('INVALID_FUNCTION_ARGUMENT', message, at);
}

/** `name type`, or a type alone. */
function parseField(t: TokenCursor): RowField {
  const next = t.peek(1).upper;
  const nameless = next === ',' || next === ')' || next === '(' || next === 'PRECISION';
  const alone =
    nameless || (/^TIME(STAMP)?$/.test(t.peek().upper) && (next === 'WITH' || next === 'WITHOUT'));
  if (alone && t.peek().kind !== 'quoted') return { type: parseType(t) };
  const { kind, text } = t.peek();
  const identifier = t.identifier();
  // Where it is quoted its letters stay as they are, for JSON and results; what names it does not mind them.
  const [name, at] = [kind === 'quoted' ? text : identifier.name, identifier.at];
  if (/\p{Cc}/u.test(name)) throw notSupported('A control character in the name of a field', at);
  return { name, type: parseType(t) };
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
