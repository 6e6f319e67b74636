import type { Role } from '@aws-sdk/client-iam';
import { jsonDocument } from '../resources/json-document.js';
import { pageOf } from '../resources/page.js';
import { type Tags, tagList, tagsOf, withoutTags, withTags } from '../resources/tags.js';
import { alreadyExists, deleteConflict, invalid, malformedPolicy } from './errors.js';
import type { Iam, IamOperations } from './iam.js';
import { encodedPolicy, newIdentity, pageEnd, pageRequest } from './identity.js';

/** A role as the store keeps it. */
export interface RoleEntry {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  /** Who may assume it, as JSON. */
  readonly trustPolicy: string;
  readonly description?: string;
  readonly maxSessionSeconds: number;
  /** ARN of the policy that bounds it. */
  readonly boundary?: string;
  readonly tags: Tags;
  /** Inline policies, as JSON, by name. */
  readonly inlinePolicies: Readonly<Record<string, string>>;
  /** ARNs of the managed policies that are attached. */
  readonly attachedPolicies: readonly string[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export const roleOperations = ({ roles, clock }: Iam): IamOperations => ({
  async CreateRole(input, context) {
    const { RoleName: name, Path: path = '/', Description: description } = input;
    const role: RoleEntry = {
      ...newIdentity('role', context.account, name, path),
      name,
      path,
      trustPolicy: jsonDocument(input.AssumeRolePolicyDocument, malformedPolicy()),
      ...(description !== undefined && { description }),
      maxSessionSeconds: checkedSession(input.MaxSessionDuration),
      ...(input.PermissionsBoundary !== undefined && { boundary: input.PermissionsBoundary }),
      tags: tagsOf(input.Tags),
      inlinePolicies: {},
      attachedPolicies: [],
      createdAt: clock.now(),
    };
    await roles.create(context, name, role, (existing) => {
      if (existing) throw alreadyExists(`Role with name ${name} already exists.`);
    });
    return { Role: describe(role) };
  },

  GetRole: ({ RoleName: name }, context) => ({
    Role: { ...describe(roles.find(context, name)), RoleLastUsed: {} },
  }),

  ListRoles(input, context) {
    const wanted = roles.list(context).filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'));
    const { items, next } = pageOf(wanted, ({ name }) => name, pageRequest(input));
    // IAM leaves tags and boundary out of lists.
    const Roles = items.map((role) => ({
      ...describe(role),
      Tags: undefined,
      PermissionsBoundary: undefined,
    }));
    return { Roles, ...pageEnd(next) };
  },

  async UpdateRole({ RoleName: name, Description: description, MaxSessionDuration: seconds }, context) {
    await roles.change(context, name, (role) => ({
      ...role,
      ...(description !== undefined && { description }),
      ...(seconds !== undefined && { maxSessionSeconds: checkedSession(seconds) }),
    }));
    return {};
  },

  UpdateRoleDescription: async ({ RoleName: name, Description: description }, context) => ({
    Role: describe(await roles.change(context, name, (role) => ({ ...role, description }))),
  }),

  async UpdateAssumeRolePolicy({ RoleName: name, PolicyDocument: document }, context) {
    const trustPolicy = jsonDocument(document, malformedPolicy());
    await roles.change(context, name, (role) => ({ ...role, trustPolicy }));
    return {};
  },

  async PutRolePermissionsBoundary({ RoleName: name, PermissionsBoundary: boundary }, context) {
    await roles.change(context, name, (role) => ({ ...role, boundary }));
    return {};
  },

  async DeleteRolePermissionsBoundary({ RoleName: name }, context) {
    await roles.change(context, name, ({ boundary: _, ...role }) => role);
    return {};
  },

  async DeleteRole({ RoleName: name }, context) {
    await roles.remove(context, name, ({ inlinePolicies, attachedPolicies }) => {
      if (attachedPolicies.length > 0) {
        throw deleteConflict('Cannot delete entity, must detach all policies first.');
      }
      if (Object.keys(inlinePolicies).length > 0) {
        throw deleteConflict('Cannot delete entity, must delete policies first.');
      }
    });
    return {};
  },

  async TagRole({ RoleName: name, Tags: tags }, context) {
    await roles.change(context, name, (role) => withTags(role, tagsOf(tags)));
    return {};
  },

  async UntagRole({ RoleName: name, TagKeys: keys }, context) {
    await roles.change(context, name, (role) => withoutTags(role, keys));
    return {};
  },

  ListRoleTags: ({ RoleName: name }, context) => ({
    Tags: tagList(roles.find(context, name).tags),
    IsTruncated: false,
  }),

  /** There are no instance profiles: nothing here makes one. */
  ListInstanceProfilesForRole({ RoleName: name }, context) {
    roles.find(context, name);
    return { InstanceProfiles: [], IsTruncated: false };
  },
});

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const SESSION_SECONDS = { least: 3600, most: 43_200 };

function checkedSession(seconds = SESSION_SECONDS.least): number {
  const { least, most } = SESSION_SECONDS;
  if (seconds >= least && seconds <= most) return seconds;
  throw invalid(`MaxSessionDuration must be ${least} to ${most} seconds, and not ${seconds}.`);
}

function describe(role: RoleEntry): Role {
  const { boundary, tags } = role;
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encodedPolicy(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionSeconds,
    ...(boundary !== undefined && {
      PermissionsBoundary: {
        PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
        PermissionsBoundaryArn: boundary,
      },
    }),
    ...(Object.keys(tags).length > 0 && { Tags: tagList(tags) }),
  };
}
