import type { Clock } from '../clock.js';
import { ResourceTable } from '../resources/resource-table.js';
import type { Store } from '../store/store.js';
import { AwsError } from '../wire/aws-error.js';
import type { Operations, OperationsOf } from '../wire/operation.js';
import { type AliasEntry, aliasOperations } from './aliases.js';
import { deletionOperations } from './deletion.js';
import type { KeyEntry } from './key-entry.js';
import { keyPolicyOperations } from './key-policies.js';
import { keyOperations } from './keys.js';
import { rotationOperations } from './rotation.js';

/** What KMS works on. */
export interface Kms {
  readonly clock: Clock;
  readonly keys: ResourceTable<KeyEntry>;
  readonly aliases: ResourceTable<AliasEntry>;
}

export type KmsOperations = OperationsOf<typeof import('@aws-sdk/client-kms')>;

/**
 * Key Management Service: keys that are described, and encrypt nothing. What would need key material (Encrypt,
 * Decrypt, GenerateDataKey, …) is refused; key policies are kept and not enforced.
 */
export function kmsOperations({ store, clock }: { store: Store; clock: Clock }): Operations {
  const missing = (message: string) => new AwsError('NotFoundException', message);
  const kms: Kms = {
    clock,
    keys: new ResourceTable(store, { kind: 'key', missing: (id) => missing(`Key '${id}' does not exist`) }),
    aliases: new ResourceTable(store, {
      kind: 'alias',
      missing: (name) => missing(`Alias ${name} is not found.`),
    }),
  };
  return {
    ...keyOperations(kms),
    ...keyPolicyOperations(kms),
    ...rotationOperations(kms),
    ...deletionOperations(kms),
    ...aliasOperations(kms),
  };
}
