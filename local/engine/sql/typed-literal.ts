import { quoteText } from '../sql-type.js';
import { cast } from './casts.js';
import type { Typed } from './coercion.js';
import { notSupported, SqlFault } from './sql-fault.js';

/** Such as `DATE '2026-02-04'`, `TIMESTAMP '2026-02-04 21:35:54.759 UTC'` or `BIGINT '1'`. */
export function typedLiteral(type: string, text: string, at: number): Typed {
  const value: Typed = { sql: quoteText(text), type: { name: 'varchar' } };
  switch (type) {
    case 'DATE':
      return { ...temporal('DATE', DATE, text, at), type: { name: 'date' } };
    case 'TIMESTAMP': {
      const [, local = text, zone] =
        /^(.*\d) ?(UTC|Z|\+00:00|[A-Za-z]+\/\S+|[+-]\d\d:\d\d)$/.exec(text) ?? [];
      if (zone && !['UTC', 'Z', '+00:00'].includes(zone)) throw notSupported(`The time zone ${zone}`, at);
      const timestamp = temporal('TIMESTAMP', TIMESTAMP, local, at);
      if (!zone) return { ...timestamp, type: { name: 'timestamp' } };
      return { sql: `CAST(${timestamp.sql} AS TIMESTAMPTZ)`, type: { name: 'timestamp with time zone' } };
    }
    case 'DECIMAL': {
      const [, whole = '', fraction = ''] = /^[+-]?(\d*)\.?(\d*)$/.exec(text) ?? [];
      const digits = whole.replace(/^0+/, '').length + fraction.length;
      if (whole + fraction === '' || digits > 38) throw invalid('DECIMAL', text, at);
      const precision = Math.max(digits, 1);
      return cast(value, { name: 'decimal', precision, scale: fraction.length }, false, at);
    }
    case 'INT':
    case 'INTEGER':
      return cast(value, { name: 'integer' }, false, at);
    case 'BOOLEAN':
      return cast(value, { name: 'boolean' }, false, at);
    case 'TINYINT':
      return cast(value, { name: 'tinyint' }, false, at);
    case 'SMALLINT':
      return cast(value, { name: 'smallint' }, false, at);
    case 'BIGINT':
      return cast(value, { name: 'bigint' }, false, at);
    case 'REAL':
      return cast(value, { name: 'real' }, false, at);
    case 'DOUBLE':
      return cast(value, { name: 'double' }, false, at);
    case 'VARCHAR':
      return value;
    default:
      throw notSupported(`A literal of type ${type}`, at);
  }
}

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const TIMESTAMP = /^(\d{4})-(\d{1,2})-(\d{1,2})(?: (\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,3}))?)?)?$/;

/** Checked here, where the place of a wrong one is known. */
function temporal(type: string, pattern: RegExp, text: string, at: number): { sql: string } {
  const [matched, year = '', month = '', day = '', hour = '0', minute = '0', second = '0'] =
    pattern.exec(text.trim()) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  if (matched === undefined || !exists || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    throw invalid(type, text, at);
  }
  return { sql: `CAST(${quoteText(matched)} AS ${type})` };
}

function invalid(type: string, text: string, at: number): SqlFault {
  return new SqlFault('INVALID_LITERAL', `'${text}' is not a valid ${type} literal`, at);
}
