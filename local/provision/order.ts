import type { Configuration, Json, Resource } from './configuration.js';
import { ProvisionError } from './provision-error.js';

/**
 * A stack's resources, each after those that it refers to or depends on.
 * @throws ProvisionError if two resources depend on each other.
 */
export function inOrder({ resources, locals }: Configuration): readonly Resource[] {
  const ordered = new Set<Resource>();
  const open = new Set<Resource>();
  const visit = (resource: Resource): void => {
    if (ordered.has(resource)) return;
    if (open.has(resource)) throw new ProvisionError(resource.address, 'depends on itself');
    open.add(resource);
    for (const address of mentionsOf(resource.body, locals)) {
      const needed = resources.get(address);
      if (needed && needed !== resource) visit(needed);
    }
    open.delete(resource);
    ordered.add(resource);
  };
  for (const resource of resources.values()) visit(resource);
  return [...ordered];
}

/** A `type.name`, wherever it stands in an expression or in `depends_on`. */
const ADDRESS = /\b([a-z][a-z0-9_]*)\.([A-Za-z_][\w-]*)/g;

/** Everything in `value` that may be a resource's address. An expression need not be understood for that. */
function* mentionsOf(
  value: Json,
  locals: Readonly<Record<string, Json>>,
  followed: readonly string[] = [],
): Generator<string> {
  if (typeof value === 'string') {
    for (const [address, root, name = ''] of value.matchAll(ADDRESS)) {
      const local = root === 'local' && !followed.includes(name) ? locals[name] : undefined;
      if (local !== undefined) yield* mentionsOf(local, locals, [...followed, name]);
      else yield address;
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) yield* mentionsOf(item, locals, followed);
  }
}
