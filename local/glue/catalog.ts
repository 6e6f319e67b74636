import type { DatabaseInput, TableInput } from '@aws-sdk/client-glue';
import type { Tags } from '../resources/tags.js';
import type { Entries } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import type { Checked } from '../wire/operation.js';

/** A database as the store keeps it. */
export interface DatabaseEntry {
  readonly account: string;
  readonly input: Checked<DatabaseInput>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly tags: Tags;
}

/** A table as the store keeps it. */
export interface TableEntry {
  readonly account: string;
  readonly database: string;
  readonly input: Checked<TableInput>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Counts the table's definitions from 0. */
  readonly version: number;
}

/** Where a catalog is: each account has one in each region. */
export interface CatalogPlace {
  readonly account: string;
  readonly region: string;
}

/** Characters that a name in the catalog may have, and that the place of one may. */
export const LONGEST_NAME = 255;
const LONGEST_PLACE = 64;

/** What is longer names nothing, and is too long for the store. */
const isNameable = ({ account, region }: CatalogPlace, ...names: readonly string[]) =>
  account.length <= LONGEST_PLACE &&
  region.length <= LONGEST_PLACE &&
  names.every((name) => name.length <= LONGEST_NAME);

/** Glue keeps names in lower case, and finds them however they are written. */
export const databaseKey = ({ account, region }: CatalogPlace, name: string) =>
  ['database', account, region, name.toLowerCase()] as const;

export const tableKey = ({ account, region }: CatalogPlace, database: string, name: string) =>
  ['table', account, region, database.toLowerCase(), name.toLowerCase()] as const;

/** @throws AwsError `EntityNotFoundException` where there is no such database. */
export function findDatabase(entries: Entries, place: CatalogPlace, name: string): DatabaseEntry {
  const database = isNameable(place, name) ? entries.get<DatabaseEntry>(databaseKey(place, name)) : undefined;
  if (!database) throw new AwsError('EntityNotFoundException', `Database ${name.toLowerCase()} not found.`);
  return database;
}

/** @throws AwsError `EntityNotFoundException` where there is no such table. */
export function findTable(entries: Entries, place: CatalogPlace, database: string, name: string): TableEntry {
  findDatabase(entries, place, database);
  const table = lookUpTable(entries, place, database, name);
  if (!table) throw new AwsError('EntityNotFoundException', `Table ${name.toLowerCase()} not found.`);
  return table;
}

/** A table, or undefined where there is none. */
export function lookUpTable(
  entries: Entries,
  place: CatalogPlace,
  database: string,
  name: string,
): TableEntry | undefined {
  if (!isNameable(place, database, name)) return undefined;
  return entries.get<TableEntry>(tableKey(place, database, name));
}

/**
 * The name in lower case.
 * @throws AwsError where Glue does not take it.
 */
export function checkedName(name: string, member: string): string {
  if (name.length < 1 || name.length > LONGEST_NAME) {
    throw new AwsError(
      'InvalidInputException',
      `${member} must be 1 to ${LONGEST_NAME} characters long, and not ${name.length}.`,
    );
  }
  return name.toLowerCase();
}

/** @throws AwsError for a catalog that is another account's. */
export function checkCatalog(catalogId: string | undefined, { account }: CatalogPlace): void {
  if (catalogId === undefined || catalogId === account) return;
  throw new AwsError('EntityNotFoundException', `Catalog ${catalogId} not found.`);
}
