/** A type as Trino names it. Glue's Hive types become these when a table is read (hive-type.ts). */
export type SqlType =
  | { readonly name: ScalarName }
  | { readonly name: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly name: 'varchar'; readonly length?: number }
  | { readonly name: 'char'; readonly length: number }
  /** Of day, without a zone; digits of its seconds. */
  | { readonly name: 'time'; readonly precision: number }
  /** Of one zone for all its values, as the statement gives it; that of a value alone is refused. UTC if not said. */
  | { readonly name: 'timestamp with time zone'; readonly zone?: string }
  | { readonly name: 'array'; readonly element: SqlType }
  | { readonly name: 'map'; readonly key: SqlType; readonly value: SqlType }
  | { readonly name: 'row'; readonly fields: readonly RowField[] };

export interface RowField {
  /** Left out where the row was written without names. */
  readonly name?: string;
  readonly type: SqlType;
}

export type ScalarName =
  | 'unknown'
  | 'boolean'
  | 'tinyint'
  | 'smallint'
  | 'integer'
  | 'bigint'
  | 'real'
  | 'double'
  | 'varbinary'
  | 'date'
  | 'timestamp'
  | 'json'
  | 'uuid'
  | 'interval day to second'
  | 'interval year to month';

/** The type as Trino's messages write it, such as `decimal(10,2)` or `array(varchar)`. */
export function typeText(type: SqlType): string {
  switch (type.name) {
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'varchar':
      return type.length === undefined ? 'varchar' : `varchar(${type.length})`;
    case 'char':
      return `char(${type.length})`;
    case 'time':
      return `time(${type.precision})`;
    case 'array':
      return `array(${typeText(type.element)})`;
    case 'map':
      return `map(${typeText(type.key)}, ${typeText(type.value)})`;
    case 'row':
      return `row(${type.fields.map((f) => (f.name === undefined ? '' : `${f.name} `) + typeText(f.type)).join(', ')})`;
    case 'timestamp':
      return 'timestamp(3)';
    case 'timestamp with time zone':
      return 'timestamp(3) with time zone';
    default:
      return type.name;
  }
}

/** The type that holds its values in DuckDB. */
export function duckType(type: SqlType): string {
  switch (type.name) {
    case 'unknown':
      return 'INTEGER';
    case 'decimal':
      return `DECIMAL(${type.precision},${type.scale})`;
    case 'varbinary':
      return 'BLOB';
    case 'timestamp with time zone':
      return 'TIMESTAMPTZ';
    case 'json':
    case 'char':
      return 'VARCHAR';
    // Milliseconds and months, as in Trino.
    case 'interval day to second':
      return 'BIGINT';
    case 'interval year to month':
      return 'INTEGER';
    case 'array':
      return `${duckType(type.element)}[]`;
    case 'map':
      return `MAP(${duckType(type.key)}, ${duckType(type.value)})`;
    case 'row':
      return `STRUCT(${type.fields.map((f, i) => `${quoteName(fieldKey(f, i))} ${duckType(f.type)}`).join(', ')})`;
    default:
      return type.name.toUpperCase();
  }
}

/** What the field of a row is called in DuckDB. */
export function fieldKey({ name }: RowField, index: number): string {
  return name ?? `_${index}`;
}

/** An identifier for DuckDB. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A string literal for DuckDB, which knows no escape in it but the doubled quote. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
