import { randomUUID } from 'node:crypto';
import type {
  BatchGetNamedQueryCommandInput,
  BatchGetNamedQueryCommandOutput,
  CreateNamedQueryCommandInput,
  CreateNamedQueryCommandOutput,
  DeleteNamedQueryCommandInput,
  DeleteNamedQueryCommandOutput,
  GetNamedQueryCommandInput,
  GetNamedQueryCommandOutput,
  ListNamedQueriesCommandInput,
  ListNamedQueriesCommandOutput,
  NamedQuery,
  UpdateNamedQueryCommandInput,
  UpdateNamedQueryCommandOutput,
} from '@aws-sdk/client-athena';
import { pageOf } from '../resources/page.js';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import type { Athena } from './athena.js';
import { invalidRequest } from './invalid-request.js';
import {
  findByToken,
  findNamedQuery,
  type NamedQueryEntry,
  namedQueriesOf,
  putNamedQuery,
  removeNamedQuery,
} from './named-query-entry.js';
import { pageRequest } from './page-request.js';
import { checkToken } from './request-token.js';
import { findWorkGroup } from './workgroups.js';

/** Longest text of a query, in bytes. */
const MAX_QUERY_BYTES = 262_144;
/** Queries that one request may ask for, or list. */
const MOST_AT_ONCE = 50;

export const createNamedQuery =
  ({ store }: Athena): Operation<CreateNamedQueryCommandInput, CreateNamedQueryCommandOutput> =>
  async (input, context) => {
    const { Name: name, Description: description = '', Database: database } = input;
    const { QueryString: query, ClientRequestToken: token } = input;
    checkText(name, description, query);
    if (token !== undefined) checkToken(token);
    const id = await store.transaction(() => {
      // A request that is sent again with its token has been answered.
      const earlier = token === undefined ? undefined : findByToken(store.entries, context, token);
      if (earlier) return earlier.id;
      const { name: workGroup } = findWorkGroup(store.entries, context, input.WorkGroup);
      const entry = {
        id: randomUUID(),
        name,
        description,
        database,
        query,
        workGroup,
        ...(token !== undefined && { token }),
      };
      putNamedQuery(store.entries, context, entry);
      return entry.id;
    });
    return { NamedQueryId: id };
  };

export const getNamedQuery =
  ({ store }: Athena): Operation<GetNamedQueryCommandInput, GetNamedQueryCommandOutput> =>
  ({ NamedQueryId: id }, context) => ({ NamedQuery: describe(findNamedQuery(store.entries, context, id)) });

export const batchGetNamedQuery =
  ({ store }: Athena): Operation<BatchGetNamedQueryCommandInput, BatchGetNamedQueryCommandOutput> =>
  ({ NamedQueryIds: ids }, context) => {
    if (ids.length < 1 || ids.length > MOST_AT_ONCE) {
      throw invalidRequest(`NamedQueryIds must be 1 to ${MOST_AT_ONCE}, and not ${ids.length}.`);
    }
    const found: NamedQuery[] = [];
    const missing = [];
    for (const id of ids) {
      try {
        found.push(describe(findNamedQuery(store.entries, context, id)));
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        missing.push({ NamedQueryId: id, ErrorCode: 'INVALID_INPUT', ErrorMessage: error.message });
      }
    }
    return { NamedQueries: found, UnprocessedNamedQueryIds: missing };
  };

export const listNamedQueries =
  ({ store }: Athena): Operation<ListNamedQueriesCommandInput, ListNamedQueriesCommandOutput> =>
  (input, context) => {
    const { name } = findWorkGroup(store.entries, context, input.WorkGroup);
    const all = [...store.entries.list<NamedQueryEntry>(namedQueriesOf(context, name))];
    const page = pageOf(all, ({ id }) => id, pageRequest(input, { least: 0, most: MOST_AT_ONCE }));
    return {
      ...(page.next !== undefined && { NextToken: page.next }),
      NamedQueryIds: page.items.map(({ id }) => id),
    };
  };

/** A description that is not given stays. */
export const updateNamedQuery =
  ({ store }: Athena): Operation<UpdateNamedQueryCommandInput, UpdateNamedQueryCommandOutput> =>
  async ({ NamedQueryId: id, Name: name, Description, QueryString: query }, context) => {
    await store.transaction(() => {
      const before = findNamedQuery(store.entries, context, id);
      const description = Description ?? before.description;
      checkText(name, description, query);
      putNamedQuery(store.entries, context, { ...before, name, description, query });
    });
    return {};
  };

export const deleteNamedQuery =
  ({ store }: Athena): Operation<DeleteNamedQueryCommandInput, DeleteNamedQueryCommandOutput> =>
  async ({ NamedQueryId: id = '' }, context) => {
    await store.transaction(() => {
      removeNamedQuery(store.entries, context, findNamedQuery(store.entries, context, id));
    });
    return {};
  };

function checkText(name: string, description: string, query: string): void {
  if (name.length < 1 || name.length > 128) {
    throw invalidRequest(
      `The name of a named query must be 1 to 128 characters long, and not ${name.length}.`,
    );
  }
  if (description.length > 1024) {
    throw invalidRequest(`Description must be up to 1024 characters long, and not ${description.length}.`);
  }
  if (query.length < 1 || Buffer.byteLength(query) > MAX_QUERY_BYTES) {
    throw invalidRequest(`QueryString must be 1 to ${MAX_QUERY_BYTES} bytes long.`);
  }
}

const describe = ({ id, name, description, database, query, workGroup }: NamedQueryEntry): NamedQuery => ({
  NamedQueryId: id,
  Name: name,
  ...(description !== '' && { Description: description }),
  Database: database,
  QueryString: query,
  WorkGroup: workGroup,
});
