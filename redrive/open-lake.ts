import { callerAccount } from '../cli/account.js';
import { UsageError } from '../cli/usage-error.js';
import { connectionFor, namesFor, type Settings } from '../settings/index.js';
import { LakeBucket } from './lake-bucket.js';

/** The data bucket of an environment, and where it is. */
export interface Lake {
  readonly bucket: LakeBucket;
  /** In words, as in `AWS account 123456789012, us-east-1`. */
  readonly place: string;
}

/**
 * Connects to the data bucket of an environment.
 * @throws whatever STS says where it does not say which account this is: the bucket's name carries it.
 * @throws UsageError for an account that the environment does not belong to.
 */
export async function openLake(settings: Settings): Promise<Lake> {
  const { accounts, environment, region, endpoint } = settings;
  const account = await callerAccount(settings);
  if (accounts.length > 0 && !accounts.includes(account)) {
    throw new UsageError(
      `The credentials are of AWS account ${account}, but must be of ${accounts.join(' or ')}, which ${environment} belongs to.`,
    );
  }
  return {
    bucket: await LakeBucket.connect(connectionFor(settings), namesFor(settings).bucket('data', account)),
    place: endpoint ? `local AWS at ${endpoint}` : `AWS account ${account}, ${region}`,
  };
}
