import { type Clients, connect, type ProvisionConnection } from './clients.js';
import { type Resource, readConfiguration } from './configuration.js';
import { creators } from './creators/index.js';
import { inOrder } from './order.js';
import { whereAmI } from './place.js';
import { ProvisionError } from './provision-error.js';
import { Resolver } from './resolver.js';

/** What `provision` did with each resource of a stack. */
export interface ProvisionReport {
  /** Made now, in this order. */
  readonly created: readonly ProvisionedResource[];
  /** Left alone, since something of that name was there. */
  readonly existing: readonly ProvisionedResource[];
  /** What Terraform would create and this does not: roles, keys, log groups, the policies of buckets and the like. */
  readonly skipped: readonly StackResource[];
  /** What Terraform would set on the resources above and this does not. */
  readonly leftOut: readonly LeftOutProperties[];
}

/** A resource as the stack names it. */
export interface StackResource {
  /** Terraform's type, such as `aws_kinesis_stream`. */
  readonly type: string;
  /** Its name in the stack. */
  readonly name: string;
}

export interface ProvisionedResource extends StackResource {
  /** Its name in AWS. */
  readonly awsName: string;
}

export interface LeftOutProperties extends StackResource {
  /** Paths of the properties, such as `kms_key_id` or `configuration.engine_version`. */
  readonly properties: readonly string[];
}

/**
 * Creates a synthesized stack's streams, buckets, tables, workgroups and delivery streams through AWS's wire API, for
 * machines that have no Terraform. What is there already stays as it is.
 *
 * @param stack path of a stack's `cdk.tf.json`, or what is in it
 * @throws ProvisionError for a stack that cannot be read, an expression that cannot be resolved, or an answer that is a refusal
 */
export async function provision(
  stack: string | Readonly<Record<string, unknown>>,
  connection: ProvisionConnection,
): Promise<ProvisionReport> {
  const configuration = await readConfiguration(stack);
  const clients = connect(connection);
  try {
    const place = await whereAmI(clients.sts, connection);
    const resolver = new Resolver(configuration, place);
    const report = { created: [], existing: [], skipped: [], leftOut: [] } as Writable<ProvisionReport>;
    for (const resource of inOrder(configuration)) await provisionOne(resource, resolver, clients, report);
    return report;
  } finally {
    clients.close();
  }
}

type Writable<T> = { readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };

async function provisionOne(
  resource: Resource,
  resolver: Resolver,
  clients: Clients,
  report: Writable<ProvisionReport>,
): Promise<void> {
  const { type, name, address } = resource;
  const creator = creators[type];
  if (!creator) {
    report.skipped.push({ type, name });
    return;
  }
  const block = resolver.block(resource);
  const awsName = block.text(creator.nameProperty);
  const outcome = await creator.create(block, clients).catch((cause: unknown) => {
    if (cause instanceof ProvisionError) throw cause;
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    throw new ProvisionError(address, `${awsName} could not be created: ${reason}`, { cause });
  });
  report[outcome].push({ type, name, awsName });
  const properties = outcome === 'created' ? block.unread() : [];
  if (properties.length > 0) report.leftOut.push({ type, name, properties });
}
