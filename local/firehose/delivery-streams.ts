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
import type { Checked, Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import { bufferingOf } from './buffering.js';
import { Constraints } from './constraints.js';
import { checkEncryption } from './delivery-encryption.js';
import {
  type Checkpoint,
  checkpointKey,
  type DeliveryEntry,
  DIRECT_PUT,
  deliveryArn,
  deliveryKey,
  findDelivery,
  invalid,
  KINESIS_SOURCE,
  LONGEST_NAME,
  typeOf,
} from './delivery-entry.js';
import { checkTags } from './delivery-tags.js';
import { describeDelivery } from './describe.js';
import { checkDestination } from './destination-check.js';
import { checkConstraints } from './destination-constraints.js';
import type { Firehose } from './firehose.js';

export const createDeliveryStream =
  (firehose: Firehose): Operation<CreateDeliveryStreamCommandInput, CreateDeliveryStreamCommandOutput> =>
  async (input, context) => {
    const { store, log, clock, deliveries } = firehose;
    const { account, region } = context;
    const { DeliveryStreamName: name, DeliveryStreamEncryptionConfigurationInput: encryption } = input;
    const constraints = new Constraints();
    constraints.length('deliveryStreamName', name, 1, LONGEST_NAME);
    constraints.pattern('deliveryStreamName', name, /^[a-zA-Z0-9_.-]+$/, '[a-zA-Z0-9_.-]+');
    constraints.oneOf('deliveryStreamType', input.DeliveryStreamType, TYPES);
    constraints.check();
    refuseWhatIsNotThere(input);
    const given = input.ExtendedS3DestinationConfiguration;
    if (!given) throw invalid('Exactly one destination configuration is supported for a Firehose');
    checkConstraints(given, given.S3BackupConfiguration, 'extendedS3DestinationConfiguration');
    const source = sourceOf(input);
    const destination = { ...given, BufferingHints: bufferingOf(given) };
    const schema = destination.DataFormatConversionConfiguration?.SchemaConfiguration;
    // Firehose takes the schema's region to be its own where it is not given.
    if (schema && schema.Region === undefined) schema.Region = region;
    checkDestination(destination, store.entries, account);
    if (encryption) checkEncryption(encryption, source !== undefined);
    const tags = tagsOf(input.Tags);
    checkTags(tags);
    const entry = await store.transaction(() => {
      if (store.entries.get(deliveryKey(account, region, name))) {
        throw new AwsError(
          'ResourceInUseException',
          `Firehose ${name} under accountId ${account} already exists`,
        );
      }
      const stream = source && findStream(store.entries, { StreamARN: source.KinesisStreamARN }, context);
      const delivery: DeliveryEntry = {
        id: store.nextId(),
        name,
        arn: deliveryArn(account, region, name),
        account,
        region,
        createdAt: clock.now(),
        version: 1,
        ...(source && { source }),
        ...(encryption && { encryption }),
        destination,
        tags,
      };
      store.entries.put(deliveryKey(account, region, name), delivery);
      // What was on the stream before is not delivered: Firehose starts at LATEST.
      const { id: streamId, shards } = stream ?? { id: delivery.id, shards: [] };
      const checkpoint: Checkpoint = {
        streamId,
        shards: shards.map(({ number }) => {
          const { next, bytes } = log.tail(streamId, number);
          return { position: next, bytes };
        }),
      };
      store.entries.put(checkpointKey(delivery.id), checkpoint);
      return delivery;
    });
    deliveries.start(entry);
    return { DeliveryStreamARN: entry.arn };
  };

type CreateInput = Checked<CreateDeliveryStreamCommandInput>;

const TYPES = [DIRECT_PUT, KINESIS_SOURCE, 'MSKAsSource', 'DatabaseAsSource'];

function refuseWhatIsNotThere(input: CreateInput): void {
  refuse(input, 'S3DestinationConfiguration', 'RedshiftDestinationConfiguration');
  refuse(input, 'ElasticsearchDestinationConfiguration', 'AmazonopensearchserviceDestinationConfiguration');
  refuse(input, 'AmazonOpenSearchServerlessDestinationConfiguration', 'SplunkDestinationConfiguration');
  refuse(input, 'HttpEndpointDestinationConfiguration', 'SnowflakeDestinationConfiguration');
  refuse(input, 'IcebergDestinationConfiguration', 'MSKSourceConfiguration', 'DatabaseSourceConfiguration');
  refuse(input, 'DirectPutSourceConfiguration');
}

/** The stream that the records come from; undefined with Direct PUT, which a delivery stream has unless it says. */
function sourceOf({ DeliveryStreamType: type = DIRECT_PUT, KinesisStreamSourceConfiguration }: CreateInput) {
  if (type === DIRECT_PUT) {
    if (!KinesisStreamSourceConfiguration) return undefined;
    // AWS takes it, ignores it, and delivers nothing of the stream.
    throw new AwsError(
      'NotImplemented',
      `Local AWS does not ignore a KinesisStreamSourceConfiguration: set DeliveryStreamType to ${KINESIS_SOURCE}.`,
      501,
    );
  }
  if (type !== KINESIS_SOURCE) {
    throw new AwsError('NotImplemented', `Local AWS does not implement the DeliveryStreamType ${type}.`, 501);
  }
  if (KinesisStreamSourceConfiguration) return KinesisStreamSourceConfiguration;
  throw invalid('KinesisSourceStreamConfig is mandatory for KinesisStreamAsSource stream type.');
}

export const deleteDeliveryStream =
  ({
    store,
    log,
    deliveries,
  }: Firehose): Operation<DeleteDeliveryStreamCommandInput, DeleteDeliveryStreamCommandOutput> =>
  async ({ DeliveryStreamName: name }, context) => {
    const id = await store.transaction(() => {
      const delivery = findDelivery(store.entries, context, name);
      store.entries.remove(deliveryKey(delivery.account, delivery.region, name));
      store.entries.remove(checkpointKey(delivery.id));
      if (!delivery.source) log.removeAll(delivery.id, 1);
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
    for (const delivery of all) {
      if (type !== undefined && type !== typeOf(delivery)) continue;
      names.push(delivery.name);
      if (names.length > limit) break;
    }
    return { DeliveryStreamNames: names.slice(0, limit), HasMoreDeliveryStreams: names.length > limit };
  };
