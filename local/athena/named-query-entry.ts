import type { Place } from '../resources/resource-table.js';
import type { Entries } from '../store/store.js';
import { LONGEST_ID } from './execution-entry.js';
import { invalidRequest } from './invalid-request.js';

/** A named query as the store keeps it. */
export interface NamedQueryEntry {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly database: string;
  readonly query: string;
  readonly workGroup: string;
  /** Of the request that made it, if it had one. */
  readonly token?: string;
}

const namedQueryKey = ({ account, region }: Place, id: string) =>
  ['named-query', account, region, id] as const;

const tokenKey = ({ account, region }: Place, token: string) =>
  ['named-query-token', account, region, token] as const;

/** Prefix of the entries that name the queries of a workgroup. */
export const namedQueriesOf = ({ account, region }: Place, workGroup: string) =>
  ['workgroup-query', account, region, workGroup] as const;

/** Keeps a named query. Call it in a transaction. */
export function putNamedQuery(entries: Entries, place: Place, query: NamedQueryEntry): void {
  entries.put(namedQueryKey(place, query.id), query);
  entries.put([...namedQueriesOf(place, query.workGroup), query.id], query);
  if (query.token !== undefined) entries.put(tokenKey(place, query.token), query);
}

/** Forgets a named query. Call it in a transaction. */
export function removeNamedQuery(entries: Entries, place: Place, query: NamedQueryEntry): void {
  entries.remove(namedQueryKey(place, query.id));
  entries.remove([...namedQueriesOf(place, query.workGroup), query.id]);
  if (query.token !== undefined) entries.remove(tokenKey(place, query.token));
}

/** @throws AwsError `InvalidRequestException` where there is no such named query. */
export function findNamedQuery(entries: Entries, place: Place, id: string): NamedQueryEntry {
  const query = id.length > LONGEST_ID ? undefined : entries.get<NamedQueryEntry>(namedQueryKey(place, id));
  if (query) return query;
  throw invalidRequest(`NamedQuery ${id} does not exist`);
}

/** The named query that a request with this token made. */
export const findByToken = (entries: Entries, place: Place, token: string) =>
  entries.get<NamedQueryEntry>(tokenKey(place, token));
