import type { SqlType } from '../sql-type.js';
import type { Typed } from './coercion.js';
import { boundAll, convertItems, holds } from './nested-values.js';
import type { BinaryOperator } from './syntax.js';

export type CharType = SqlType & { readonly name: 'char' };

/** Characters. Trino's limit. */
export const LONGEST_CHAR = 65_536;

export function isChar(type: SqlType): type is CharType {
  return type.name === 'char';
}

/** The type that a text and a char(n), or two of those, are both coerced to; nothing where neither is a char(n). */
export function commonChar(a: SqlType, b: SqlType): CharType | undefined {
  if (!(isText(a) && isText(b)) || (a.name === 'varchar' && b.name === 'varchar')) return undefined;
  return { name: 'char', length: Math.max(charLength(a), charLength(b)) };
}

function isText(type: SqlType): type is SqlType & { name: 'char' | 'varchar' } {
  return type.name === 'char' || type.name === 'varchar';
}

function charLength({ length = LONGEST_CHAR }: { readonly length?: number }): number {
  return Math.min(length, LONGEST_CHAR);
}

/**
 * A text as char(n). DuckDB has it as a text of n characters, the last of them spaces, so that it compares, groups and
 * shows as Trino's does.
 */
export function padded(text: string, type: CharType): Typed {
  return { sql: `rpad(${text}, ${type.length}, ' ')`, type };
}

/** The values of a table's columns, whose files have them of any length. */
export function asRead(value: Typed): string {
  return convertTexts(value, (sql, type) => padded(sql, type).sql);
}

/** The values as Trino writes them to a file: the spaces at the end are the type's. */
export function asStored(value: Typed): string {
  return convertTexts(value, (sql) => `rtrim(${sql}, ' ')`);
}

function convertTexts(value: Typed, convert: (sql: string, type: CharType) => string): string {
  if (isChar(value.type)) return convert(value.sql, value.type);
  if (!holds(value.type, isChar)) return value.sql;
  return convertItems(value, value.type, (item) => ({ ...item, sql: convertTexts(item, convert) })).sql;
}

/** Two texts compared as char(n), without the spaces of the longest, which a text of no length would make it. */
export function compareAsChars(operator: BinaryOperator, left: string, right: string): string {
  const text = (sql: string) => `rtrim(left(${sql}, ${LONGEST_CHAR}), ' ')`;
  if (!/^[<>]=?$/.test(operator)) return `(${text(left)} ${operator} ${text(right)})`;
  return boundAll([text(left), text(right)], ([a = '', b = '']) => {
    const longest = `CAST(greatest(length(${a}), length(${b})) AS INTEGER)`;
    return `(rpad(${a}, ${longest}, ' ') ${operator} rpad(${b}, ${longest}, ' '))`;
  });
}
