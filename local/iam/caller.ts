import type { GetUserCommandInput, GetUserCommandOutput } from '@aws-sdk/client-iam';
import type { Operation } from '../wire/operation.js';
import { noSuchEntity } from './errors.js';

/** The one user that there is: the caller, whoever that is. */
export const getUser: Operation<GetUserCommandInput, GetUserCommandOutput> = (
  { UserName: name = CALLER },
  { account },
) => {
  if (name !== CALLER) throw noSuchEntity(`The user with name ${name} cannot be found.`);
  return {
    User: {
      Path: '/',
      UserName: CALLER,
      UserId: 'AIDALOCALAWSLOCALAWS0',
      Arn: `arn:aws:iam::${account}:user/${CALLER}`,
      CreateDate: new Date(0),
    },
  };
};

const CALLER = 'local';
