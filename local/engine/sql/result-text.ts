import type { ResultColumn } from '../engine.js';
import { quoteText, type SqlType } from '../sql-type.js';
import type { Typed } from './coercion.js';
import { intervalText } from './intervals.js';
import { fieldSql } from './nested-values.js';
import { shortestDouble } from './real-macros.js';
import { localTime, zoneOf } from './time-zones.js';
import { timeText } from './times.js';

/** SQL for the text that Athena writes for a value; NULL where the value is. */
export function textOf({ sql, type }: Typed, depth = 0): string {
  switch (type.name) {
    case 'varchar':
    case 'char':
      return sql;
    case 'real':
      return `trino_float_text(${shortestDouble(sql)})`;
    case 'double':
      return `trino_float_text(${sql})`;
    case 'time':
      return timeText({ sql, type });
    case 'date':
      return `trino_date_text(${sql}, '')`;
    case 'timestamp':
      return `trino_timestamp_text(${sql}, ' ')`;
    case 'timestamp with time zone':
      return `(trino_timestamp_text(${localTime({ sql, type })}, ' ') || ${quoteText(` ${zoneOf(type)}`)})`;
    case 'varbinary':
      return `rtrim(regexp_replace(lower(hex(${sql})), '(..)', '\\1 ', 'g'))`;
    case 'array':
      return listText(sql, '[', ']', depth, (item) => textOf({ sql: item, type: type.element }, depth + 1));
    case 'map':
      return listText(`map_entries(${sql})`, '{', '}', depth, (item) => {
        const key = textOf({ sql: `${item}.key`, type: type.key }, depth + 1);
        return `${key} || '=' || coalesce(${textOf({ sql: `${item}.value`, type: type.value }, depth + 1)}, 'null')`;
      });
    case 'row': {
      const fields = type.fields.map((field, i) => {
        const value = textOf({ sql: fieldSql(sql, type, i), type: field.type }, depth);
        return `${quoteText(`${field.name ?? `field${i}`}=`)} || coalesce(${value}, 'null')`;
      });
      return `CASE WHEN ${sql} IS NOT NULL THEN '{' || ${fields.join(" || ', ' || ")} || '}' END`;
    }
    case 'interval day to second':
    case 'interval year to month':
      return intervalText({ sql, type });
    case 'json':
      return sql;
    case 'decimal':
      // DuckDB writes no zero in front of the point where the type has no digit there.
      return type.precision === type.scale
        ? `regexp_replace(CAST(${sql} AS VARCHAR), '^(-?)[.]', '\\10.')`
        : `CAST(${sql} AS VARCHAR)`;
    default:
      return `CAST(${sql} AS VARCHAR)`;
  }
}

function listText(
  list: string,
  open: string,
  close: string,
  depth: number,
  item: (name: string) => string,
): string {
  const name = `item${depth}`;
  const items = `list_transform(${list}, lambda ${name}: coalesce(${item(name)}, 'null'))`;
  return `CASE WHEN ${list} IS NOT NULL THEN '${open}' || coalesce(array_to_string(${items}, ', '), '') || '${close}' END`;
}

/** Java writes a number from 1e-3 to below 1e7 plainly and any other as `1.0E10`; DuckDB has other bounds. */
export const FLOAT_TEXT_MACRO = String.raw`CREATE MACRO trino_float_text(x) AS CASE
  WHEN isnan(x) THEN 'NaN'
  WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END
  WHEN x = 0 OR (abs(x) >= 1e-3 AND abs(x) < 1e7) THEN CAST(x AS VARCHAR)
  WHEN contains(CAST(x AS VARCHAR), 'e') THEN
    split_part(CAST(x AS VARCHAR), 'e', 1)
    || CASE WHEN contains(split_part(CAST(x AS VARCHAR), 'e', 1), '.') THEN '' ELSE '.0' END
    || 'E' || CAST(CAST(split_part(CAST(x AS VARCHAR), 'e', 2) AS INTEGER) AS VARCHAR)
  WHEN abs(x) >= 1 THEN
    regexp_replace(
      regexp_replace(replace(CAST(x AS VARCHAR), '.', ''), '^(-?\d)(\d*?)0*$', '\1.\2'), '\.$', '.0')
    || 'E' || CAST(length(split_part(ltrim(CAST(x AS VARCHAR), '-'), '.', 1)) - 1 AS VARCHAR)
  ELSE
    regexp_replace(regexp_replace(CAST(x AS VARCHAR), '^(-?)0\.0*(\d)(\d*)$', '\1\2.\3'), '\.$', '.0')
    || 'E-' || CAST(length(regexp_extract(CAST(x AS VARCHAR), '\.(0*)', 1)) + 1 AS VARCHAR)
END`;

/** The column as Athena's ColumnInfo describes it. */
export function resultColumn(name: string, type: SqlType): ResultColumn {
  const decimal = type.name === 'decimal' ? type : undefined;
  return {
    name,
    // Athena has Hive's name for it.
    type: type.name === 'real' ? 'float' : type.name,
    precision:
      ('length' in type ? type.length : 'precision' in type ? type.precision : undefined) ??
      PRECISIONS[type.name] ??
      0,
    scale: decimal?.scale ?? 0,
    nullable: 'UNKNOWN',
    caseSensitive: type.name === 'varchar' || type.name === 'char',
  };
}

/** From Athena's answers: facts of the service, not of the types. */
const PRECISIONS: Readonly<Record<string, number>> = {
  tinyint: 3,
  smallint: 5,
  integer: 10,
  bigint: 19,
  real: 17,
  double: 17,
  varchar: 2147483647,
  varbinary: 1073741824,
  timestamp: 3,
  'timestamp with time zone': 3,
};
