import { NormalizedSchema } from '@smithy/core/schema';

/** The services that local AWS speaks for, by the names that requests are signed with. */
export const SERVICES = {
  athena: { protocol: 'json', target: 'AmazonAthena', load: () => import('@aws-sdk/client-athena') },
  firehose: { protocol: 'json', target: 'Firehose_20150804', load: () => import('@aws-sdk/client-firehose') },
  glue: { protocol: 'json', target: 'AWSGlue', load: () => import('@aws-sdk/client-glue') },
  kinesis: { protocol: 'json', target: 'Kinesis_20131202', load: () => import('@aws-sdk/client-kinesis') },
  s3: { protocol: 'rest-xml', target: undefined, load: () => import('@aws-sdk/client-s3') },
  sts: { protocol: 'query', target: undefined, load: () => import('@aws-sdk/client-sts') },
} as const;

export type ServiceName = keyof typeof SERVICES;

/** An operation as AWS's schemas describe it. */
export interface OperationModel {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** Method, path with its query, and status of a REST operation. */
  readonly http: readonly [method: string, path: string, status: number] | undefined;
}

const models = new Map<ServiceName, Promise<ReadonlyMap<string, OperationModel>>>();

/**
 * Every operation that a service has on AWS, by its name. The schemas come from the SDK's client, which is loaded with
 * the first request for its service: all of them at once would take most of a second and 131 MB.
 */
export function operationModels(service: ServiceName): Promise<ReadonlyMap<string, OperationModel>> {
  let loading = models.get(service);
  if (!loading) {
    loading = SERVICES[service].load().then(collectOperations);
    models.set(service, loading);
  }
  return loading;
}

/** First item of a schema that is an operation's: `[9, namespace, name, traits, input, output]`. */
const OPERATION_KIND = 9;

type OperationSchema = [
  kind: typeof OPERATION_KIND,
  namespace: string,
  name: string,
  traits: number | { readonly http?: OperationModel['http'] },
  input: Parameters<typeof NormalizedSchema.of>[0],
  output: Parameters<typeof NormalizedSchema.of>[0],
];

function collectOperations(client: object): ReadonlyMap<string, OperationModel> {
  const operations = new Map<string, OperationModel>();
  for (const exported of Object.values(client)) {
    if (!isOperationSchema(exported)) continue;
    const [, , name, traits, input, output] = exported;
    operations.set(name, {
      name,
      input: NormalizedSchema.of(input),
      output: NormalizedSchema.of(output),
      http: typeof traits === 'object' ? traits.http : undefined,
    });
  }
  return operations;
}

function isOperationSchema(value: unknown): value is OperationSchema {
  return Array.isArray(value) && value[0] === OPERATION_KIND && typeof value[2] === 'string';
}

/** The members of a structure that a request has to have: the schema lists them first and says how many they are. */
export function requiredMembers(structure: NormalizedSchema): readonly string[] {
  const schema: unknown = structure.getSchema();
  if (!Array.isArray(schema)) return [];
  const [, , , , names, , required] = schema as [
    unknown,
    unknown,
    unknown,
    unknown,
    string[],
    unknown,
    number?,
  ];
  return names.slice(0, required ?? 0);
}
