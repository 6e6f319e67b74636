import { duckType, quoteText, type SqlType } from '../sql-type.js';
import { cast } from './casts.js';
import type { Typed } from './coercion.js';
import { dateLiteral, timestampLiteral } from './moment-literal.js';
import { charType } from './parse-type.js';
import { notSupported, SqlFault } from './sql-fault.js';
import { timeLiteral } from './times.js';

/** Such as `DATE '2026-02-04'`, `TIMESTAMP '2026-02-04 21:35:54.759 UTC'` or `BIGINT '1'`. */
export function typedLiteral(type: string, text: string, at: number): Typed {
  const value: Typed = { sql: textLiteral(text), type: { name: 'varchar' } };
  switch (type) {
    case 'DATE':
      return dateLiteral(text, at);
    case 'TIMESTAMP':
      return timestampLiteral(text, at);
    case 'TIME':
      return timeLiteral(text, at);
    case 'JSON':
      return { sql: `trino_json_parse(${value.sql})`, type: { name: 'json' } };
    case 'UUID':
      return cast(value, { name: 'uuid' }, false, at);
    case 'VARBINARY':
      return cast(value, { name: 'varbinary' }, false, at);
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
    case 'CHAR':
      return { sql: value.sql, type: charType([...text].length, at) };
    default:
      throw notSupported(`A literal of type ${type}`, at);
  }
}

function invalid(type: string, text: string, at: number): SqlFault {
  return new SqlFault('INVALID_LITERAL', `'${text}' is not a valid ${type} literal`, at);
}

/** Text as DuckDB has to read it. Control characters, above all the one that ends a comment, are not written as such. */
export function textLiteral(text: string): string {
  return /\p{Cc}/u.test(text) ? `decode(from_hex('${Buffer.from(text).toString('hex')}'))` : quoteText(text);
}

/** A literal without a type in front of it. */
export function plainLiteral(kind: string, text: string, at: number): Typed {
  switch (kind) {
    case 'string':
      return { sql: textLiteral(text), type: { name: 'varchar', length: [...text].length } };
    case 'integer': {
      const value = BigInt(text);
      if (BigInt.asIntN(64, value) !== value)
        throw new SqlFault('SYNTAX_ERROR', `Invalid numeric literal: ${text}`, at);
      const type: SqlType = { name: BigInt.asIntN(32, value) === value ? 'integer' : 'bigint' };
      // In parentheses, so that a minus in front of it makes no comment.
      const sql = value < 0n ? `(${value})` : String(value);
      // DuckDB reads the smallest integer as the negative of a bigint.
      const plain = type.name === 'integer' && value > -2147483648n;
      return { sql: plain ? sql : `CAST(${sql} AS ${duckType(type)})`, type };
    }
    // Athena reads 1.5 as a double (its documentation's examples of data types); a decimal is DECIMAL '1.5'.
    case 'decimal':
    case 'double':
      return { sql: `CAST('${text}' AS DOUBLE)`, type: { name: 'double' } };
    default:
      if (!/^([0-9a-fA-F\s]{2})*$/.test(text))
        throw new SqlFault('SYNTAX_ERROR', 'Binary literal can only contain hexadecimal digits', at);
      return { sql: `from_hex('${text.replace(/\s/g, '')}')`, type: { name: 'varbinary' } };
  }
}
