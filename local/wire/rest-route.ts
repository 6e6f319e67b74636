import type { NormalizedSchema } from '@smithy/core/schema';
import type { OperationModel } from './service-model.js';
import { requiredMembers } from './service-model.js';

/** What of a request says which S3 operation it is. */
export interface RestRequest {
  readonly method: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly query: URLSearchParams;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * The operation that a REST request means, by AWS's own schemas: of those with its method and path, the one that asks
 * for the most of what the request has. So an operation that is not there is still known by its name.
 */
export function findRestOperation(
  models: ReadonlyMap<string, OperationModel>,
  request: RestRequest,
): OperationModel | undefined {
  let best: OperationModel | undefined;
  let bestScore = -1;
  for (const route of routesOf(models)) {
    if (route.method !== request.method) continue;
    if (
      route.needsBucket !== (request.bucket !== undefined) ||
      route.needsKey !== (request.key !== undefined)
    )
      continue;
    if (!route.query.every(([name, value]) => hasQuery(request.query, name, value))) continue;
    if (!route.headers.every((name) => request.headers[name] !== undefined)) continue;
    const score = route.query.length + route.headers.length;
    if (score > bestScore) {
      best = route.model;
      bestScore = score;
    }
  }
  return best;
}

interface Route {
  readonly model: OperationModel;
  readonly method: string;
  readonly needsBucket: boolean;
  readonly needsKey: boolean;
  /** Query parameters that the request has to have, with their value where one is fixed. */
  readonly query: readonly (readonly [name: string, value: string | undefined])[];
  readonly headers: readonly string[];
}

const routes = new WeakMap<ReadonlyMap<string, OperationModel>, readonly Route[]>();

function routesOf(models: ReadonlyMap<string, OperationModel>): readonly Route[] {
  let known = routes.get(models);
  if (!known) {
    known = [...models.values()].flatMap((model) => routeOf(model) ?? []);
    routes.set(models, known);
  }
  return known;
}

function routeOf(model: OperationModel): Route | undefined {
  if (!model.http) return undefined;
  const [method, target] = model.http;
  const [path = '', search = ''] = target.split('?');
  const members = model.input.isStructSchema() ? model.input.getMemberSchemas() : {};
  const required = requiredMembers(model.input);
  const query: [string, string | undefined][] = [...new URLSearchParams(search)]
    // `x-id` only names the operation for logs: no client but the JavaScript SDK sends it.
    .filter(([name]) => name !== 'x-id')
    .map(([name, value]) => [name, value || undefined]);
  const headers: string[] = [];
  for (const name of required) {
    const traits = members[name]?.getMergedTraits();
    if (traits?.httpQuery) query.push([traits.httpQuery, undefined]);
    if (traits?.httpHeader) headers.push(traits.httpHeader.toLowerCase());
  }
  return {
    model,
    method,
    // The path leaves the bucket out where the schema puts it into the host name.
    needsBucket: hasMember(model.input, 'Bucket'),
    needsKey: path.includes('{Key+}'),
    query,
    headers,
  };
}

function hasMember(schema: NormalizedSchema, name: string): boolean {
  return schema.isStructSchema() && name in schema.getMemberSchemas();
}

function hasQuery(query: URLSearchParams, name: string, value: string | undefined): boolean {
  return value === undefined ? query.has(name) : query.get(name) === value;
}
