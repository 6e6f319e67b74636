import type { UpdateStreamModeCommandInput, UpdateStreamModeCommandOutput } from '@aws-sdk/client-kinesis';
import { AwsError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import type { Kinesis } from './kinesis.js';
import { LIMITS } from './limits.js';
import { changeStream } from './stream-entry.js';
import { lastDay } from './validation.js';

/** Changes who decides on the number of shards. The shards that there are stay. */
export const updateStreamMode =
  ({ store, clock }: Kinesis): Operation<UpdateStreamModeCommandInput, UpdateStreamModeCommandOutput> =>
  async (input, context) => {
    refuse(input, 'StreamId', 'WarmThroughputMiBps');
    const mode = input.StreamModeDetails.StreamMode;
    const now = clock.now();
    await changeStream(store, { StreamARN: input.StreamARN }, context, (stream) => {
      if (stream.mode === mode) return stream;
      const modeChangedAt = lastDay(stream.modeChangedAt, now);
      if (modeChangedAt.length >= LIMITS.modeChangesADay) {
        throw new AwsError(
          'LimitExceededException',
          `The mode of stream ${stream.name} under account ${stream.account} was changed ${modeChangedAt.length} ` +
            'times in the last 24 hours, which is the most that there may be.',
        );
      }
      return { ...stream, mode, modeChangedAt: [...modeChangedAt, now] };
    });
    return {};
  };
