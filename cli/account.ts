import { connectionFor, type Settings } from '../settings/index.js';
import { faultOf } from './fault.js';

/** How long the answer may take, in milliseconds: it is good to know, and not worth a wait. */
const PATIENCE = 3_000;

/**
 * The account that the credentials in use belong to; undefined where STS does not say so in three seconds, as behind
 * an endpoint that has none.
 *
 * @throws the SDK's error where there are no credentials or AWS does not take them.
 */
export async function accountOf(settings: Settings): Promise<string | undefined> {
  const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const client = new STSClient({ ...connectionFor(settings), maxAttempts: 1 });
  try {
    const identity = await client.send(new GetCallerIdentityCommand({}), {
      abortSignal: AbortSignal.timeout(PATIENCE),
    });
    return identity.Account;
  } catch (error) {
    if (faultOf(error).kind === 'credentials') throw error;
    return undefined;
  } finally {
    client.destroy();
  }
}
