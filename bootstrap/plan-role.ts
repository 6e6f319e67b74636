import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { Construct } from 'constructs';
import type { Account } from '../stacks/account.js';
import type { Bucket } from '../stacks/bucket.js';
import type { Key } from '../stacks/key.js';
import { checkName } from '../stacks/limits.js';
import { policyDocument } from '../stacks/policy-document.js';
import { planStatements } from './plan-statements.js';

/** What the role is made from. */
export interface PlanRoleProps {
  /** The role's name, unique in the account. */
  readonly name: string;
  /** The GitHub repository whose pull requests may take it, as `owner/name`. */
  readonly repository: string;
  readonly account: Account;
  /** The bucket that the states lie in. */
  readonly state: Bucket;
  /** The key that they are encrypted with. */
  readonly key: Key;
}

/** Who signs GitHub's tokens. */
const ISSUER = 'token.actions.githubusercontent.com';
const AUDIENCE = 'sts.amazonaws.com';

/**
 * The role that the workflow of a pull request plans with, by a token that GitHub signs: no key of AWS lies at GitHub.
 * It looks at what the lakehouses are made of, and changes nothing and reads no data.
 *
 * @example
 * new PlanRole(this, 'plan', { name: 'lakehouse-plan', repository: 'owner/name', account, state, key });
 */
export class PlanRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, repository, account, state, key }: PlanRoleProps) {
    super(scope, id);
    checkName(this, 'role', name);
    const github = new IamOpenidConnectProvider(this, 'github', {
      url: `https://${ISSUER}`,
      clientIdList: [AUDIENCE],
    });
    const role = new IamRole(this, 'Default', {
      name,
      description: `Plans the pull requests of ${repository}.`,
      assumeRolePolicy: policyDocument([
        {
          sid: 'PullRequestsOfTheRepository',
          principals: { Federated: github.arn },
          actions: ['sts:AssumeRoleWithWebIdentity'],
          resources: [],
          conditions: {
            StringEquals: {
              [`${ISSUER}:aud`]: AUDIENCE,
              [`${ISSUER}:sub`]: `repo:${repository}:pull_request`,
            },
          },
        },
      ]),
    });
    new IamRolePolicy(this, 'policy', {
      name: 'plan',
      role: role.name,
      policy: policyDocument(planStatements({ account, state, key })),
    });
    this.arn = role.arn;
  }
}
