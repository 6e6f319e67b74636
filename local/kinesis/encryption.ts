import type {
  EncryptionType,
  StartStreamEncryptionCommandInput,
  StartStreamEncryptionCommandOutput,
  StopStreamEncryptionCommandInput,
  StopStreamEncryptionCommandOutput,
} from '@aws-sdk/client-kinesis';
import type { Operation } from '../wire/operation.js';
import { refuse } from '../wire/refuse.js';
import type { Kinesis } from './kinesis.js';
import { changeStream } from './stream-entry.js';
import { checkLength, constraintError } from './validation.js';

/** Keeps the key and says `KMS` from then on; records lie in the store as they came. */
export const startStreamEncryption =
  ({ store }: Kinesis): Operation<StartStreamEncryptionCommandInput, StartStreamEncryptionCommandOutput> =>
  async (input, context) => {
    checkEncryption(input);
    await changeStream(store, input, context, (stream) => ({ ...stream, keyId: input.KeyId }));
    return {};
  };

export const stopStreamEncryption =
  ({ store }: Kinesis): Operation<StopStreamEncryptionCommandInput, StopStreamEncryptionCommandOutput> =>
  async (input, context) => {
    checkEncryption(input);
    await changeStream(store, input, context, ({ keyId, ...stream }) => stream);
    return {};
  };

export const encryptionType = (isEncrypted: boolean): EncryptionType => (isEncrypted ? 'KMS' : 'NONE');

function checkEncryption(input: {
  readonly EncryptionType: string;
  readonly KeyId: string;
  readonly StreamId?: string;
}): void {
  refuse(input, 'StreamId');
  if (input.EncryptionType !== 'KMS') {
    throw constraintError(input.EncryptionType, 'encryptionType', 'satisfy enum value set: [KMS]');
  }
  checkLength(input.KeyId, 'keyId', 1, 2048);
}
