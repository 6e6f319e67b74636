import { AwsError } from '../wire/aws-error.js';
import { changeKey, findKey } from './key-entry.js';
import type { Kms, KmsOperations } from './kms.js';

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
const ROTATION_DAYS = { least: 90, most: 2560, unlessGiven: 365 };

/** Rotation is kept as a setting: there is no key material that could change. */
export const rotationOperations = (kms: Kms): KmsOperations => ({
  async EnableKeyRotation({ KeyId: reference, RotationPeriodInDays: given }, context) {
    const { least, most, unlessGiven } = ROTATION_DAYS;
    if (given !== undefined && (given < least || given > most)) {
      throw new AwsError(
        'ValidationException',
        `RotationPeriodInDays must be ${least} to ${most}, and not ${given}.`,
      );
    }
    await changeKey(kms, context, reference, (key) => ({
      ...key,
      rotationDays: given ?? key.rotationDays ?? unlessGiven,
    }));
    return {};
  },

  async DisableKeyRotation({ KeyId: reference }, context) {
    await changeKey(kms, context, reference, ({ rotationDays: _, ...key }) => key);
    return {};
  },

  GetKeyRotationStatus({ KeyId: reference }, context) {
    const { arn, rotationDays, deletedAt } = findKey(kms, context, reference);
    if (rotationDays === undefined || deletedAt !== undefined)
      return { KeyId: arn, KeyRotationEnabled: false };
    return { KeyId: arn, KeyRotationEnabled: true, RotationPeriodInDays: rotationDays };
  },
});
