import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  type FirehoseClient,
} from '@aws-sdk/client-firehose';
import type { Block } from '../block.js';
import { ProvisionError } from '../provision-error.js';
import { type Creator, createUnless } from './creator.js';
import { destinationOf } from './delivery-destination.js';

/** `aws_kinesis_firehose_delivery_stream` into S3, from a Kinesis stream or from who puts records to it. */
export const deliveryStream: Creator = {
  nameProperty: 'name',
  async create(resource, { firehose }) {
    const name = resource.text('name');
    const { source, destination } = bothEnds(resource);
    const outcome = await createUnless(
      'ResourceInUseException',
      firehose.send(
        new CreateDeliveryStreamCommand({
          DeliveryStreamName: name,
          DeliveryStreamType: source ? 'KinesisStreamAsSource' : 'DirectPut',
          KinesisStreamSourceConfiguration: source && {
            KinesisStreamARN: source.text('kinesis_stream_arn'),
            RoleARN: source.text('role_arn'),
          },
          ExtendedS3DestinationConfiguration: destinationOf(destination),
        }),
      ),
    );
    await untilActive(firehose, name);
    return outcome;
  },
};

function bothEnds(resource: Block): { source: Block | undefined; destination: Block } {
  const destination = resource.block('extended_s3_configuration');
  if (resource.text('destination') !== 'extended_s3' || !destination) {
    throw new ProvisionError(resource.address, 'only delivery to extended_s3 can be provisioned');
  }
  if (resource.block('msk_source_configuration')) {
    throw new ProvisionError(resource.address, 'delivery from a Kafka cluster cannot be provisioned');
  }
  return { source: resource.block('kinesis_source_configuration'), destination };
}

const MAX_WAIT_MS = 60_000;
const POLL_MS = 100;

/** Records are taken from the moment that it is active. The SDK has a waiter for Kinesis, but none for Firehose. */
async function untilActive(firehose: FirehoseClient, name: string): Promise<void> {
  const deadline = Date.now() + MAX_WAIT_MS;
  for (;;) {
    const answer = await firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: name }));
    const status = answer.DeliveryStreamDescription?.DeliveryStreamStatus;
    if (status === 'ACTIVE') return;
    if (status !== 'CREATING') throw new Error(`its status is ${status}`);
    if (Date.now() > deadline) throw new Error(`it is still being created after ${MAX_WAIT_MS / 1000} s`);
    await sleep(POLL_MS);
  }
}
