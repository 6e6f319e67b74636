import { randomUUID } from 'node:crypto';
import type {
  GetQueryExecutionCommandInput,
  GetQueryExecutionCommandOutput,
  ListQueryExecutionsCommandInput,
  ListQueryExecutionsCommandOutput,
  QueryExecution,
  StartQueryExecutionCommandInput,
  StartQueryExecutionCommandOutput,
  StopQueryExecutionCommandInput,
  StopQueryExecutionCommandOutput,
} from '@aws-sdk/client-athena';
import { QueryFault } from '../engine/engine.js';
import { bucketKey, isBucketName } from '../s3/bucket-entry.js';
import { AwsError } from '../wire/aws-error.js';
import type { Checked, Operation } from '../wire/operation.js';
import type { Athena } from './athena.js';
import {
  addExecution,
  type ExecutionEntry,
  findExecution,
  type HistoryEntry,
  historyOf,
  outputLocation,
} from './execution-entry.js';
import type { QueryRunner } from './query-runner.js';
import { checkToken, hashOf, startedBy, type TokenEntry, tokenKey } from './request-token.js';
import { parseLocation } from './table-files.js';
import { ENGINE_VERSION, findWorkGroup, type WorkGroupEntry } from './workgroups.js';

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
    const { QueryString: query, ExecutionParameters: parameters = [], ClientRequestToken: token } = input;
    checkToken(token);
    const hash = hashOf(input);
    const earlier = () => (token === undefined ? undefined : startedBy(store.entries, context, token, hash));
    // A request that is sent again is answered even if it could not be started now.
    const startedBefore = earlier();
    if (startedBefore !== undefined) return { QueryExecutionId: startedBefore };
    if (Buffer.byteLength(query) > MAX_QUERY_BYTES) {
      throw invalid(`The query is over ${MAX_QUERY_BYTES} bytes long.`);
    }
    const { Catalog: catalog = 'AwsDataCatalog', Database: database } = input.QueryExecutionContext ?? {};
    if (catalog.toLowerCase() !== 'awsdatacatalog') throw invalid(`Catalog ${catalog} does not exist.`);
    const workGroup = findWorkGroup(store.entries, context, input.WorkGroup);
    if (workGroup.state === 'DISABLED') throw invalid(`WorkGroup ${workGroup.name} is disabled.`);
    const output = resultConfiguration(input, workGroup);
    const { bucket } = parseLocation(output.OutputLocation, 'results');
    if (!isBucketName(bucket) || !store.entries.get(bucketKey(bucket)))
      throw invalid(`Unable to verify/create output bucket ${bucket}`);
    const statement = await prepare(athena, query, parameters, database);
    const execution: ExecutionEntry = {
      id: randomUUID(),
      account,
      region,
      workGroup: workGroup.name,
      query,
      parameters,
      database,
      outputFolder: output.OutputLocation.replace(/\/?$/, '/'),
      encryption: output.EncryptionConfiguration,
      ...statement,
      submittedAt: clock.now(),
      state: { name: 'QUEUED' },
    };
    const startedMeanwhile = await store.transaction(() => {
      const other = earlier();
      if (other !== undefined) return other;
      addExecution(store, execution);
      if (token === undefined) return undefined;
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
    runner.run(execution, workGroup.configuration.BytesScannedCutoffPerQuery);
    return { QueryExecutionId: execution.id };
  };

function resultConfiguration(input: Checked<StartQueryExecutionCommandInput>, workGroup: WorkGroupEntry) {
  const { configuration } = workGroup;
  // A workgroup enforces its settings unless it says that it does not.
  const isEnforced = configuration.EnforceWorkGroupConfiguration !== false;
  const own = configuration.ResultConfiguration;
  const chosen = isEnforced ? own : { ...own, ...input.ResultConfiguration };
  if (!chosen?.OutputLocation) {
    throw invalid(
      'No output location provided. An output location is required either through the Workgroup result configuration ' +
        'setting or as an API input.',
    );
  }
  if (!/^s3:\/\/[^/]/.test(chosen.OutputLocation)) {
    throw invalid(`outputLocation is not a valid S3 path: ${chosen.OutputLocation}`);
  }
  return { ...chosen, OutputLocation: chosen.OutputLocation };
}

/** Athena parses a statement before it takes it: one that does not parse has no execution that could fail. */
async function prepare({ engine }: Athena, sql: string, parameters: readonly string[], database = 'default') {
  try {
    const { statementType, kind } = await engine.prepare({ sql, parameters, database });
    return { statementType, kind };
  } catch (error) {
    if (error instanceof QueryFault && error.code === 'SYNTAX_ERROR') throw invalid(error.message);
    // Whatever else is wrong is found again, and told, when it is run.
    if (error instanceof QueryFault) return { statementType: 'DML' as const, kind: 'SELECT' };
    throw error;
  }
}

export const stopQueryExecution =
  (
    { store }: Athena,
    runner: QueryRunner,
  ): Operation<StopQueryExecutionCommandInput, StopQueryExecutionCommandOutput> =>
  async ({ QueryExecutionId: id = '' }, context) => {
    await runner.cancel(findExecution(store.entries, context, id));
    return {};
  };

export const getQueryExecution =
  ({ store, clock }: Athena): Operation<GetQueryExecutionCommandInput, GetQueryExecutionCommandOutput> =>
  ({ QueryExecutionId: id }, context) => ({
    QueryExecution: describe(findExecution(store.entries, context, id), clock.now()),
  });

export const listQueryExecutions =
  ({ store }: Athena): Operation<ListQueryExecutionsCommandInput, ListQueryExecutionsCommandOutput> =>
  (input, context) => {
    const { name } = findWorkGroup(store.entries, context, input.WorkGroup);
    const prefix = historyOf(context, name);
    const token =
      input.NextToken === undefined ? undefined : Number(Buffer.from(input.NextToken, 'base64').toString());
    if (token !== undefined && !Number.isSafeInteger(token)) throw invalid('The NextToken is not valid.');
    const limit = input.MaxResults ?? 50;
    const after = token === undefined ? undefined : [...prefix, token];
    const found = [...take(store.entries.list<HistoryEntry>(prefix, after), limit + 1)];
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      QueryExecutionIds: page.map(({ id }) => id),
      ...(found.length > limit && last && { NextToken: Buffer.from(String(last.order)).toString('base64') }),
    };
  };

function* take<T>(items: Iterable<T>, count: number): Generator<T> {
  let taken = 0;
  for (const item of items) {
    if (taken++ >= count) return;
    yield item;
  }
}

function describe(execution: ExecutionEntry, now: number): QueryExecution {
  const { state, submittedAt } = execution;
  const startedAt = state.name === 'QUEUED' ? now : state.startedAt;
  const endedAt = 'endedAt' in state ? state.endedAt : now;
  const reason = 'reason' in state ? state.reason : undefined;
  return {
    QueryExecutionId: execution.id,
    Query: execution.query,
    StatementType: execution.statementType,
    SubstatementType: execution.kind,
    WorkGroup: execution.workGroup,
    EngineVersion: ENGINE_VERSION,
    ...(execution.parameters.length > 0 && { ExecutionParameters: [...execution.parameters] }),
    QueryExecutionContext: {
      Catalog: 'awsdatacatalog',
      ...(execution.database !== undefined && { Database: execution.database }),
    },
    ResultConfiguration: {
      OutputLocation: outputLocation(execution),
      ...(execution.encryption && { EncryptionConfiguration: execution.encryption as never }),
    },
    ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
    Status: {
      State: state.name,
      SubmissionDateTime: new Date(submittedAt),
      ...('endedAt' in state && { CompletionDateTime: new Date(state.endedAt) }),
      ...(reason !== undefined && { StateChangeReason: reason }),
      ...(state.name === 'FAILED' && {
        AthenaError: {
          ErrorCategory: state.category,
          Retryable: state.category === 1,
          ErrorMessage: state.reason,
        },
      }),
    },
    Statistics: {
      DataScannedInBytes: 'bytesScanned' in state ? state.bytesScanned : 0,
      QueryQueueTimeInMillis: startedAt - submittedAt,
      EngineExecutionTimeInMillis: state.name === 'QUEUED' ? 0 : endedAt - startedAt,
      TotalExecutionTimeInMillis: endedAt - submittedAt,
      ResultReuseInformation: { ReusedPreviousResult: false },
    },
  };
}

const invalid = (message: string) => new AwsError('InvalidRequestException', message);
