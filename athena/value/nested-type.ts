/** A type of SQL with its parts. */
export type NestedType =
  | { readonly kind: 'scalar'; readonly name: string }
  | { readonly kind: 'array'; readonly element: NestedType }
  | { readonly kind: 'map'; readonly key: NestedType; readonly value: NestedType }
  | {
      readonly kind: 'row';
      readonly fields: readonly { readonly name: string; readonly type: NestedType }[];
    };

/**
 * A type as Trino writes it (`array(bigint)`, `row(a integer, b double)`) or as Hive does (`array<bigint>`,
 * `struct<a:int,b:double>`); undefined where it is neither.
 */
export function parseNestedType(text: string): NestedType | undefined {
  const reader = new TypeReader(text.toLowerCase());
  const type = reader.type();
  return reader.isAtEnd ? type : undefined;
}

class TypeReader {
  private position = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return /^\s*$/.test(this.text.slice(this.position));
  }

  type(): NestedType | undefined {
    const name = this.take(/[a-z_][a-z0-9_]*/y);
    switch (name) {
      case undefined:
        return undefined;
      case 'array':
        return this.enclosed((): NestedType | undefined => {
          const element = this.type();
          return element && { kind: 'array', element };
        });
      case 'map':
        return this.enclosed((): NestedType | undefined => {
          const key = this.type();
          const value = this.take(/,/y) && this.type();
          return key && value ? { kind: 'map', key, value } : undefined;
        });
      case 'row':
      case 'struct':
        return this.enclosed(() => this.row());
      default:
        return { kind: 'scalar', name: this.scalar(name) };
    }
  }

  private row(): NestedType | undefined {
    const fields: { name: string; type: NestedType }[] = [];
    do {
      const name = this.take(/[a-z_][a-z0-9_]*/y);
      this.take(/:/y);
      const type = name === undefined ? undefined : this.type();
      if (name === undefined || !type) return undefined;
      fields.push({ name, type });
    } while (this.take(/,/y));
    return { kind: 'row', fields };
  }

  /** Its length or digits say nothing of its text, and are left out. */
  private scalar(name: string): string {
    this.take(/\(\s*\d+\s*(?:,\s*\d+\s*)?\)/y);
    return this.take(/with time zone/y) ? `${name} with time zone` : name;
  }

  private enclosed<T>(read: () => T | undefined): T | undefined {
    const open = this.take(/[(<]/y);
    const inner = open && read();
    return inner && this.take(open === '(' ? /\)/y : />/y) ? inner : undefined;
  }

  private take(pattern: RegExp): string | undefined {
    const blanks = /\s*/y;
    blanks.lastIndex = this.position;
    blanks.exec(this.text);
    pattern.lastIndex = blanks.lastIndex;
    const [found] = pattern.exec(this.text) ?? [];
    if (found !== undefined) this.position = pattern.lastIndex;
    return found;
  }
}
