import type {
  GetTableVersionCommandInput,
  GetTableVersionCommandOutput,
  GetTableVersionsCommandInput,
  GetTableVersionsCommandOutput,
  TableVersion,
} from '@aws-sdk/client-glue';
import type { Entries } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { type CatalogPlace, checkCatalog, findTable, type TableEntry } from './catalog.js';
import { describeTable } from './describe-table.js';
import type { Glue } from './glue.js';

/** How a table is named within a catalog. */
interface TableName {
  readonly database: string;
  readonly table: string;
}

/** The definitions that a table had before the one that it has. */
const versionKey = ({ account, region }: CatalogPlace, { database, table }: TableName, version: number) =>
  ['table-version', account, region, database.toLowerCase(), table.toLowerCase(), version] as const;

/** Keeps a definition of a table that is about to be replaced. Call it in a transaction. */
export function archiveVersion(entries: Entries, place: CatalogPlace, table: TableEntry): void {
  entries.put(versionKey(place, nameOf(table), table.version), table);
}

/** Forgets the earlier definitions of a table. Call it in a transaction. */
export function removeVersions(entries: Entries, place: CatalogPlace, table: TableEntry): void {
  for (const { version } of archived(entries, place, nameOf(table))) {
    entries.remove(versionKey(place, nameOf(table), version));
  }
}

/**
 * A definition of a table by its number, or the one that it has by `LATEST`.
 * @throws AwsError `EntityNotFoundException` where there is no such table, or no such definition of it.
 */
export function findTableVersion(
  entries: Entries,
  place: CatalogPlace,
  name: TableName,
  version: string,
): TableEntry {
  const table = findTable(entries, place, name.database, name.table);
  if (version === 'LATEST' || version === String(table.version)) return table;
  const earlier = /^\d{1,9}$/.test(version)
    ? entries.get<TableEntry>(versionKey(place, name, Number(version)))
    : undefined;
  if (earlier) return earlier;
  throw new AwsError('EntityNotFoundException', `Version ${version} of table ${table.input.Name} not found.`);
}

export const getTableVersion =
  ({ store }: Glue): Operation<GetTableVersionCommandInput, GetTableVersionCommandOutput> =>
  (input, place) => {
    checkCatalog(input.CatalogId, place);
    const name = { database: input.DatabaseName, table: input.TableName };
    const table = findTableVersion(store.entries, place, name, input.VersionId ?? 'LATEST');
    return { TableVersion: describeVersion(table) };
  };

/** The latest version comes first. */
export const getTableVersions =
  ({ store }: Glue): Operation<GetTableVersionsCommandInput, GetTableVersionsCommandOutput> =>
  (input, place) => {
    checkCatalog(input.CatalogId, place);
    const { DatabaseName, TableName, MaxResults: limit = 100, NextToken: token } = input;
    if (limit < 1) {
      throw new AwsError('InvalidInputException', `MaxResults must be 1 or more, and not ${limit}.`);
    }
    const table = findTable(store.entries, place, DatabaseName, TableName);
    const earlier = archived(store.entries, place, nameOf(table));
    const all = [...earlier, table].sort((a, b) => b.version - a.version);
    const before = token === undefined ? Number.POSITIVE_INFINITY : Number(token);
    const rest = all.filter(({ version }) => version < before);
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    return {
      TableVersions: page.map(describeVersion),
      ...(rest.length > limit && last && { NextToken: String(last.version) }),
    };
  };

const nameOf = ({ database, input }: TableEntry): TableName => ({ database, table: input.Name });

const archived = (entries: Entries, place: CatalogPlace, name: TableName) => [
  ...entries.list<TableEntry>(versionKey(place, name, 0).slice(0, -1)),
];

const describeVersion = (table: TableEntry): TableVersion => ({
  Table: describeTable(table),
  VersionId: String(table.version),
});
