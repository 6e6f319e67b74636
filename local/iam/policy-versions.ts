import type { PolicyVersion } from '@aws-sdk/client-iam';
import { jsonDocument } from '../resources/json-document.js';
import { deleteConflict, limitExceeded, malformedPolicy, noSuchEntity } from './errors.js';
import type { Iam, IamOperations } from './iam.js';
import { encodedPolicy } from './identity.js';
import type { PolicyEntry, PolicyVersionEntry } from './managed-policies.js';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MOST_VERSIONS = 5;

/** What a managed policy said before, and what it says. */
export const policyVersionOperations = ({ policies, clock }: Iam): IamOperations => ({
  async CreatePolicyVersion({ PolicyArn: arn, PolicyDocument: text, SetAsDefault: isDefault }, context) {
    const document = jsonDocument(text, malformedPolicy());
    const now = clock.now();
    const changed = await policies.change(context, arn, (policy) => {
      if (policy.versions.length >= MOST_VERSIONS) {
        throw limitExceeded(
          `A managed policy can have up to ${MOST_VERSIONS} versions. Before you create a new version, you must ` +
            'delete an existing version.',
        );
      }
      const number = policy.lastNumber + 1;
      return {
        ...policy,
        versions: [...policy.versions, { number, document, createdAt: now }],
        lastNumber: number,
        ...(isDefault && { defaultVersion: number }),
        updatedAt: now,
      };
    });
    const version = { number: changed.lastNumber, document, createdAt: now };
    return { PolicyVersion: { ...describe(changed, version), Document: undefined } };
  },

  GetPolicyVersion({ PolicyArn: arn, VersionId: id }, context) {
    const policy = policies.find(context, arn);
    return { PolicyVersion: describe(policy, findVersion(policy, id)) };
  },

  ListPolicyVersions({ PolicyArn: arn }, context) {
    const policy = policies.find(context, arn);
    const newestFirst = policy.versions.toReversed();
    return {
      // IAM leaves the documents out of lists.
      Versions: newestFirst.map((version) => ({ ...describe(policy, version), Document: undefined })),
      IsTruncated: false,
    };
  },

  async SetDefaultPolicyVersion({ PolicyArn: arn, VersionId: id }, context) {
    await policies.change(context, arn, (policy) => ({
      ...policy,
      defaultVersion: findVersion(policy, id).number,
      updatedAt: clock.now(),
    }));
    return {};
  },

  async DeletePolicyVersion({ PolicyArn: arn, VersionId: id }, context) {
    await policies.change(context, arn, (policy) => {
      const { number } = findVersion(policy, id);
      if (number === policy.defaultVersion) {
        throw deleteConflict('Cannot delete the default version of a policy.');
      }
      return { ...policy, versions: policy.versions.filter((version) => version.number !== number) };
    });
    return {};
  },
});

function findVersion({ arn, versions }: PolicyEntry, id: string): PolicyVersionEntry {
  const version = versions.find(({ number }) => `v${number}` === id);
  if (!version) throw noSuchEntity(`Policy ${arn} version ${id} does not exist or is not attachable.`);
  return version;
}

function describe(policy: PolicyEntry, { number, document, createdAt }: PolicyVersionEntry): PolicyVersion {
  return {
    Document: encodedPolicy(document),
    VersionId: `v${number}`,
    IsDefaultVersion: number === policy.defaultVersion,
    CreateDate: new Date(createdAt),
  };
}
