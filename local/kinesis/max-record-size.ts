import type {
  UpdateMaxRecordSizeCommandInput,
  UpdateMaxRecordSizeCommandOutput,
} from '@aws-sdk/client-kinesis';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import type { Kinesis } from './kinesis.js';
import { LIMITS } from './limits.js';
import { changeStream, type StreamEntry } from './stream-entry.js';
import { checkRange } from './validation.js';

/** Changes how large a record may be from now on. What is in the stream stays. */
export const updateMaxRecordSize =
  ({ store }: Kinesis): Operation<UpdateMaxRecordSizeCommandInput, UpdateMaxRecordSizeCommandOutput> =>
  async (input, context) => {
    refuse(input, 'StreamId');
    checkMaxRecordSize(input.MaxRecordSizeInKiB);
    await changeStream(store, input, context, (stream) => ({
      ...stream,
      maxRecordKiB: input.MaxRecordSizeInKiB,
    }));
    return {};
  };

/** @throws AwsError for a size that no stream can be given, in KiB. */
export function checkMaxRecordSize(kibibytes: number | undefined): void {
  const { least, most } = LIMITS.maxRecordKiB;
  checkRange(kibibytes, 'maxRecordSizeInKiB', least, most);
}

/** How large a record of a stream may be, its key counted, in KiB. */
export const maxRecordKiB = ({ maxRecordKiB = LIMITS.maxRecordKiB.least }: StreamEntry) => maxRecordKiB;
