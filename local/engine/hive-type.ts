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
  private readonly text: string;

  constructor(private readonly original: string) {
    this.text = original.toLowerCase();
  }

  rest(): string {
    return this.text.slice(this.at).trim();
  }

  type(): SqlType {
    const name = this.take(/\s*[a-z]+\s*/y).trim();
    if (name === 'decimal') return this.decimal();
    if (name === 'varchar')
      return { name: 'varchar', length: Number(this.take(/\(\s*\d+\s*\)/y).slice(1, -1)) };
    if (name === 'array') return this.within(() => ({ name: 'array', element: this.type() }));
    if (name === 'map') return this.within(() => this.map());
    if (name === 'struct') return this.within(() => ({ name: 'row', fields: this.fields() }));
    const scalar = Object.hasOwn(SCALARS, name) ? SCALARS[name] : undefined;
    if (!scalar) throw new EngineFault(`Columns of type "${this.original}" are not supported`);
    return scalar;
  }

  private decimal(): SqlType {
    if (this.text[this.at] !== '(') return { name: 'decimal', precision: 10, scale: 0 };
    const [precision = 10, scale = 0] = this.take(/\(\s*\d+\s*(,\s*\d+\s*)?\)/y)
      .slice(1, -1)
      .split(',')
      .map(Number);
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
    return fields;
  }

  private within<T>(read: () => T): T {
    this.take(/</y);
    const result = read();
    this.take(/\s*>\s*/y);
    return result;
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) throw new EngineFault(`The column type "${this.original}" is not a Hive type`);
    this.at += found.length;
    return found;
  }
}
