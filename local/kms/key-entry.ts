import type { Place } from '../resources/resource-table.js';
import type { Tags } from '../resources/tags.js';
import { AwsError } from '../wire/aws-error.js';
import type { Kms } from './kms.js';

/** A key as the store keeps it. */
export interface KeyEntry {
  readonly id: string;
  readonly arn: string;
  readonly description: string;
  /** As JSON. */
  readonly policy: string;
  readonly isEnabled: boolean;
  /** Days from one rotation to the next, where the key rotates. */
  readonly rotationDays?: number;
  /** When it is deleted, where that is scheduled: milliseconds since 1970. */
  readonly deletedAt?: number;
  readonly tags: Tags;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/**
 * The id of the key that a request means by its id, its ARN, an alias or an alias's ARN.
 * @throws AwsError `NotFoundException` where there is no such key.
 */
export function keyIdOf(kms: Kms, place: Place, reference: string): string {
  const here = `arn:aws:kms:${place.region}:${place.account}:`;
  const name = reference.startsWith(here) ? reference.slice(here.length) : reference;
  const id = name.startsWith('alias/') ? kms.aliases.find(place, name).keyId : name.replace(/^key\//, '');
  const { deletedAt = Number.POSITIVE_INFINITY } = kms.keys.find(place, id);
  if (kms.clock.now() < deletedAt) return id;
  throw new AwsError('NotFoundException', `Key '${reference}' does not exist`);
}

/** @throws AwsError `NotFoundException` where there is no such key. */
export function findKey(kms: Kms, place: Place, reference: string): KeyEntry {
  return kms.keys.find(place, keyIdOf(kms, place, reference));
}

/**
 * Changes a key that is not about to be deleted.
 * @throws AwsError where there is no such key, or its deletion is scheduled.
 */
export function changeKey(kms: Kms, place: Place, reference: string, change: (key: KeyEntry) => KeyEntry) {
  return kms.keys.change(place, keyIdOf(kms, place, reference), (key) => change(usable(key)));
}

/** @throws AwsError `KMSInvalidStateException` where the key's deletion is scheduled. */
export function usable(key: KeyEntry): KeyEntry {
  if (key.deletedAt === undefined) return key;
  throw new AwsError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
}
