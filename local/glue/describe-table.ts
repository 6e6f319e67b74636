import type { Table } from '@aws-sdk/client-glue';
import type { TableEntry } from './catalog.js';

/** A table as Glue describes it. */
export function describeTable({
  account,
  database,
  input,
  createdAt,
  updatedAt,
  version,
}: TableEntry): Table {
  return {
    ...input,
    CatalogId: account,
    DatabaseName: database,
    CreateTime: new Date(createdAt),
    UpdateTime: new Date(updatedAt),
    CreatedBy: `arn:aws:iam::${account}:user/local`,
    IsRegisteredWithLakeFormation: false,
    VersionId: String(version),
  };
}
