/** The fields of a form, found in a time that does not grow with their number: `URLSearchParams` looks at each. */
export class Form {
  private readonly fields = new Map<string, string>();
  /** Everything that a field's name has in front of a dot. */
  private readonly structures = new Set<string>();

  /** The first of several fields of a name is the one that is meant. */
  constructor(fields: Iterable<readonly [name: string, value: string]>) {
    for (const [name, value] of fields) {
      if (this.fields.has(name)) continue;
      this.fields.set(name, value);
      for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
        const structure = name.slice(0, dot);
        if (this.structures.has(structure)) break;
        this.structures.add(structure);
      }
    }
  }

  get(name: string): string | undefined {
    return this.fields.get(name);
  }

  has(name: string): boolean {
    return this.fields.has(name);
  }

  /** Whether there are fields of a structure, a list or a map, which its name and a dot stand before. */
  hasStructure(name: string): boolean {
    return this.structures.has(name);
  }
}
