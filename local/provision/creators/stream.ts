import {
  CreateStreamCommand,
  IncreaseStreamRetentionPeriodCommand,
  type StreamMode,
  waitUntilStreamExists,
} from '@aws-sdk/client-kinesis';
import { type Creator, createUnless } from './creator.js';

/** What a stream keeps unless told otherwise. */
const DEFAULT_RETENTION_HOURS = 24;
const MAX_WAIT_SECONDS = 60;

/** `aws_kinesis_stream`. Encryption is left out, as the key is. */
export const stream: Creator = {
  nameProperty: 'name',
  async create(resource, { kinesis }) {
    const StreamName = resource.text('name');
    const mode = resource.block('stream_mode_details')?.textIfSet('stream_mode') as StreamMode | undefined;
    const hours = resource.numberIfSet('retention_period') ?? DEFAULT_RETENTION_HOURS;
    const outcome = await createUnless(
      'ResourceInUseException',
      kinesis.send(
        new CreateStreamCommand({
          StreamName,
          ShardCount: resource.numberIfSet('shard_count'),
          StreamModeDetails: mode && { StreamMode: mode },
        }),
      ),
    );
    const waiting = { client: kinesis, maxWaitTime: MAX_WAIT_SECONDS, minDelay: 0.1, maxDelay: 1 };
    await waitUntilStreamExists(waiting, { StreamName });
    if (outcome === 'created' && hours > DEFAULT_RETENTION_HOURS) {
      await kinesis.send(
        new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: hours }),
      );
    }
    return outcome;
  },
};
