import { pageOf } from '../resources/page.js';
import { noSuchEntity } from './errors.js';
import type { Iam, IamOperations } from './iam.js';
import { pageEnd, pageRequest } from './identity.js';

/** Managed policies of roles. AWS's own policies may be attached, though what is in them is not known here. */
export const attachmentOperations = ({ roles, policies }: Iam): IamOperations => ({
  async AttachRolePolicy({ RoleName: role, PolicyArn: arn }, context) {
    await roles.change(context, role, (entry) => {
      if (!OF_AWS.test(arn) && !policies.get(context, arn)) {
        throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
      }
      const others = entry.attachedPolicies.filter((attached) => attached !== arn);
      return { ...entry, attachedPolicies: [...others, arn] };
    });
    return {};
  },

  async DetachRolePolicy({ RoleName: role, PolicyArn: arn }, context) {
    await roles.change(context, role, (entry) => {
      if (!entry.attachedPolicies.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
      return { ...entry, attachedPolicies: entry.attachedPolicies.filter((attached) => attached !== arn) };
    });
    return {};
  },

  ListAttachedRolePolicies(input, context) {
    const attached = roles.find(context, input.RoleName).attachedPolicies.toSorted();
    const { items, next } = pageOf(attached, (arn) => arn, pageRequest(input));
    return {
      AttachedPolicies: items.map((arn) => ({
        PolicyArn: arn,
        PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
      })),
      ...pageEnd(next),
    };
  },

  ListEntitiesForPolicy({ PolicyArn: arn }, context) {
    policies.find(context, arn);
    const attached = roles.list(context).filter(({ attachedPolicies }) => attachedPolicies.includes(arn));
    return {
      PolicyGroups: [],
      PolicyUsers: [],
      PolicyRoles: attached.map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      IsTruncated: false,
    };
  },
});

const OF_AWS = /^arn:aws:iam::aws:policy\/[\w+=,.@/-]+$/;
