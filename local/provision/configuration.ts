import { readFile } from 'node:fs/promises';
import { ProvisionError } from './provision-error.js';

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

/** One `resource` of a stack. */
export interface Resource {
  /** Terraform's type, such as `aws_kinesis_stream`. */
  readonly type: string;
  /** Its name in the stack. */
  readonly name: string;
  /** Type and name with a dot between: what references and `depends_on` say. */
  readonly address: string;
  /** Its properties as they stand in the file, references and all. */
  readonly body: JsonObject;
}

/** What of a stack's Terraform JSON matters here. */
export interface Configuration {
  /** The resources by their addresses. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** Names of the data sources by `type.name`. */
  readonly data: ReadonlySet<string>;
  readonly locals: JsonObject;
  /** The variables that have a default, with it. */
  readonly variables: JsonObject;
}

/**
 * Reads a stack: a file, or what was read from one.
 * @throws ProvisionError if there is no such file or it holds no stack.
 */
export async function readConfiguration(
  stack: string | Readonly<Record<string, unknown>>,
): Promise<Configuration> {
  const root = typeof stack === 'string' ? await readStackFile(stack) : (stack as JsonObject);
  const resources = new Map<string, Resource>();
  for (const { type, name, body } of entries(root.resource)) {
    const address = `${type}.${name}`;
    resources.set(address, { type, name, address, body });
  }
  const defaults = Object.entries(objectOr(root.variable)).flatMap(([name, variable]) => {
    const { default: value } = objectOr(variable);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    resources,
    data: new Set(entries(root.data).map(({ type, name }) => `${type}.${name}`)),
    locals: objectOr(root.locals),
    variables: Object.fromEntries(defaults),
  };
}

async function readStackFile(path: string): Promise<JsonObject> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ProvisionError(path, 'cannot be read; synthesize the stack first', { cause });
  });
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (cause) {
    throw new ProvisionError(path, 'is not JSON', { cause });
  }
  if (!isObject(root) || !isObject(root.resource)) throw new ProvisionError(path, 'is no synthesized stack');
  return root;
}

function entries(section: Json | undefined) {
  return Object.entries(objectOr(section)).flatMap(([type, named]) =>
    Object.entries(objectOr(named)).map(([name, body]) => ({ type, name, body: objectOr(body) })),
  );
}

function objectOr(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
