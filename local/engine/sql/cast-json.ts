import { duckType, quoteText, type SqlType } from '../sql-type.js';
import { isInteger, type Typed } from './coercion.js';
import { bound, fieldSql, forEach } from './nested-values.js';
import { textOf } from './result-text.js';
import type { SqlFault } from './sql-fault.js';

/** The JSON text of a value: rows are objects by their fields' names, keys of maps are in order. */
export function toJson({ sql, type }: Typed, cannot: (from: SqlType, to: SqlType) => SqlFault): string {
  const item = (value: Typed) => `coalesce(${toJson(value, cannot)}, 'null')`;
  const quoted = (text: string) => `('"' || ${text} || '"')`;
  switch (type.name) {
    case 'json':
      return sql;
    case 'unknown':
      return 'CAST(NULL AS VARCHAR)';
    case 'varchar':
      return `CAST(to_json(${sql}) AS VARCHAR)`;
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
      return `CAST(${sql} AS VARCHAR)`;
    case 'decimal':
      return textOf({ sql, type });
    case 'real':
    case 'double': {
      const text = textOf({ sql, type });
      return `CASE WHEN isfinite(${sql}) THEN ${text} ELSE ${quoted(text)} END`;
    }
    case 'date':
    case 'timestamp':
    case 'timestamp with time zone':
      return quoted(textOf({ sql, type }));
    case 'array': {
      const items = forEach(sql, (element) => item({ sql: element, type: type.element }));
      return `('[' || coalesce(array_to_string(${items}, ','), CASE WHEN ${sql} IS NOT NULL THEN '' END) || ']')`;
    }
    case 'map': {
      if (!KEYS.has(type.key.name)) throw cannot(type, JSON_TYPE);
      const entries = forEach(`map_entries(${sql})`, (entry) => {
        const key = textOf({ sql: `${entry}.key`, type: type.key });
        return `struct_pack(k := ${key}, v := ${item({ sql: `${entry}.value`, type: type.value })})`;
      });
      const members = forEach(
        `list_sort(${entries})`,
        (entry) => `CAST(to_json(${entry}.k) AS VARCHAR) || ':' || ${entry}.v`,
      );
      return `('{' || coalesce(array_to_string(${members}, ','), CASE WHEN ${sql} IS NOT NULL THEN '' END) || '}')`;
    }
    case 'row':
      return bound(sql, (row) => {
        const members = type.fields.map((field, i) => {
          const value = item({ sql: fieldSql(row, type, i), type: field.type });
          return `${quoteText(`${JSON.stringify(field.name ?? '')}:`)} || ${value}`;
        });
        return `CASE WHEN ${row} IS NOT NULL THEN '{' || ${members.join(" || ',' || ")} || '}' END`;
      });
    default:
      throw cannot(type, JSON_TYPE);
  }
}

const JSON_TYPE: SqlType = { name: 'json' };
const KEYS = new Set('boolean tinyint smallint integer bigint real double decimal varchar'.split(' '));

interface FromJson {
  readonly cannot: (from: SqlType, to: SqlType) => SqlFault;
  /** Casts a text. */
  readonly cast: (text: Typed, to: SqlType) => Typed;
}

/** A value from its JSON text. */
export function fromJson(json: string, type: SqlType, how: FromJson): Typed {
  const text: Typed = { sql: `trino_json_text(${json})`, type: { name: 'varchar' } };
  if (isInteger(type)) {
    const bits = { tinyint: 8, smallint: 16, integer: 32 }[type.name as string] ?? 64;
    return { sql: `CAST(trino_json_integer(${json}, ${bits}, '${type.name}') AS ${duckType(type)})`, type };
  }
  switch (type.name) {
    case 'json':
      return { sql: json, type };
    case 'real':
      return { sql: `trino_real(trino_json_double(${json}))`, type };
    case 'double':
      return { sql: `CAST(trino_json_double(${json}) AS DOUBLE)`, type };
    case 'boolean':
      return { sql: `trino_json_boolean(${json})`, type };
    case 'varchar':
      return type.length === undefined ? { ...text, type } : how.cast(text, type);
    case 'decimal':
      return how.cast({ sql: `trino_json_digits(${json})`, type: { name: 'varchar' } }, type);
    case 'date':
    case 'timestamp':
      return how.cast(text, type);
    case 'array': {
      const items = forEach(`trino_json_items(${json})`, (item) => fromJson(item, type.element, how).sql);
      return { sql: items, type };
    }
    case 'map': {
      if (!KEYS.has(type.key.name)) throw how.cannot(JSON_TYPE, type);
      const entries = forEach(`list_zip(trino_json_keys(${json}), trino_json_values(${json}))`, (entry) => {
        const key: Typed = { sql: `struct_extract(${entry}, 1)`, type: { name: 'varchar' } };
        const keySql = type.key.name === 'varchar' ? key.sql : how.cast(key, type.key).sql;
        return `struct_pack(k := ${keySql}, v := ${fromJson(`struct_extract(${entry}, 2)`, type.value, how).sql})`;
      });
      return { sql: `CASE WHEN ${json} <> 'null' THEN map_from_entries(${entries}) END`, type };
    }
    case 'row': {
      const sql = bound(json, (row) => {
        const fields = type.fields.map((field, i) => {
          const value = `trino_json_field(${row}, ${i}, ${quoteText(field.name ?? '')})`;
          return `${quoteText(field.name ?? `_${i}`)}: ${fromJson(value, field.type, how).sql}`;
        });
        return `CASE WHEN ${row} <> 'null' THEN {${fields.join(', ')}} END`;
      });
      return { sql: `CAST(${sql} AS ${duckType(type)})`, type };
    }
    default:
      throw how.cannot(JSON_TYPE, type);
  }
}
