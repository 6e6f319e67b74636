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

/** `aws_kinesis_firehose_delivery_stream`, of a Kinesis stream into S3. */
export const deliveryStream: Creator = {
  nameProperty: 'name',
  async create(resource, { firehose }) {
    const name = resource.text('name');
    const [source, destination] = bothEnds(resource);
    const outcome = await createUnless(
      'ResourceInUseException',
      firehose.send(
        new CreateDeliveryStreamCommand({
          DeliveryStreamName: name,
          DeliveryStreamType: 'KinesisStreamAsSource',
          KinesisStreamSourceConfiguration: {
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

function bothEnds(resource: Block): [source: Block, destination: Block] {
  const kind = resource.text('destination');
  const source = resource.block('kinesis_source_configuration');
  const destination = resource.block('extended_s3_configuration');
  if (kind === 'extended_s3' && source && destination) return [source, destination];
  throw new ProvisionError(
    resource.address,
    'only delivery from a Kinesis stream to extended_s3 can be provisioned',
  );
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
