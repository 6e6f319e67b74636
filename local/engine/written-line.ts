import { QueryFault } from './engine.js';
import { isNested, type Typed } from './sql/coercion.js';
import { shortestDouble } from './sql/real-macros.js';
import { textOf } from './sql/result-text.js';
import { quoteName, typeText } from './sql-type.js';
import type { NamedValue } from './write-files.js';

/** SQL for a row as a line of JSON. */
export function jsonLine(columns: readonly NamedValue[]): string {
  const members = columns.map(({ name, ...value }) => `${quoteName(name)} := ${jsonValue(value)}`);
  return `CAST(to_json(struct_pack(${members.join(', ')})) AS VARCHAR)`;
}

function jsonValue(value: Typed): string {
  switch (value.type.name) {
    case 'real':
    case 'double': {
      const number = value.type.name === 'real' ? shortestDouble(value.sql) : value.sql;
      return `CASE WHEN isfinite(${value.sql}) THEN to_json(${number}) ELSE to_json(${textOf(value)}) END`;
    }
    case 'timestamp':
    case 'date':
      return textOf(value);
    case 'varbinary':
      return `to_base64(${value.sql})`;
    default:
      return value.sql;
  }
}

/** SQL for a row as fields with a delimiter between them, as LazySimpleSerDe writes them. */
export function textLine(columns: readonly NamedValue[], delimiter: string): string {
  const fields = columns.map((column) => {
    if (isNested(column.type)) {
      const what = `A column of type ${typeText(column.type)} in a TEXTFILE`;
      throw new QueryFault('NOT_SUPPORTED', `${what} is not supported by local AWS`);
    }
    const text = column.type.name === 'varbinary' ? `to_base64(${column.sql})` : textOf(column);
    return `coalesce(${text}, '\\N')`;
  });
  return fields.join(` || chr(${delimiter.codePointAt(0) ?? 1}) || `);
}
