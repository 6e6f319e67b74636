import { attributes } from './attributes.js';
import { Block } from './block.js';
import { type Configuration, isObject, type Json, type Resource } from './configuration.js';
import type { Place } from './place.js';
import { ProvisionError } from './provision-error.js';
import { parseReference, parseTemplate, type Reference } from './template.js';

/**
 * Turns what a stack's file says into values. References are followed when a value is asked for, so that an expression
 * which nothing needs stops nobody.
 */
export class Resolver {
  /** The expressions that are being followed, to notice one that leads to itself. */
  private readonly following: string[] = [];

  constructor(
    private readonly configuration: Configuration,
    private readonly place: Place,
  ) {}

  /** A resource's properties, to be read one by one. */
  block({ address, body }: Resource): Block {
    return new Block(address, body, (value) => this.value(value, address));
  }

  /**
   * `value` with its references filled in.
   * @param subject what to name if that fails
   * @throws ProvisionError
   */
  value(value: Json, subject: string): Json {
    if (typeof value === 'string') return this.text(value, subject);
    if (Array.isArray(value)) return value.map((item: Json) => this.value(item, subject));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.value(item, subject)]));
  }

  private text(template: string, subject: string): Json {
    const parts = parseTemplate(template);
    if (!parts) throw new ProvisionError(subject, `cannot resolve ${JSON.stringify(template)}`);
    const [only] = parts;
    if (parts.length === 1 && only?.kind === 'expression') return this.expression(only.expression, subject);
    return parts
      .map((part) => {
        if (part.kind === 'text') return part.text;
        const value = this.expression(part.expression, subject);
        if (typeof value === 'object')
          throw new ProvisionError(subject, `\${${part.expression}} is no text, but is put among text`);
        return String(value);
      })
      .join('');
  }

  private expression(expression: string, subject: string): Json {
    const reference = parseReference(expression);
    if (!reference) throw unresolvable(expression, subject);
    if (this.following.includes(expression))
      throw new ProvisionError(subject, `\${${expression}} leads back to itself`);
    this.following.push(expression);
    try {
      const value = this.reference(reference, subject);
      if (value === undefined) throw unresolvable(expression, subject);
      return value;
    } finally {
      this.following.pop();
    }
  }

  private reference([root, ...steps]: Reference, subject: string): Json | undefined {
    const [first, second, ...rest] = steps;
    if (root === 'local' || root === 'var') {
      const values = root === 'local' ? this.configuration.locals : this.configuration.variables;
      const value = walk(values, [first ?? '']);
      return value === undefined ? undefined : walk(this.value(value, subject), steps.slice(1));
    }
    if (root === 'data') {
      if (rest.length !== 1 || !this.configuration.data.has(`${first}.${second}`)) return undefined;
      return this.place.data[String(first)]?.[String(rest[0])];
    }
    const resource = this.configuration.resources.get(`${root}.${first}`);
    return resource && typeof second === 'string' ? this.attribute(resource, second, rest) : undefined;
  }

  /** An attribute of a resource: what AWS would answer, or what the stack itself sets. */
  private attribute(resource: Resource, name: string, rest: Reference): Json | undefined {
    // One that is made several times has no attributes of its own.
    if ('count' in resource.body || 'for_each' in resource.body) return undefined;
    const made = attributes[resource.type]?.[name];
    if (made) return rest.length > 0 ? undefined : made(this.block(resource), this.place);
    const set = resource.body[name];
    return set === undefined ? undefined : walk(this.value(set, resource.address), rest);
  }
}

function walk(value: Json, steps: Reference): Json | undefined {
  return steps.reduce<Json | undefined>((inner, step) => {
    if (Array.isArray(inner)) return (inner as readonly Json[])[Number(step)];
    return isObject(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined;
  }, value);
}

function unresolvable(expression: string, subject: string): ProvisionError {
  return new ProvisionError(subject, `cannot resolve \${${expression}}; use Terraform for this stack`);
}
