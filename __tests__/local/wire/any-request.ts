import { CreateDatabaseCommand, CreateTableCommand } from '@aws-sdk/client-glue';
import { CreateStreamCommand } from '@aws-sdk/client-kinesis';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect } from 'vitest';
import { operationModels, type ServiceName } from '../../../local/wire/service-model.js';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';
import { anyInput } from './any-input.js';
import { rawRequest } from './raw-request.js';
import { bodyOf, errorCode, protocolsOf, rpcRequest } from './raw-rpc.js';

/** Local AWS with the few things that `anyInput` names. */
export async function someLocalAws(): Promise<RunningLocalAws> {
  const aws = await runLocalAws();
  const { glue, kinesis, s3 } = aws.clients;
  await kinesis.send(new CreateStreamCommand({ StreamName: 's', ShardCount: 2 }));
  await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'db' } }));
  const PartitionKeys = [{ Name: 'year', Type: 'int' }];
  await glue.send(new CreateTableCommand({ DatabaseName: 'db', TableInput: { Name: 't', PartitionKeys } }));
  return aws;
}

/**
 * Asks a service's operations for anything, in each protocol that it has, and expects of each answer that it is in the
 * shape of its protocol, no failure of local AWS's own, and that nothing was in trouble.
 */
export async function askAnything(
  { local, troubles }: RunningLocalAws,
  service: ServiceName,
  numRuns: number,
): Promise<void> {
  const models = await operationModels(service);
  const asked = local.operations[service].map((name) => {
    const input = models.get(name)?.input;
    return fc.record({
      operation: fc.constant(name),
      protocol: fc.constantFrom(...protocolsOf(service)),
      input: input ? anyInput(input) : fc.constant({}),
    });
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(...asked), async ({ operation, protocol, input }) => {
      const body = bodyOf(protocol, operation, input);
      const answer = await rawRequest(local.endpoint, rpcRequest(protocol, service, operation, body));
      if (answer.status === 200) return;
      expect(errorCode(protocol, answer)).not.toBe('InternalFailure');
      expect([400, 403, 404, 409, 413, 501]).toContain(answer.status);
      expect(troubles).toEqual([]);
    }),
    { numRuns },
  );
}
