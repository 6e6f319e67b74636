import { type Column, CreateTableCommand, type StorageDescriptor } from '@aws-sdk/client-glue';
import type { Block } from '../block.js';
import { type Creator, createUnless } from './creator.js';

/** `aws_glue_catalog_table`. */
export const table: Creator = {
  nameProperty: 'name',
  create(resource, { glue }) {
    return createUnless(
      'AlreadyExistsException',
      glue.send(
        new CreateTableCommand({
          CatalogId: resource.textIfSet('catalog_id'),
          DatabaseName: resource.text('database_name'),
          TableInput: {
            Name: resource.text('name'),
            Description: resource.textIfSet('description'),
            TableType: resource.textIfSet('table_type'),
            Parameters: resource.textsIfSet('parameters'),
            PartitionKeys: resource.blocks('partition_keys').map(columnOf),
            StorageDescriptor: storageOf(resource.block('storage_descriptor')),
          },
        }),
      ),
    );
  },
};

function columnOf(column: Block): Column {
  return { Name: column.text('name'), Type: column.textIfSet('type'), Comment: column.textIfSet('comment') };
}

function storageOf(storage: Block | undefined): StorageDescriptor | undefined {
  if (!storage) return undefined;
  const serde = storage.block('ser_de_info');
  return {
    Location: storage.textIfSet('location'),
    InputFormat: storage.textIfSet('input_format'),
    OutputFormat: storage.textIfSet('output_format'),
    Compressed: storage.flagIfSet('compressed'),
    Columns: storage.blocks('columns').map(columnOf),
    SerdeInfo: serde && {
      Name: serde.textIfSet('name'),
      SerializationLibrary: serde.textIfSet('serialization_library'),
      Parameters: serde.textsIfSet('parameters'),
    },
  };
}
