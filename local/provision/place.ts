import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { ProvisionError } from './provision-error.js';

/** Where the resources are made. */
export interface Place {
  readonly account: string;
  readonly region: string;
  /** The first part of every ARN after `arn`: `aws`, but in some regions. */
  readonly partition: string;
  /** Attributes of the data sources that a stack may ask, by type. */
  readonly data: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * Asks who the credentials belong to.
 * @throws ProvisionError if nobody answers at the endpoint, or not as STS does.
 */
export async function whereAmI(
  sts: STSClient,
  { endpoint, region }: { readonly endpoint: string; readonly region: string },
): Promise<Place> {
  const identity = await sts.send(new GetCallerIdentityCommand({})).catch((cause: Error) => {
    throw new ProvisionError(endpoint, `does not say whose account this is: ${cause.message || cause.name}`, {
      cause,
    });
  });
  const { Account: account, Arn: arn = '', UserId: user = '' } = identity;
  if (!account) throw new ProvisionError(endpoint, 'does not say whose account this is');
  return placeOf({ account, arn, user, region });
}

/** The place that a caller's identity and a region name. */
export function placeOf(caller: {
  readonly account: string;
  readonly arn: string;
  readonly user: string;
  readonly region: string;
}): Place {
  const { account, arn, user, region } = caller;
  const partition = arn.split(':')[1] || 'aws';
  return {
    account,
    region,
    partition,
    data: {
      aws_caller_identity: { account_id: account, id: account, arn, user_id: user },
      aws_region: { name: region, id: region },
      aws_partition: { partition, id: partition },
    },
  };
}
