import type { Clock } from '../clock.js';
import { ResourceTable } from '../resources/resource-table.js';
import type { Store } from '../store/store.js';
import type { Operations, OperationsOf } from '../wire/operation.js';
import { attachmentOperations } from './attachments.js';
import { getUser } from './caller.js';
import { noSuchEntity } from './errors.js';
import { inlinePolicyOperations } from './inline-policies.js';
import { managedPolicyOperations, type PolicyEntry } from './managed-policies.js';
import { policyVersionOperations } from './policy-versions.js';
import { type RoleEntry, roleOperations } from './roles.js';

/** What IAM works on. It is the same in every region. */
export interface Iam {
  readonly clock: Clock;
  readonly roles: ResourceTable<RoleEntry>;
  /** By their ARNs. */
  readonly policies: ResourceTable<PolicyEntry>;
}

export type IamOperations = OperationsOf<typeof import('@aws-sdk/client-iam')>;

/** Identity and Access Management: roles and managed policies. It keeps policies, and enforces none. */
export function iamOperations({ store, clock }: { store: Store; clock: Clock }): Operations {
  const iam: Iam = {
    clock,
    roles: new ResourceTable(store, {
      kind: 'role',
      isGlobal: true,
      missing: (name) => noSuchEntity(`The role with name ${name} cannot be found.`),
    }),
    policies: new ResourceTable(store, {
      kind: 'policy',
      isGlobal: true,
      missing: (arn) => noSuchEntity(`Policy ${arn} was not found.`),
    }),
  };
  return {
    GetUser: getUser,
    ...roleOperations(iam),
    ...inlinePolicyOperations(iam),
    ...attachmentOperations(iam),
    ...managedPolicyOperations(iam),
    ...policyVersionOperations(iam),
  };
}
