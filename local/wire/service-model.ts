import { NormalizedSchema } from '@smithy/core/schema';

/** How a service is spoken with. */
interface Service {
  /** What requests are in that do not say so themselves, as those of the JSON and CBOR protocols do. */
  readonly protocol: 'json' | 'query' | 'rest-xml';
  /** Before the operation in `X-Amz-Target`, and in the path of the CBOR protocol. */
  readonly target?: string;
  /** Of the answers in the Query protocol. */
  readonly xmlNamespace?: string;
  /** The SDK's client, which has the schemas. */
  readonly load: () => Promise<object>;
}

const services = {
  athena: { protocol: 'json', target: 'AmazonAthena', load: () => import('@aws-sdk/client-athena') },
  firehose: { protocol: 'json', target: 'Firehose_20150804', load: () => import('@aws-sdk/client-firehose') },
  glue: { protocol: 'json', target: 'AWSGlue', load: () => import('@aws-sdk/client-glue') },
  iam: {
    protocol: 'query',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    load: () => import('@aws-sdk/client-iam'),
  },
  kinesis: { protocol: 'json', target: 'Kinesis_20131202', load: () => import('@aws-sdk/client-kinesis') },
  kms: { protocol: 'json', target: 'TrentService', load: () => import('@aws-sdk/client-kms') },
  logs: { protocol: 'json', target: 'Logs_20140328', load: () => import('@aws-sdk/client-cloudwatch-logs') },
  monitoring: {
    protocol: 'query',
    target: 'GraniteServiceVersion20100801',
    xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    load: () => import('@aws-sdk/client-cloudwatch'),
  },
  s3: { protocol: 'rest-xml', load: () => import('@aws-sdk/client-s3') },
  sns: {
    protocol: 'query',
    xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    load: () => import('@aws-sdk/client-sns'),
  },
  sts: {
    protocol: 'query',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    load: () => import('@aws-sdk/client-sts'),
  },
} as const satisfies Readonly<Record<string, Service>>;

export type ServiceName = keyof typeof services;

/** The services that local AWS speaks for, by the names that requests are signed with. */
export const SERVICES: Readonly<Record<ServiceName, Service>> = services;

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
