import * as athena from '@aws-sdk/client-athena';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as firehose from '@aws-sdk/client-firehose';
import * as glue from '@aws-sdk/client-glue';
import * as iam from '@aws-sdk/client-iam';
import * as kinesis from '@aws-sdk/client-kinesis';
import * as kms from '@aws-sdk/client-kms';
import * as s3 from '@aws-sdk/client-s3';
import * as sns from '@aws-sdk/client-sns';
import * as sts from '@aws-sdk/client-sts';
import { operationModels, requiredMembers } from '../../../local/wire/service-model.js';
import type { Clients } from '../running-local-aws.js';

/** The services: the SDK's package of each, and the name that local AWS knows it by. */
const SERVICES = {
  athena: [athena, 'athena'],
  cloudwatch: [cloudwatch, 'monitoring'],
  firehose: [firehose, 'firehose'],
  glue: [glue, 'glue'],
  iam: [iam, 'iam'],
  kinesis: [kinesis, 'kinesis'],
  kms: [kms, 'kms'],
  logs: [logs, 'logs'],
  s3: [s3, 's3'],
  sns: [sns, 'sns'],
  sts: [sts, 'sts'],
} as const satisfies Record<keyof Clients, readonly [object, string]>;

/** What inputs are made of: for each service the members of that name, whatever the operation. */
export type Known = { readonly [Service in keyof Clients]?: Readonly<Record<string, unknown>> };

/** What reads and does not write. */
const READS = /^(Describe|List|Get|Head|BatchGet)/;
/** What the SDK sends to hosts of their own, whatever the endpoint. */
const ELSEWHERE: readonly string[] = ['GetLogObject', 'ListDirectoryBuckets'];

/**
 * Asks everything that local AWS has an answer to: each operation that reads, of each service, with what is known for
 * its members.
 * @returns the answers, errors among them, by service and operation; what local AWS refuses by its name is left out.
 */
export async function everyAnswer(clients: Clients, known: Known): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const [service, [sdk, name]] of Object.entries(SERVICES)) {
    const models = await operationModels(name);
    const client = clients[service as keyof Clients] as unknown as { send(command: object): Promise<object> };
    for (const [operation, model] of models) {
      if (!READS.test(operation) || ELSEWHERE.includes(operation)) continue;
      const Command = (sdk as Readonly<Record<string, unknown>>)[`${operation}Command`] as new (
        input: object,
      ) => object;
      const values = known[service as keyof Clients] ?? {};
      const members = [...model.input.structIterator()].map(([member]) => member);
      const given = members.filter((member) => member in values).map((member) => [member, values[member]]);
      // Something for what is not known: an operation that is not there is refused whatever it is given.
      const required = requiredMembers(model.input).map((member) => [member, 'unknown']);
      const input = Object.fromEntries([...required, ...given]);
      const answer = await client.send(new Command(input)).then(withoutRequest, errorOf);
      if (answer !== undefined) answers[`${service}:${operation}`] = answer;
    }
  }
  return answers;
}

async function withoutRequest(output: object): Promise<object> {
  const { $metadata: _, ...answer } = output as {
    $metadata?: unknown;
    Body?: { transformToString(): Promise<string> };
  };
  return 'Body' in answer && answer.Body
    ? { ...answer, Body: await answer.Body.transformToString() }
    : answer;
}

/**
 * An error as an answer; undefined where it says that the operation is not there.
 * @throws it, where it is no answer.
 */
function errorOf(error: Error & { $metadata?: { httpStatusCode?: number } }): object | undefined {
  if (!error.$metadata?.httpStatusCode) throw error;
  return error.name === 'NotImplemented' ? undefined : { error: error.name, message: error.message };
}
