import type {
  BatchGetPreparedStatementCommandInput,
  BatchGetPreparedStatementCommandOutput,
  CreatePreparedStatementCommandInput,
  CreatePreparedStatementCommandOutput,
  DeletePreparedStatementCommandInput,
  DeletePreparedStatementCommandOutput,
  GetPreparedStatementCommandInput,
  GetPreparedStatementCommandOutput,
  ListPreparedStatementsCommandInput,
  ListPreparedStatementsCommandOutput,
  UpdatePreparedStatementCommandInput,
  UpdatePreparedStatementCommandOutput,
} from '@aws-sdk/client-athena';
import { pageOf } from '../resources/page.js';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import type { Athena } from './athena.js';
import { invalidRequest } from './invalid-request.js';
import { pageRequest } from './page-request.js';
import {
  isStatementName,
  lookUpPreparedStatement,
  type PreparedStatementEntry,
  preparedStatementKey,
  preparedStatementsOf,
} from './prepared-statement-entry.js';
import { findWorkGroup } from './workgroups.js';

/** Longest text, in bytes. */
const MAX_QUERY_BYTES = 262_144;
/** Statements that one request may ask for, or list. */
const MOST_AT_ONCE = 50;

export const createPreparedStatement =
  ({
    store,
    clock,
  }: Athena): Operation<CreatePreparedStatementCommandInput, CreatePreparedStatementCommandOutput> =>
  async ({ StatementName: name, WorkGroup, QueryStatement: query, Description }, context) => {
    if (!isStatementName(name)) throw invalidRequest(`The statement name ${name} is not valid.`);
    checkQuery(query);
    await store.transaction(() => {
      const { name: workGroup } = findWorkGroup(store.entries, context, WorkGroup);
      if (lookUpPreparedStatement(store.entries, context, workGroup, name)) {
        throw invalidRequest(`Prepared statement ${name} already exists in workgroup ${workGroup}`);
      }
      const entry = { name, query, description: Description, modifiedAt: clock.now() };
      store.entries.put(preparedStatementKey(context, workGroup, name), entry);
    });
    return {};
  };

export const updatePreparedStatement =
  ({
    store,
    clock,
  }: Athena): Operation<UpdatePreparedStatementCommandInput, UpdatePreparedStatementCommandOutput> =>
  async ({ StatementName: name, WorkGroup: workGroup, QueryStatement: query, Description }, context) => {
    checkQuery(query);
    await store.transaction(() => {
      const before = lookUpPreparedStatement(store.entries, context, workGroup, name);
      if (!before) throw notFound(name, workGroup);
      const entry = { name, query, description: Description ?? before.description, modifiedAt: clock.now() };
      store.entries.put(preparedStatementKey(context, workGroup, name), entry);
    });
    return {};
  };

export const getPreparedStatement =
  ({ store }: Athena): Operation<GetPreparedStatementCommandInput, GetPreparedStatementCommandOutput> =>
  ({ StatementName: name, WorkGroup: workGroup }, context) => {
    const entry = lookUpPreparedStatement(store.entries, context, workGroup, name);
    if (!entry) throw notFound(name, workGroup);
    return { PreparedStatement: describe(entry, workGroup) };
  };

export const batchGetPreparedStatement =
  ({
    store,
  }: Athena): Operation<BatchGetPreparedStatementCommandInput, BatchGetPreparedStatementCommandOutput> =>
  ({ PreparedStatementNames: names, WorkGroup: workGroup }, context) => {
    const found = names.map((name) => ({
      name,
      entry: lookUpPreparedStatement(store.entries, context, workGroup, name),
    }));
    return {
      PreparedStatements: found.flatMap(({ entry }) => (entry ? [describe(entry, workGroup)] : [])),
      UnprocessedPreparedStatementNames: found.flatMap(({ name, entry }) =>
        entry
          ? []
          : [
              {
                StatementName: name,
                ErrorCode: 'STATEMENT_NOT_FOUND',
                ErrorMessage: notFound(name, workGroup).message,
              },
            ],
      ),
    };
  };

export const listPreparedStatements =
  ({ store }: Athena): Operation<ListPreparedStatementsCommandInput, ListPreparedStatementsCommandOutput> =>
  (input, context) => {
    const { name: workGroup } = findWorkGroup(store.entries, context, input.WorkGroup);
    const all = [...store.entries.list<PreparedStatementEntry>(preparedStatementsOf(context, workGroup))];
    const page = pageOf(all, ({ name }) => name, pageRequest(input, { least: 1, most: MOST_AT_ONCE }));
    return {
      PreparedStatements: page.items.map(({ name, modifiedAt }) => ({
        StatementName: name,
        LastModifiedTime: new Date(modifiedAt),
      })),
      ...(page.next !== undefined && { NextToken: page.next }),
    };
  };

export const deletePreparedStatement =
  ({ store }: Athena): Operation<DeletePreparedStatementCommandInput, DeletePreparedStatementCommandOutput> =>
  async ({ StatementName: name, WorkGroup: workGroup }, context) => {
    await store.transaction(() => {
      if (!lookUpPreparedStatement(store.entries, context, workGroup, name)) throw notFound(name, workGroup);
      store.entries.remove(preparedStatementKey(context, workGroup, name));
    });
    return {};
  };

function checkQuery(query: string): void {
  if (query.length < 1 || Buffer.byteLength(query) > MAX_QUERY_BYTES)
    throw invalidRequest(`QueryStatement must be 1 to ${MAX_QUERY_BYTES} bytes long.`);
}

const describe = ({ name, query, description, modifiedAt }: PreparedStatementEntry, workGroup: string) => ({
  StatementName: name,
  QueryStatement: query,
  WorkGroupName: workGroup,
  ...(description !== undefined && { Description: description }),
  LastModifiedTime: new Date(modifiedAt),
});

const notFound = (name: string, workGroup: string) =>
  new AwsError(
    'ResourceNotFoundException',
    `Prepared Statement ${name} was not found in workGroup ${workGroup}`,
  );
