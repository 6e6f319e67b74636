import { jsonDocument } from '../resources/json-document.js';
import { pageOf } from '../resources/page.js';
import { malformedPolicy, noSuchEntity } from './errors.js';
import type { Iam, IamOperations } from './iam.js';
import { encodedPolicy, pageEnd, pageRequest } from './identity.js';

/** Policies that are a role's own. */
export const inlinePolicyOperations = ({ roles }: Iam): IamOperations => ({
  async PutRolePolicy({ RoleName: role, PolicyName: name, PolicyDocument: text }, context) {
    const document = jsonDocument(text, malformedPolicy());
    await roles.change(context, role, (entry) => ({
      ...entry,
      inlinePolicies: { ...entry.inlinePolicies, [name]: document },
    }));
    return {};
  },

  GetRolePolicy({ RoleName: role, PolicyName: name }, context) {
    const document = roles.find(context, role).inlinePolicies[name];
    if (document === undefined) throw missing(name);
    return { RoleName: role, PolicyName: name, PolicyDocument: encodedPolicy(document) };
  },

  ListRolePolicies(input, context) {
    const names = Object.keys(roles.find(context, input.RoleName).inlinePolicies).sort();
    const { items, next } = pageOf(names, (name) => name, pageRequest(input));
    return { PolicyNames: items, ...pageEnd(next) };
  },

  async DeleteRolePolicy({ RoleName: role, PolicyName: name }, context) {
    await roles.change(context, role, (entry) => {
      const { [name]: document, ...inlinePolicies } = entry.inlinePolicies;
      if (document === undefined) throw missing(name);
      return { ...entry, inlinePolicies };
    });
    return {};
  },
});

const missing = (name: string) => noSuchEntity(`The role policy with name ${name} cannot be found.`);
