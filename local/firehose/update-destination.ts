import type { UpdateDestinationCommandInput, UpdateDestinationCommandOutput } from '@aws-sdk/client-firehose';
import { AwsError } from '../wire/aws-error.js';
import type { Checked, Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import {
  DESTINATION_ID,
  type DeliveryEntry,
  type Destination,
  deliveryKey,
  findDelivery,
} from './delivery-entry.js';
import { checkDestination } from './destination-check.js';
import type { Firehose } from './firehose.js';

/** Changes what is delivered from then on: what the request does not name stays as it is. */
export const updateDestination =
  ({
    store,
    clock,
    deliveries,
  }: Firehose): Operation<UpdateDestinationCommandInput, UpdateDestinationCommandOutput> =>
  async (input, context) => {
    refuse(input, 'S3DestinationUpdate', 'RedshiftDestinationUpdate', 'ElasticsearchDestinationUpdate');
    refuse(input, 'AmazonopensearchserviceDestinationUpdate', 'AmazonOpenSearchServerlessDestinationUpdate');
    refuse(input, 'SplunkDestinationUpdate', 'HttpEndpointDestinationUpdate', 'SnowflakeDestinationUpdate');
    refuse(input, 'IcebergDestinationUpdate');
    const { DeliveryStreamName: name, CurrentDeliveryStreamVersionId: version, DestinationId: id } = input;
    const update = input.ExtendedS3DestinationUpdate;
    if (!update) throw invalid('Exactly one destination update must be specified.');
    const entry = await store.transaction(() => {
      const delivery = findDelivery(store.entries, context, name);
      if (version !== String(delivery.version)) {
        throw new AwsError(
          'ConcurrentModificationException',
          `Cannot update firehose: ${name} since the current version id: ${delivery.version} and specified version ` +
            `id: ${version} do not match`,
        );
      }
      if (id !== DESTINATION_ID) throw invalid(`Destination Id ${id} not found.`);
      const destination = merge(delivery.destination, update);
      const schema = destination.DataFormatConversionConfiguration?.SchemaConfiguration;
      if (schema && schema.Region === undefined) schema.Region = delivery.region;
      checkDestination(destination, store.entries, delivery.account);
      const changed: DeliveryEntry = {
        ...delivery,
        destination,
        version: delivery.version + 1,
        updatedAt: clock.now(),
      };
      store.entries.put(deliveryKey(delivery.account, delivery.region, name), changed);
      return changed;
    });
    deliveries.update(entry);
    return {};
  };

type Update = NonNullable<Checked<UpdateDestinationCommandInput>['ExtendedS3DestinationUpdate']>;

/**
 * Each member that the update has takes the place of the one that there was, and so it is within the backup.
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_UpdateDestination.html
 */
function merge(before: Destination, { S3BackupUpdate: backup, ...update }: Update): Destination {
  if (before.S3BackupMode === 'Enabled' && update.S3BackupMode === 'Disabled') {
    throw invalid('The S3 backup cannot be disabled once it has been enabled.');
  }
  const merged: Destination = { ...before, ...update };
  if (!backup) return merged;
  const { RoleARN, BucketARN } = { ...before.S3BackupConfiguration, ...backup };
  if (RoleARN === undefined || BucketARN === undefined) {
    throw invalid('S3BackupUpdate must specify RoleARN and BucketARN where there was no backup.');
  }
  return {
    ...merged,
    S3BackupConfiguration: { ...before.S3BackupConfiguration, ...backup, RoleARN, BucketARN },
  };
}

const invalid = (message: string) => new AwsError('InvalidArgumentException', message);
