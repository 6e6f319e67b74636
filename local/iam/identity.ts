import { randomInt } from 'node:crypto';
import { invalid } from './errors.js';

/** Characters of a name. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST = { role: 64, policy: 128 } as const;

/**
 * ARN and id of a new role or policy.
 * @throws AwsError for a name or a path that IAM does not take.
 */
export function newIdentity(kind: keyof typeof LONGEST, account: string, name: string, path: string) {
  if (!/^[\w+=,.@-]+$/.test(name) || name.length > LONGEST[kind]) {
    throw invalid(`The ${kind} name ${name} must be 1 to ${LONGEST[kind]} letters, digits or any of +=,.@-_`);
  }
  if (!/^\/(?:[!-~]{1,510}\/)?$/.test(path)) {
    throw invalid(`The path ${path} must begin and end with / and contain only printable ASCII.`);
  }
  return { arn: `arn:aws:iam::${account}:${kind}${path}${name}`, id: newId(kind) };
}

/** How ids begin says of what they are. */
const ID_PREFIX = { role: 'AROA', policy: 'ANPA' } as const;

const newId = (kind: keyof typeof ID_PREFIX) =>
  ID_PREFIX[kind] +
  Array.from({ length: 17 }, () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[randomInt(32)]).join('');

/** Policies travel encoded, in answers alone. */
export const encodedPolicy = (document: string) =>
  encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** How IAM asks for pages. */
export const pageRequest = (input: { readonly MaxItems?: number; readonly Marker?: string }) => ({
  limit: input.MaxItems ?? 100,
  token: input.Marker,
});

/** How IAM answers with pages. */
export const pageEnd = (next: string | undefined) => ({ IsTruncated: next !== undefined, Marker: next });
