import type { GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput } from '@aws-sdk/client-sts';
import type { Operation, Operations } from '../wire/operation.js';

/** Says who the caller is: any credentials are somebody's here. */
const getCallerIdentity: Operation<GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput> = (
  _input,
  { account },
) => ({
  Account: account,
  Arn: `arn:aws:iam::${account}:user/local`,
  UserId: 'AIDALOCALAWSLOCALAWS0',
});

/** Security Token Service, as much of it as tells the account. */
export const stsOperations = (): Operations => ({ GetCallerIdentity: getCallerIdentity });
