import type { EntryKey, Store } from '../store/store.js';
import type { AwsError } from '../wire/aws-error.js';

/** Whose a resource is. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Names a resource among its like: its name, or its parent's and its own. */
export type ResourceName = string | readonly string[];

/**
 * Resources of one kind, each whole in one entry of the store: kept as they are given, and found by name in their
 * account and region.
 */
export class ResourceTable<Resource> {
  constructor(
    private readonly store: Store,
    private readonly options: {
      /** First part of the entries' keys. */
      readonly kind: string;
      /** Left out for what an account has in all regions at once. */
      readonly isGlobal?: boolean;
      /** What AWS answers where there is no such resource. */
      readonly missing: (name: string) => AwsError;
    },
  ) {}

  get(place: Place, name: ResourceName): Resource | undefined {
    if (Buffer.byteLength(textOf(name)) > LONGEST_NAME) return undefined;
    return this.store.entries.get<Resource>(this.key(place, name));
  }

  /** @throws AwsError where there is no such resource. */
  find(place: Place, name: ResourceName): Resource {
    const resource = this.get(place, name);
    if (resource === undefined) throw this.options.missing(textOf(name));
    return resource;
  }

  /** All of them, or those of one parent, in the order of their names. */
  list(place: Place, parent: ResourceName = []): Resource[] {
    return [...this.store.entries.list<Resource>(this.key(place, parent))];
  }

  /** Puts `resource` there, if `check` of what is there already throws nothing. */
  create(
    place: Place,
    name: ResourceName,
    resource: Resource,
    check: (existing: Resource | undefined) => void,
  ): Promise<void> {
    return this.store.transaction(() => {
      check(this.get(place, name));
      this.put(place, name, resource);
    });
  }

  /** Puts `resource` there, whatever was there before. Call it in a transaction. */
  put(place: Place, name: ResourceName, resource: Resource): void {
    this.store.entries.put(this.key(place, name), resource);
  }

  /** Puts `resource` there, whatever was there before; resolves when it is kept. */
  replace(place: Place, name: ResourceName, resource: Resource): Promise<void> {
    return this.store.transaction(() => this.put(place, name, resource));
  }

  /** @throws AwsError where there is no such resource, or what `change` throws. */
  change(place: Place, name: ResourceName, change: (resource: Resource) => Resource): Promise<Resource> {
    return this.store.transaction(() => {
      const changed = change(this.find(place, name));
      this.put(place, name, changed);
      return changed;
    });
  }

  /** @throws AwsError where there is no such resource, or what `check` throws. */
  remove(place: Place, name: ResourceName, check?: (resource: Resource) => void): Promise<void> {
    return this.store.transaction(() => {
      const resource = this.find(place, name);
      check?.(resource);
      this.discard(place, name);
    });
  }

  /** Removes it if it is there. Call it in a transaction. */
  discard(place: Place, name: ResourceName): void {
    this.store.entries.remove(this.key(place, name));
  }

  private key({ account, region }: Place, name: ResourceName): EntryKey {
    const scope = this.options.isGlobal ? [account] : [account, region];
    return [this.options.kind, ...scope, ...(typeof name === 'string' ? [name] : name)];
  }
}

/** Bytes: more than any name on AWS has, and less than the store's keys may have. */
const LONGEST_NAME = 1536;

const textOf = (name: ResourceName) => (typeof name === 'string' ? name : name.join(':'));
