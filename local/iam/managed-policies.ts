import type { Policy } from '@aws-sdk/client-iam';
import { jsonDocument } from '../resources/json-document.js';
import { pageOf } from '../resources/page.js';
import type { Place } from '../resources/resource-table.js';
import { type Tags, tagList, tagsOf, withoutTags, withTags } from '../resources/tags.js';
import { AwsError } from '../wire/aws-error.js';
import { alreadyExists, deleteConflict, malformedPolicy } from './errors.js';
import type { Iam, IamOperations } from './iam.js';
import { newIdentity, pageEnd, pageRequest } from './identity.js';

/** A customer's managed policy as the store keeps it. */
export interface PolicyEntry {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  readonly description?: string;
  readonly tags: Tags;
  /** From the oldest to the newest. */
  readonly versions: readonly PolicyVersionEntry[];
  /** Number of the version that is in force. */
  readonly defaultVersion: number;
  /** Number that was given last: none is given twice. */
  readonly lastNumber: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface PolicyVersionEntry {
  /** From 1 on: 1 is called `v1`. */
  readonly number: number;
  readonly document: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export function managedPolicyOperations(iam: Iam): IamOperations {
  const { policies, clock } = iam;
  return {
    async CreatePolicy(input, context) {
      const { PolicyName: name, Path: path = '/', Description: description } = input;
      const now = clock.now();
      const policy: PolicyEntry = {
        ...newIdentity('policy', context.account, name, path),
        name,
        path,
        ...(description !== undefined && { description }),
        tags: tagsOf(input.Tags),
        versions: [
          { number: 1, document: jsonDocument(input.PolicyDocument, malformedPolicy()), createdAt: now },
        ],
        defaultVersion: 1,
        lastNumber: 1,
        createdAt: now,
        updatedAt: now,
      };
      await policies.create(context, policy.arn, policy, () => {
        if (policies.list(context).some((other) => other.name === name)) {
          throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
        }
      });
      return { Policy: describe(iam, context, policy) };
    },

    GetPolicy: ({ PolicyArn: arn }, context) => ({
      Policy: describe(iam, context, policies.find(context, arn)),
    }),

    ListPolicies(input, context) {
      if (input.Scope !== 'Local') {
        throw new AwsError('NotImplemented', 'Local AWS lists policies of the Scope "Local" only.', 501);
      }
      const wanted = policies
        .list(context)
        .filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'))
        .map((policy) => ({ ...describe(iam, context, policy), Tags: undefined, Description: undefined }))
        .filter(({ AttachmentCount }) => !input.OnlyAttached || AttachmentCount > 0);
      const { items, next } = pageOf(wanted, ({ Arn }) => Arn, pageRequest(input));
      return { Policies: items, ...pageEnd(next) };
    },

    async DeletePolicy({ PolicyArn: arn }, context) {
      await policies.remove(context, arn, ({ versions }) => {
        if (usesOf(iam, context, arn).attachments > 0) {
          throw deleteConflict('Cannot delete a policy attached to entities.');
        }
        if (versions.length > 1) {
          throw deleteConflict(
            'This policy has more than one version. Before you delete a policy, you must delete the ' +
              "policy's versions. The default version is deleted with the policy.",
          );
        }
      });
      return {};
    },

    async TagPolicy({ PolicyArn: arn, Tags: tags }, context) {
      await policies.change(context, arn, (policy) => withTags(policy, tagsOf(tags)));
      return {};
    },

    async UntagPolicy({ PolicyArn: arn, TagKeys: keys }, context) {
      await policies.change(context, arn, (policy) => withoutTags(policy, keys));
      return {};
    },

    ListPolicyTags: ({ PolicyArn: arn }, context) => ({
      Tags: tagList(policies.find(context, arn).tags),
      IsTruncated: false,
    }),
  };
}

function usesOf({ roles }: Iam, place: Place, arn: string) {
  const all = roles.list(place);
  return {
    attachments: all.filter(({ attachedPolicies }) => attachedPolicies.includes(arn)).length,
    boundaries: all.filter(({ boundary }) => boundary === arn).length,
  };
}

function describe(iam: Iam, place: Place, policy: PolicyEntry) {
  const { attachments, boundaries } = usesOf(iam, place, policy.arn);
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: `v${policy.defaultVersion}`,
    AttachmentCount: attachments,
    PermissionsBoundaryUsageCount: boundaries,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
    ...(Object.keys(policy.tags).length > 0 && { Tags: tagList(policy.tags) }),
  } satisfies Policy;
}
