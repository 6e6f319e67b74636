import { scanCode } from './scan.js';

/**
 * Which parser of Athena's reads a statement: Hive's, for most DDL, which quotes names in backticks and takes no
 * parameters; or Trino's.
 * @see https://docs.aws.amazon.com/athena/latest/ug/ddl-reference.html
 */
export type Dialect = 'hive' | 'trino';

/** Hive's only where that is certain. */
export function dialectOf(sql: string): Dialect {
  const [first = '', second = '', third = '', fourth = ''] = scanCode(sql)
    .slice(0, 4)
    .map(({ kind, text }) => (kind === 'word' ? text.toUpperCase() : ''));
  switch (first) {
    case 'ALTER':
    case 'DESC':
    case 'DESCRIBE':
    case 'MSCK':
    case 'SHOW':
      return 'hive';
    case 'DROP':
      return second === 'VIEW' ? 'trino' : 'hive';
    case 'CREATE': {
      // Views and CREATE TABLE … AS are Trino's, and so may be a CREATE TABLE without EXTERNAL.
      const what = second === 'OR' && third === 'REPLACE' ? fourth : second;
      return ['EXTERNAL', 'DATABASE', 'SCHEMA'].includes(what) ? 'hive' : 'trino';
    }
    default:
      return 'trino';
  }
}
