import type {
  BatchGetQueryExecutionCommandInput,
  BatchGetQueryExecutionCommandOutput,
  GetQueryExecutionCommandInput,
  GetQueryExecutionCommandOutput,
  ListQueryExecutionsCommandInput,
  ListQueryExecutionsCommandOutput,
  StopQueryExecutionCommandInput,
  StopQueryExecutionCommandOutput,
} from '@aws-sdk/client-athena';
import type { Operation } from '../wire/operation.js';
import type { Athena } from './athena.js';
import { describeExecution } from './describe-execution.js';
import { findExecution, type HistoryEntry, hasEnded, historyOf, lookUpExecution } from './execution-entry.js';
import { invalidRequest } from './invalid-request.js';
import { malformedToken, pageRequest } from './page-request.js';
import type { QueryRunner } from './query-runner.js';
import { findWorkGroup } from './workgroups.js';

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
  (
    { store, clock }: Athena,
    runner: QueryRunner,
  ): Operation<GetQueryExecutionCommandInput, GetQueryExecutionCommandOutput> =>
  async ({ QueryExecutionId: id }, context) => {
    if (!hasEnded(findExecution(store.entries, context, id))) await runner.endOf(id, LONGEST_LOOK);
    return { QueryExecution: describeExecution(findExecution(store.entries, context, id), clock.now()) };
  };

/**
 * Milliseconds for which the answer to a look waits for the end of its query, about what AWS takes to answer. Whoever
 * looks again and again hears of the end at once, and looks less often.
 */
const LONGEST_LOOK = 50;

export const listQueryExecutions =
  ({ store }: Athena): Operation<ListQueryExecutionsCommandInput, ListQueryExecutionsCommandOutput> =>
  (input, context) => {
    const { name } = findWorkGroup(store.entries, context, input.WorkGroup);
    const prefix = historyOf(context, name);
    const { limit, token } = pageRequest(input, { least: 0, most: 50 });
    const order = token === undefined ? undefined : Number(Buffer.from(token, 'base64').toString());
    if (order !== undefined && !Number.isSafeInteger(order)) throw malformedToken(token);
    const after = order === undefined ? undefined : [...prefix, order];
    const found = [...take(store.entries.list<HistoryEntry>(prefix, after), limit + 1)];
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      QueryExecutionIds: page.map(({ id }) => id),
      ...(found.length > limit && last && { NextToken: Buffer.from(String(last.order)).toString('base64') }),
    };
  };

export const batchGetQueryExecution =
  ({
    store,
    clock,
  }: Athena): Operation<BatchGetQueryExecutionCommandInput, BatchGetQueryExecutionCommandOutput> =>
  ({ QueryExecutionIds: ids }, context) => {
    if (ids.length < 1 || ids.length > 50)
      throw invalidRequest(`QueryExecutionIds must be 1 to 50, and not ${ids.length}.`);
    const found = ids.map((id) => ({ id, execution: lookUpExecution(store.entries, context, id) }));
    return {
      QueryExecutions: found.flatMap(({ execution }) =>
        execution ? [describeExecution(execution, clock.now())] : [],
      ),
      UnprocessedQueryExecutionIds: found.flatMap(({ id, execution }) =>
        execution
          ? []
          : [
              {
                QueryExecutionId: id,
                ErrorCode: 'INVALID_INPUT',
                ErrorMessage: `QueryExecution ${id} was not found`,
              },
            ],
      ),
    };
  };

function* take<T>(items: Iterable<T>, count: number): Generator<T> {
  let taken = 0;
  for (const item of items) {
    if (taken++ >= count) return;
    yield item;
  }
}
