import { CreateDatabaseCommand } from '@aws-sdk/client-glue';
import { type Creator, createUnless } from './creator.js';

/** `aws_glue_catalog_database`. */
export const database: Creator = {
  nameProperty: 'name',
  create(resource, { glue }) {
    return createUnless(
      'AlreadyExistsException',
      glue.send(
        new CreateDatabaseCommand({
          CatalogId: resource.textIfSet('catalog_id'),
          DatabaseInput: {
            Name: resource.text('name'),
            Description: resource.textIfSet('description'),
            LocationUri: resource.textIfSet('location_uri'),
            Parameters: resource.textsIfSet('parameters'),
          },
        }),
      ),
    );
  },
};
