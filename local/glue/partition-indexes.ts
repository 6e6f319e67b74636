import type { GetPartitionIndexesCommandInput, GetPartitionIndexesCommandOutput } from '@aws-sdk/client-glue';
import type { Operation } from '../wire/operation.js';
import { checkCatalog, findTable } from './catalog.js';
import type { Glue } from './glue.js';

/** No table has one: they cannot be made here. */
export const getPartitionIndexes =
  ({ store }: Glue): Operation<GetPartitionIndexesCommandInput, GetPartitionIndexesCommandOutput> =>
  (input, place) => {
    checkCatalog(input.CatalogId, place);
    findTable(store.entries, place, input.DatabaseName, input.TableName);
    return { PartitionIndexDescriptorList: [] };
  };
