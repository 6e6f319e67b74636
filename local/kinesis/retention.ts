import type {
  DecreaseStreamRetentionPeriodCommandInput,
  DecreaseStreamRetentionPeriodCommandOutput,
  IncreaseStreamRetentionPeriodCommandInput,
  IncreaseStreamRetentionPeriodCommandOutput,
} from '@aws-sdk/client-kinesis';
import { AwsError, serializationError } from '../wire/aws-error.js';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import type { Kinesis } from './kinesis.js';
import { LIMITS } from './limits.js';
import { changeStream, trimHorizon } from './stream-entry.js';

export const increaseStreamRetentionPeriod =
  ({
    store,
    log,
    clock,
  }: Kinesis): Operation<
    IncreaseStreamRetentionPeriodCommandInput,
    IncreaseStreamRetentionPeriodCommandOutput
  > =>
  async (input, context) => {
    refuse(input, 'StreamId');
    const { RetentionPeriodHours: hours } = input;
    checkHours(hours);
    await changeStream(store, input, context, (stream) => {
      if (hours < stream.retentionHours) throw wrongWay(hours, stream, 'shorter', 'Decrease');
      // What was no longer handed out does not come back.
      const horizon = trimHorizon(stream, clock.now());
      for (const { number } of stream.shards) log.trim(stream.id, number, horizon);
      return { ...stream, retentionHours: hours };
    });
    return {};
  };

export const decreaseStreamRetentionPeriod =
  ({
    store,
  }: Kinesis): Operation<
    DecreaseStreamRetentionPeriodCommandInput,
    DecreaseStreamRetentionPeriodCommandOutput
  > =>
  async (input, context) => {
    refuse(input, 'StreamId');
    const { RetentionPeriodHours: hours } = input;
    checkHours(hours);
    await changeStream(store, input, context, (stream) => {
      if (hours > stream.retentionHours) throw wrongWay(hours, stream, 'longer', 'Increase');
      return { ...stream, retentionHours: hours };
    });
    return {};
  };

function checkHours(hours: number): void {
  const { least, most } = LIMITS.retentionHours;
  if (!Number.isInteger(hours)) throw serializationError('retentionPeriodHours is not an integer.');
  if (hours < least) {
    throw invalid(
      `Minimum allowed retention period is ${least} hours. Requested retention period (${hours} hours) is too short.`,
    );
  }
  if (hours > most) {
    throw invalid(
      `Maximum allowed retention period is ${most} hours. Requested retention period (${hours} hours) is too long.`,
    );
  }
}

const wrongWay = (
  hours: number,
  { name, retentionHours }: { readonly name: string; readonly retentionHours: number },
  than: 'shorter' | 'longer',
  other: 'Increase' | 'Decrease',
) =>
  invalid(
    `Requested retention period (${hours} hours) for stream ${name} can not be ${than} than existing retention ` +
      `period (${retentionHours} hours). Use ${other}RetentionPeriod API.`,
  );

const invalid = (message: string) => new AwsError('InvalidArgumentException', message);
