import { isObject, type Json, type JsonObject } from './configuration.js';
import { ProvisionError } from './provision-error.js';

/** What Terraform reads for itself: nothing of it reaches AWS. */
const META_ARGUMENTS = ['//', 'depends_on', 'lifecycle', 'provider', 'force_destroy', 'timeouts'];

/**
 * A block of a resource: its properties by their types, with references filled in, and a memory of which were read, so
 * that what was not read can be told.
 */
export class Block {
  private readonly read = new Set<string>(META_ARGUMENTS);
  private readonly inner: Block[] = [];

  constructor(
    /** The block's address, such as `aws_athena_workgroup.queries.configuration`. */
    readonly address: string,
    private readonly values: JsonObject,
    private readonly resolve: (value: Json) => Json,
    private readonly path = '',
  ) {
    for (const repeated of ['count', 'for_each', 'dynamic']) {
      if (repeated in values)
        throw new ProvisionError(address, `cannot resolve ${repeated}; use Terraform for this stack`);
    }
  }

  /** A property that must be there and be text. */
  text(name: string): string {
    return this.textIfSet(name) ?? this.refuse(name, 'text');
  }

  textIfSet(name: string): string | undefined {
    const value = this.valueOf(name);
    if (value === undefined || typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : this.refuse(name, 'text');
  }

  numberIfSet(name: string): number | undefined {
    const value = this.valueOf(name);
    if (value === undefined) return undefined;
    // Terraform takes a number's text for the number.
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : this.refuse(name, 'a number');
  }

  flagIfSet(name: string): boolean | undefined {
    const value = this.valueOf(name);
    if (value === undefined || typeof value === 'boolean') return value;
    return value === 'true' || value === 'false' ? value === 'true' : this.refuse(name, 'true or false');
  }

  /** A property that maps names to text. */
  textsIfSet(name: string): Record<string, string> | undefined {
    const value = this.valueOf(name);
    if (value === undefined) return undefined;
    if (!isObject(value)) return this.refuse(name, 'a map');
    return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
  }

  textListIfSet(name: string): string[] | undefined {
    const value = this.valueOf(name);
    if (value === undefined) return undefined;
    return Array.isArray(value) ? value.map(String) : this.refuse(name, 'a list');
  }

  /** The only block of that name, if there is one. */
  block(name: string): Block | undefined {
    const [only, ...others] = this.blocks(name);
    return others.length === 0 ? only : this.refuse(name, 'one block');
  }

  /** The blocks of that name: Terraform's JSON has one as an object, several as a list. */
  blocks(name: string): readonly Block[] {
    this.read.add(name);
    const value = this.values[name] ?? [];
    const list: readonly Json[] = Array.isArray(value) ? value : [value];
    const blocks = list.map((item) => {
      if (!isObject(item)) return this.refuse(name, 'a block');
      return new Block(`${this.address}.${name}`, item, this.resolve, `${this.path}${name}.`);
    });
    this.inner.push(...blocks);
    return blocks;
  }

  /** Paths of the properties that are set and that nobody asked for. */
  unread(): readonly string[] {
    const own = Object.keys(this.values)
      .filter((name) => !this.read.has(name))
      .map((name) => `${this.path}${name}`);
    return [...own, ...new Set(this.inner.flatMap((block) => block.unread()))];
  }

  private valueOf(name: string): Json | undefined {
    this.read.add(name);
    const value = this.values[name];
    return value === undefined || value === null ? undefined : this.resolve(value);
  }

  private refuse(name: string, wanted: string): never {
    throw new ProvisionError(
      this.address,
      `${name} is ${JSON.stringify(this.values[name]) ?? 'not set'}, but must be ${wanted}`,
    );
  }
}
