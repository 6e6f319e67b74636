import { randomUUID } from 'node:crypto';
import type {
  StartQueryExecutionCommandInput,
  StartQueryExecutionCommandOutput,
} from '@aws-sdk/client-athena';
import { bucketKey, isBucketName } from '../s3/bucket-entry.js';
import type { Checked, Operation } from '../wire/operation.js';
import type { Athena } from './athena.js';
import { addExecution, type ExecutionEntry } from './execution-entry.js';
import { invalidRequest } from './invalid-request.js';
import { parseLocation } from './location.js';
import type { QueryRunner } from './query-runner.js';
import { checkToken, hashOf, startedBy, type TokenEntry, tokenKey } from './request-token.js';
import { reusedResult, reuseMinutes } from './result-reuse.js';
import { checkStatement } from './statements/check-statement.js';
import { oneStatement } from './statements/one-statement.js';
import { findWorkGroup, type WorkGroupEntry } from './workgroups.js';

/** Longest statement, in bytes. */
const MAX_QUERY_BYTES = 262_144;

export const startQueryExecution =
  (
    athena: Athena,
    runner: QueryRunner,
  ): Operation<StartQueryExecutionCommandInput, StartQueryExecutionCommandOutput> =>
  async (input, context) => {
    const { store, clock } = athena;
    const { account, region } = context;
    const { QueryString: text, ExecutionParameters: parameters = [], ClientRequestToken: token } = input;
    if (!token) throw invalidRequest('clientRequestToken is null or empty');
    checkToken(token);
    const workGroup = findWorkGroup(store.entries, context, input.WorkGroup);
    const output = resultConfiguration(input, workGroup);
    const hash = hashOf(input, output.OutputLocation);
    const earlier = () => startedBy(store.entries, context, token, hash);
    // A request that is sent again is answered even if it could not be started now.
    const startedBefore = earlier();
    if (startedBefore !== undefined) return { QueryExecutionId: startedBefore };
    if (Buffer.byteLength(text) > MAX_QUERY_BYTES) {
      throw invalidRequest(`The query is over ${MAX_QUERY_BYTES} bytes long.`);
    }
    const { Catalog: catalog = 'AwsDataCatalog', Database: database } = input.QueryExecutionContext ?? {};
    if (catalog.toLowerCase() !== 'awsdatacatalog')
      throw invalidRequest(`Catalog ${catalog} does not exist.`);
    if (workGroup.state === 'DISABLED') throw invalidRequest(`WorkGroup ${workGroup.name} is disabled.`);
    const { bucket } = parseLocation(output.OutputLocation, 'results');
    if (!isBucketName(bucket) || !store.entries.get(bucketKey(bucket)))
      throw invalidRequest(`Unable to verify/create output bucket ${bucket}`);
    const query = oneStatement(text);
    const { reusable, ...statement } = await checkStatement(athena, context, {
      query,
      parameters,
      database,
      workGroup: workGroup.name,
    });
    const queued: ExecutionEntry = {
      id: randomUUID(),
      account,
      region,
      workGroup: workGroup.name,
      query,
      parameters,
      ...(input.QueryExecutionContext?.Catalog !== undefined && { catalog: catalog.toLowerCase() }),
      database,
      outputFolder: output.OutputLocation.replace(/\/?$/, '/'),
      encryption: output.EncryptionConfiguration,
      ...statement,
      ...reuseMinutes(input.ResultReuseConfiguration),
      submittedAt: clock.now(),
      state: { name: 'QUEUED' },
    };
    const execution = (reusable && reusedResult(athena, queued)) || queued;
    const startedMeanwhile = await store.transaction(() => {
      const other = earlier();
      if (other !== undefined) return other;
      addExecution(store, execution);
      const used: TokenEntry = {
        account,
        region,
        token,
        executionId: execution.id,
        hash,
        usedAt: execution.submittedAt,
      };
      store.entries.put(tokenKey(context, token), used);
      return undefined;
    });
    if (startedMeanwhile !== undefined) return { QueryExecutionId: startedMeanwhile };
    if (execution === queued) runner.run(execution, workGroup.configuration.BytesScannedCutoffPerQuery);
    return { QueryExecutionId: execution.id };
  };

function resultConfiguration(input: Checked<StartQueryExecutionCommandInput>, workGroup: WorkGroupEntry) {
  const { configuration } = workGroup;
  // A workgroup enforces its settings unless it says that it does not.
  const isEnforced = configuration.EnforceWorkGroupConfiguration !== false;
  const own = configuration.ResultConfiguration;
  const chosen = isEnforced ? own : { ...own, ...input.ResultConfiguration };
  if (!chosen?.OutputLocation) {
    throw invalidRequest(
      'No output location provided. An output location is required either through the Workgroup result configuration ' +
        'setting or as an API input.',
    );
  }
  if (!/^s3:\/\/[^/]/.test(chosen.OutputLocation)) {
    throw invalidRequest('outputLocation is not a valid S3 path.');
  }
  return { ...chosen, OutputLocation: chosen.OutputLocation };
}
