import { pageOf } from '../resources/page.js';
import { AwsError } from '../wire/aws-error.js';
import { findKey, keyIdOf, usable } from './key-entry.js';
import type { Kms, KmsOperations } from './kms.js';

/** A name for a key, as the store keeps it. */
export interface AliasEntry {
  /** With `alias/` before it. */
  readonly name: string;
  readonly arn: string;
  readonly keyId: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export function aliasOperations(kms: Kms): KmsOperations {
  const { aliases, clock } = kms;
  return {
    async CreateAlias({ AliasName: name, TargetKeyId: target }, context) {
      checkAliasName(name);
      const { id } = usable(findKey(kms, context, target));
      const now = clock.now();
      const arn = `arn:aws:kms:${context.region}:${context.account}:${name}`;
      await aliases.create(
        context,
        name,
        { name, arn, keyId: id, createdAt: now, updatedAt: now },
        (existing) => {
          if (existing) {
            throw new AwsError('AlreadyExistsException', `An alias with the name ${arn} already exists`);
          }
        },
      );
      return {};
    },

    async UpdateAlias({ AliasName: name, TargetKeyId: target }, context) {
      const { id } = usable(findKey(kms, context, target));
      await aliases.change(context, name, (alias) => ({ ...alias, keyId: id, updatedAt: clock.now() }));
      return {};
    },

    async DeleteAlias({ AliasName: name }, context) {
      await aliases.remove(context, name);
      return {};
    },

    ListAliases({ KeyId: reference, Limit: limit = 50, Marker: token }, context) {
      const wanted = reference === undefined ? undefined : keyIdOf(kms, context, reference);
      const found = aliases.list(context).filter(({ keyId }) => wanted === undefined || keyId === wanted);
      const { items, next } = pageOf(found, ({ name }) => name, { limit, token });
      return {
        Aliases: items.map(({ name, arn, keyId, createdAt, updatedAt }) => ({
          AliasName: name,
          AliasArn: arn,
          TargetKeyId: keyId,
          CreationDate: new Date(createdAt),
          LastUpdatedDate: new Date(updatedAt),
        })),
        Truncated: next !== undefined,
        NextMarker: next,
      };
    },
  };
}

function checkAliasName(name: string): void {
  if (!/^alias\/[\w/-]{1,250}$/.test(name)) {
    throw new AwsError('ValidationException', `Alias must match alias/[a-zA-Z0-9/_-]+, and not ${name}.`);
  }
  if (name.startsWith('alias/aws/'))
    throw new AwsError('NotAuthorizedException', 'Names under alias/aws/ are for the keys of AWS.');
}
