import { jsonDocument } from '../resources/json-document.js';
import { AwsError } from '../wire/aws-error.js';
import { findKey, keyIdOf } from './key-entry.js';
import type { Kms, KmsOperations } from './kms.js';

/** A key has one policy, and that is its name. */
const POLICY_NAME = 'default';

export const keyPolicyOperations = (kms: Kms): KmsOperations => ({
  GetKeyPolicy({ KeyId: reference, PolicyName: name = POLICY_NAME }, context) {
    checkName(name);
    return { Policy: findKey(kms, context, reference).policy, PolicyName: name };
  },

  async PutKeyPolicy({ KeyId: reference, PolicyName: name = POLICY_NAME, Policy: text }, context) {
    checkName(name);
    const policy = checkedKeyPolicy(text);
    await kms.keys.change(context, keyIdOf(kms, context, reference), (key) => ({ ...key, policy }));
    return {};
  },

  ListKeyPolicies({ KeyId: reference }, context) {
    findKey(kms, context, reference);
    return { PolicyNames: [POLICY_NAME], Truncated: false };
  },
});

function checkName(name: string): void {
  if (name !== POLICY_NAME) throw new AwsError('NotFoundException', 'No such policy exists');
}

export const checkedKeyPolicy = (text: string) =>
  jsonDocument(
    text,
    new AwsError('MalformedPolicyDocumentException', 'The new key policy is not valid JSON.'),
  );

/** What KMS gives a key that is made without a policy: the account decides by IAM. */
export const defaultKeyPolicy = (account: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
