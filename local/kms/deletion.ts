import { AwsError } from '../wire/aws-error.js';
import { changeKey, keyIdOf } from './key-entry.js';
import type { Kms, KmsOperations } from './kms.js';

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
const WINDOW_DAYS = { least: 7, most: 30 };
const DAY_MS = 24 * 60 * 60 * 1000;

/** A key is not deleted at once: until then it is there, pending deletion, and of no use. */
export const deletionOperations = (kms: Kms): KmsOperations => ({
  async ScheduleKeyDeletion({ KeyId: reference, PendingWindowInDays: days = WINDOW_DAYS.most }, context) {
    const { least, most } = WINDOW_DAYS;
    if (days < least || days > most) {
      throw new AwsError(
        'ValidationException',
        `PendingWindowInDays must be ${least} to ${most}, and not ${days}.`,
      );
    }
    const deletedAt = kms.clock.now() + days * DAY_MS;
    const { arn } = await changeKey(kms, context, reference, (key) => ({ ...key, deletedAt }));
    return {
      KeyId: arn,
      KeyState: 'PendingDeletion',
      DeletionDate: new Date(deletedAt),
      PendingWindowInDays: days,
    };
  },

  /** The key comes back disabled, as on AWS. */
  async CancelKeyDeletion({ KeyId: reference }, context) {
    const { arn } = await kms.keys.change(
      context,
      keyIdOf(kms, context, reference),
      ({ deletedAt, ...key }) => {
        if (deletedAt === undefined) {
          throw new AwsError('KMSInvalidStateException', `${key.arn} is not pending deletion.`);
        }
        return { ...key, isEnabled: false };
      },
    );
    return { KeyId: arn };
  },
});
