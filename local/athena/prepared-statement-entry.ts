import type { Place } from '../resources/resource-table.js';
import type { Entries } from '../store/store.js';

/** A prepared statement of a workgroup, as the store keeps it. */
export interface PreparedStatementEntry {
  readonly name: string;
  readonly query: string;
  readonly description: string | undefined;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
}

/** Prefix of a workgroup's prepared statements, by name. */
export const preparedStatementsOf = ({ account, region }: Place, workGroup: string) =>
  ['prepared-statement', account, region, workGroup] as const;

export const preparedStatementKey = (place: Place, workGroup: string, name: string) =>
  [...preparedStatementsOf(place, workGroup), name] as const;

/** The names that a prepared statement may have, by Athena's API reference. */
export const isStatementName = (name: string) => /^[a-zA-Z_][a-zA-Z0-9_@:]{0,255}$/.test(name);

export function lookUpPreparedStatement(
  entries: Entries,
  place: Place,
  workGroup: string,
  name: string,
): PreparedStatementEntry | undefined {
  if (!isStatementName(name)) return undefined;
  return entries.get<PreparedStatementEntry>(preparedStatementKey(place, workGroup, name));
}
