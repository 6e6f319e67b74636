import { accountOf } from '../cli/account.js';
import type { Settings } from '../settings/index.js';
import { WorkflowError } from './workflow-error.js';

/**
 * Makes sure that the stack is about to go where the settings want it: in `local` that local AWS answers, elsewhere
 * that the account is known, and one that they name, if they name any.
 * @throws WorkflowError for another account, and where no local AWS answers: Terraform would try for minutes.
 */
export async function requireAccount(settings: Settings): Promise<void> {
  const { accounts, endpoint, environment, region } = settings;
  const account = await accountOf(settings);
  if (endpoint && account === undefined) {
    throw new WorkflowError([
      `No local AWS answers at ${endpoint}.`,
      'Start it with "npm run local" in another terminal, or set AWS_ENDPOINT_URL to where it runs.',
    ]);
  }
  if (account === undefined) {
    throw new WorkflowError([
      `STS in ${region} does not say which AWS account this is, and nothing is done to one that is not known.`,
      'Check the network, the credentials and AWS_REGION.',
    ]);
  }
  if (accounts.length === 0 || accounts.includes(account)) return;
  throw new WorkflowError([
    `The credentials are of AWS account ${account}, but ${environment} belongs to ${accounts.join(' or ')}.`,
    'Choose others by AWS_PROFILE, or change accounts in settings/environments.ts.',
  ]);
}
