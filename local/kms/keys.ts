import { randomUUID } from 'node:crypto';
import type { KeyMetadata } from '@aws-sdk/client-kms';
import { pageOf } from '../resources/page.js';
import { type Tags, withoutTags, withTags } from '../resources/tags.js';
import { AwsError } from '../wire/aws-error.js';
import { refuse } from '../wire/refuse.js';
import { changeKey, findKey, type KeyEntry } from './key-entry.js';
import { checkedKeyPolicy, defaultKeyPolicy } from './key-policies.js';
import type { Kms, KmsOperations } from './kms.js';

export function keyOperations(kms: Kms): KmsOperations {
  const { keys, clock } = kms;
  return {
    /** The kind that services encrypt with: symmetric, of KMS's own making. */
    async CreateKey(input, context) {
      refuse(input, 'CustomKeyStoreId', 'XksKeyId', 'MultiRegion');
      const {
        KeySpec: spec = input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT',
        Origin: origin = 'AWS_KMS',
      } = input;
      if (spec !== 'SYMMETRIC_DEFAULT' || origin !== 'AWS_KMS') {
        throw new AwsError(
          'NotImplemented',
          `Local AWS does not implement keys of ${spec} from ${origin}.`,
          501,
        );
      }
      const id = randomUUID();
      const key: KeyEntry = {
        id,
        arn: `arn:aws:kms:${context.region}:${context.account}:key/${id}`,
        description: input.Description ?? '',
        policy:
          input.Policy === undefined ? defaultKeyPolicy(context.account) : checkedKeyPolicy(input.Policy),
        isEnabled: true,
        tags: keyTags(input.Tags),
        createdAt: clock.now(),
      };
      await keys.replace(context, id, key);
      return { KeyMetadata: describe(key, context.account) };
    },

    DescribeKey: ({ KeyId: reference }, context) => ({
      KeyMetadata: describe(findKey(kms, context, reference), context.account),
    }),

    ListKeys({ Limit: limit = 100, Marker: token }, context) {
      const there = keys
        .list(context)
        .filter(({ deletedAt }) => deletedAt === undefined || clock.now() < deletedAt);
      const { items, next } = pageOf(there, ({ id }) => id, { limit, token });
      return {
        Keys: items.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })),
        Truncated: next !== undefined,
        NextMarker: next,
      };
    },

    async UpdateKeyDescription({ KeyId: reference, Description: description }, context) {
      await changeKey(kms, context, reference, (key) => ({ ...key, description }));
      return {};
    },

    async EnableKey({ KeyId: reference }, context) {
      await changeKey(kms, context, reference, (key) => ({ ...key, isEnabled: true }));
      return {};
    },

    async DisableKey({ KeyId: reference }, context) {
      await changeKey(kms, context, reference, (key) => ({ ...key, isEnabled: false }));
      return {};
    },

    ListResourceTags: ({ KeyId: reference }, context) => ({
      Tags: Object.entries(findKey(kms, context, reference).tags).map(([TagKey, TagValue]) => ({
        TagKey,
        TagValue,
      })),
      Truncated: false,
    }),

    async TagResource({ KeyId: reference, Tags: tags }, context) {
      await changeKey(kms, context, reference, (key) => withTags(key, keyTags(tags)));
      return {};
    },

    async UntagResource({ KeyId: reference, TagKeys: tagKeys }, context) {
      await changeKey(kms, context, reference, (key) => withoutTags(key, tagKeys));
      return {};
    },
  };
}

function keyTags(list: readonly { TagKey: string; TagValue: string }[] = []): Tags {
  return Object.fromEntries(list.map(({ TagKey, TagValue }) => [TagKey, TagValue]));
}

function describe(key: KeyEntry, account: string): KeyMetadata {
  const { deletedAt, isEnabled } = key;
  const isPending = deletedAt !== undefined;
  return {
    AWSAccountId: account,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: new Date(key.createdAt),
    Description: key.description,
    Enabled: isEnabled && !isPending,
    KeyState: isPending ? 'PendingDeletion' : isEnabled ? 'Enabled' : 'Disabled',
    ...(isPending && { DeletionDate: new Date(deletedAt) }),
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    KeyManager: 'CUSTOMER',
    Origin: 'AWS_KMS',
    MultiRegion: false,
  };
}
