import { LONGEST_CHAR } from './hive-type.js';
import { type SqlType, typeText } from './sql-type.js';

/** The type as Glue keeps it, such as `array<struct<id:bigint>>`; undefined for one that Hive has not. */
export function hiveTypeText(type: SqlType): string | undefined {
  switch (type.name) {
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'bigint':
    case 'double':
    case 'date':
    case 'timestamp':
      return type.name;
    case 'integer':
      return 'int';
    case 'real':
      return 'float';
    case 'varbinary':
      return 'binary';
    case 'decimal':
      return typeText(type);
    case 'varchar':
      if (type.length === undefined) return 'string';
      return type.length > LONGEST_VARCHAR ? undefined : `varchar(${Math.max(1, type.length)})`;
    case 'char':
      return type.length < 1 || type.length > LONGEST_CHAR ? undefined : typeText(type);
    case 'array': {
      const element = hiveTypeText(type.element);
      return element && `array<${element}>`;
    }
    case 'map': {
      const [key, value] = [hiveTypeText(type.key), hiveTypeText(type.value)];
      return key && value && `map<${key},${value}>`;
    }
    case 'row': {
      const fields = type.fields.map(
        ({ name, type: field }) => name && hiveTypeText(field) && `${name}:${hiveTypeText(field)}`,
      );
      return fields.every(Boolean) ? `struct<${fields.join(',')}>` : undefined;
    }
    default:
      return undefined;
  }
}

/** Hive's, which Trino checks. */
const LONGEST_VARCHAR = 65_535;
