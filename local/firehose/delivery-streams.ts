import type {
  CreateDeliveryStreamCommandInput,
  CreateDeliveryStreamCommandOutput,
  DeleteDeliveryStreamCommandInput,
  DeleteDeliveryStreamCommandOutput,
  DescribeDeliveryStreamCommandInput,
  DescribeDeliveryStreamCommandOutput,
  ListDeliveryStreamsCommandInput,
  ListDeliveryStreamsCommandOutput,
} from '@aws-sdk/client-firehose';
import { findStream } from '../kinesis/stream-entry.js';
import { tagsOf } from '../resources/tags.js';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import {
  type Checkpoint,
  checkpointKey,
  type DeliveryEntry,
  deliveryArn,
  deliveryKey,
  findDelivery,
  LONGEST_NAME,
} from './delivery-entry.js';
import { checkTags } from './delivery-tags.js';
import { describeDelivery } from './describe.js';
import { checkDestination } from './destination-check.js';
import type { Firehose } from './firehose.js';

export const createDeliveryStream =
  (firehose: Firehose): Operation<CreateDeliveryStreamCommandInput, CreateDeliveryStreamCommandOutput> =>
  async (input, context) => {
    const { store, log, clock, deliveries } = firehose;
    const { account, region } = context;
    const { DeliveryStreamName: name, KinesisStreamSourceConfiguration: source } = input;
    if (!/^[a-zA-Z0-9_.-]{1,64}$/.test(name)) {
      throw invalid(
        `The delivery stream name ${name} must be 1 to 64 letters, digits, underscores, dots or hyphens.`,
      );
    }
    refuseWhatIsNotThere(input);
    const destination = input.ExtendedS3DestinationConfiguration;
    if (!destination) throw invalid('Exactly one destination configuration must be specified.');
    if (!source)
      throw invalid('KinesisStreamSourceConfiguration must be specified for KinesisStreamAsSource.');
    const schema = destination.DataFormatConversionConfiguration?.SchemaConfiguration;
    // Firehose takes the schema's region to be its own where it is not given.
    if (schema && schema.Region === undefined) schema.Region = region;
    checkDestination(destination, store.entries, account);
    const tags = tagsOf(input.Tags);
    checkTags(tags);
    const entry = await store.transaction(() => {
      if (store.entries.get(deliveryKey(account, region, name))) {
        throw new AwsError(
          'ResourceInUseException',
          `Firehose ${name} under accountId ${account} already exists`,
        );
      }
      const stream = findStream(store.entries, { StreamARN: source.KinesisStreamARN }, context);
      const delivery: DeliveryEntry = {
        id: store.nextId(),
        name,
        arn: deliveryArn(account, region, name),
        account,
        region,
        createdAt: clock.now(),
        version: 1,
        source,
        destination,
        tags,
      };
      store.entries.put(deliveryKey(account, region, name), delivery);
      // What was on the stream before is not delivered: Firehose starts at LATEST.
      const checkpoint: Checkpoint = {
        streamId: stream.id,
        shards: stream.shards.map(({ number }) => {
          const { next, bytes } = log.tail(stream.id, number);
          return { position: next, bytes };
        }),
      };
      store.entries.put(checkpointKey(delivery.id), checkpoint);
      return delivery;
    });
    deliveries.start(entry);
    return { DeliveryStreamARN: entry.arn };
  };

function refuseWhatIsNotThere(input: Parameters<ReturnType<typeof createDeliveryStream>>[0]): void {
  refuse(input, 'S3DestinationConfiguration', 'RedshiftDestinationConfiguration');
  refuse(input, 'ElasticsearchDestinationConfiguration', 'AmazonopensearchserviceDestinationConfiguration');
  refuse(input, 'AmazonOpenSearchServerlessDestinationConfiguration', 'SplunkDestinationConfiguration');
  refuse(input, 'HttpEndpointDestinationConfiguration', 'SnowflakeDestinationConfiguration');
  refuse(input, 'IcebergDestinationConfiguration', 'MSKSourceConfiguration', 'DatabaseSourceConfiguration');
  refuse(input, 'DeliveryStreamEncryptionConfigurationInput', 'DirectPutSourceConfiguration');
  const type = input.DeliveryStreamType ?? 'DirectPut';
  if (type === 'KinesisStreamAsSource') return;
  throw new AwsError('NotImplemented', `Local AWS does not implement the DeliveryStreamType ${type}.`, 501);
}

export const deleteDeliveryStream =
  ({
    store,
    deliveries,
  }: Firehose): Operation<DeleteDeliveryStreamCommandInput, DeleteDeliveryStreamCommandOutput> =>
  async ({ DeliveryStreamName: name }, context) => {
    const id = await store.transaction(() => {
      const delivery = findDelivery(store.entries, context, name);
      store.entries.remove(deliveryKey(delivery.account, delivery.region, name));
      store.entries.remove(checkpointKey(delivery.id));
      return delivery.id;
    });
    await deliveries.stop(id);
    return {};
  };

export const describeDeliveryStream =
  ({ store }: Firehose): Operation<DescribeDeliveryStreamCommandInput, DescribeDeliveryStreamCommandOutput> =>
  ({ DeliveryStreamName: name }, context) => ({
    DeliveryStreamDescription: describeDelivery(findDelivery(store.entries, context, name)),
  });

export const listDeliveryStreams =
  ({ store }: Firehose): Operation<ListDeliveryStreamsCommandInput, ListDeliveryStreamsCommandOutput> =>
  (input, { account, region }) => {
    const { Limit: limit = 10, DeliveryStreamType: type, ExclusiveStartDeliveryStreamName: after } = input;
    if (after !== undefined && after.length > LONGEST_NAME) {
      throw invalid(`ExclusiveStartDeliveryStreamName must be up to ${LONGEST_NAME} characters long.`);
    }
    const names: string[] = [];
    const all = store.entries.list<DeliveryEntry>(
      ['delivery', account, region],
      after === undefined ? undefined : deliveryKey(account, region, after),
    );
    for (const { name } of all) {
      if (type !== undefined && type !== 'KinesisStreamAsSource') break;
      names.push(name);
      if (names.length > limit) break;
    }
    return { DeliveryStreamNames: names.slice(0, limit), HasMoreDeliveryStreams: names.length > limit };
  };

const invalid = (message: string) => new AwsError('InvalidArgumentException', message);
