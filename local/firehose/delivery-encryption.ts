import type {
  DeliveryStreamEncryptionConfigurationInput,
  StartDeliveryStreamEncryptionCommandInput,
  StartDeliveryStreamEncryptionCommandOutput,
  StopDeliveryStreamEncryptionCommandInput,
  StopDeliveryStreamEncryptionCommandOutput,
} from '@aws-sdk/client-firehose';
import type { Checked, Operation } from '../wire/operation.js';
import { Constraints } from './constraints.js';
import { changeDelivery, invalid } from './delivery-entry.js';
import type { Firehose } from './firehose.js';

/** Keeps the key and says `ENABLED` at once, where AWS takes a while; records lie in the store as they came. */
export const startDeliveryStreamEncryption =
  ({
    store,
  }: Firehose): Operation<
    StartDeliveryStreamEncryptionCommandInput,
    StartDeliveryStreamEncryptionCommandOutput
  > =>
  async (input, context) => {
    const { DeliveryStreamEncryptionConfigurationInput: encryption = { KeyType: 'AWS_OWNED_CMK' } } = input;
    await changeDelivery(store, context, input.DeliveryStreamName, (delivery) => {
      checkEncryption(encryption, delivery.source !== undefined);
      return { ...delivery, encryption };
    });
    return {};
  };

export const stopDeliveryStreamEncryption =
  ({
    store,
  }: Firehose): Operation<
    StopDeliveryStreamEncryptionCommandInput,
    StopDeliveryStreamEncryptionCommandOutput
  > =>
  async ({ DeliveryStreamName: name }, context) => {
    await changeDelivery(store, context, name, ({ encryption, ...delivery }) => delivery);
    return {};
  };

/** @throws AwsError for a key that a delivery stream cannot have, and for any where its records lie in a stream. */
export function checkEncryption(
  { KeyType: type, KeyARN: arn }: Checked<DeliveryStreamEncryptionConfigurationInput>,
  hasStream: boolean,
): void {
  const constraints = new Constraints('deliveryStreamEncryptionConfigurationInput');
  constraints.oneOf('keyType', type, ['CUSTOMER_MANAGED_CMK', 'AWS_OWNED_CMK']);
  constraints.pattern('keyARN', arn, new RegExp(`^${KEY_ARN}$`), KEY_ARN);
  constraints.check();
  if (hasStream) {
    throw invalid(
      'Server side encryption from firehose is only allowed for direct put delivery streams and database as a source ' +
        'delivery streams',
    );
  }
  if (type === 'CUSTOMER_MANAGED_CMK' && arn === undefined)
    throw invalid('KeyARN has to be specified when KeyType is CUSTOMER_MANAGED_CMK');
  if (type === 'AWS_OWNED_CMK' && arn !== undefined)
    throw invalid('KeyARN cannot be specified when KeyType is AWS_OWNED_CMK');
}

const KEY_ARN = String.raw`arn:.*:kms:[a-zA-Z0-9\-]+:\d{12}:(key|alias)/[a-zA-Z_0-9+=,.@\-_/]+`;
