import { EngineFault } from './engine.js';
import type { RowField, SqlType } from './sql-type.js';

/**
 * Reads a Glue column's type, such as `array<struct<id:bigint,tags:array<string>>>`.
 * @throws EngineFault naming a type that Hive or this engine does not have.
 */
export function parseHiveType(text: string): SqlType {
  const reader = new HiveTypeReader(text);
  const type = reader.type();
  if (reader.rest() !== '') throw new EngineFault(`The column type "${text}" is not a Hive type`);
  return type;
}

/** Why a column of this Hive type cannot be made from JSON; nothing if it can. */
export function conversionObstacle(hiveType: string): string | undefined {
  try {
    const obstacle = unmade(parseHiveType(hiveType));
    return obstacle && `A column of type "${hiveType}" cannot be made from JSON: ${obstacle}`;
  } catch (error) {
    if (error instanceof EngineFault) return error.message;
    throw error;
  }
}

function unmade(type: SqlType): string | undefined {
  switch (type.name) {
    case 'varbinary':
      return 'it has binary values';
    case 'char':
      return 'its values are of a fixed length';
    case 'array':
      return unmade(type.element);
    case 'map':
      return ['array', 'map', 'row'].includes(type.key.name)
        ? 'a key of a map must be a scalar'
        : (unmade(type.key) ?? unmade(type.value));
    case 'row':
      return type.fields.map((field) => unmade(field.type)).find((obstacle) => obstacle !== undefined);
    default:
      return undefined;
  }
}

/** Levels. DuckDB's time to read a nested array from Parquet doubles with each: twenty took 0.4 s, and 26 13 s. */
const MAX_DEPTH = 16;

/** Characters. Hive's limit. */
export const LONGEST_CHAR = 255;

const SCALARS: Readonly<Record<string, SqlType>> = {
  boolean: { name: 'boolean' },
  tinyint: { name: 'tinyint' },
  smallint: { name: 'smallint' },
  int: { name: 'integer' },
  integer: { name: 'integer' },
  bigint: { name: 'bigint' },
  float: { name: 'real' },
  double: { name: 'double' },
  string: { name: 'varchar' },
  binary: { name: 'varbinary' },
  date: { name: 'date' },
  timestamp: { name: 'timestamp' },
};

class HiveTypeReader {
  private at = 0;
  private depth = 0;
  private readonly text: string;

  constructor(private readonly original: string) {
    this.text = original.toLowerCase();
  }

  rest(): string {
    return this.text.slice(this.at).trim();
  }

  type(): SqlType {
    if (this.depth > MAX_DEPTH) throw this.unsupported();
    const name = this.take(/\s*[a-z]+\s*/y).trim();
    if (name === 'decimal') return this.decimal();
    if (name === 'varchar') {
      const length = Number(this.take(/\(\s*\d+\s*\)/y).slice(1, -1));
      if (length < 1 || length > 65_535) throw this.unsupported();
      return { name: 'varchar', length };
    }
    if (name === 'char') {
      const length = Number(this.take(/\(\s*\d+\s*\)/y).slice(1, -1));
      if (length < 1 || length > LONGEST_CHAR) throw this.unsupported();
      return { name: 'char', length };
    }
    if (name === 'array') return this.within(() => ({ name: 'array', element: this.type() }));
    if (name === 'map') return this.within(() => this.map());
    if (name === 'struct') return this.within(() => ({ name: 'row', fields: this.fields() }));
    const scalar = Object.hasOwn(SCALARS, name) ? SCALARS[name] : undefined;
    if (!scalar) throw this.unsupported();
    return scalar;
  }

  private decimal(): SqlType {
    if (this.text[this.at] !== '(') return { name: 'decimal', precision: 10, scale: 0 };
    const [precision = 10, scale = 0] = this.take(/\(\s*\d+\s*(,\s*\d+\s*)?\)/y)
      .slice(1, -1)
      .split(',')
      .map(Number);
    if (precision < 1 || precision > 38 || scale > precision) throw this.unsupported();
    return { name: 'decimal', precision, scale };
  }

  private map(): SqlType {
    const key = this.type();
    this.take(/\s*,/y);
    return { name: 'map', key, value: this.type() };
  }

  private fields(): RowField[] {
    const fields: RowField[] = [];
    do {
      const name = this.take(/\s*[^\s:,<>]+\s*:/y)
        .slice(0, -1)
        .trim();
      fields.push({ name, type: this.type() });
    } while (this.text[this.at] === ',' && this.at++ >= 0);
    if (new Set(fields.map(({ name }) => name)).size < fields.length) throw this.unsupported();
    return fields;
  }

  private within<T>(read: () => T): T {
    this.take(/</y);
    this.depth++;
    const result = read();
    this.depth--;
    this.take(/\s*>\s*/y);
    return result;
  }

  private unsupported(): EngineFault {
    return new EngineFault(`Columns of type "${this.original}" are not supported`);
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) throw new EngineFault(`The column type "${this.original}" is not a Hive type`);
    this.at += found.length;
    return found;
  }
}
