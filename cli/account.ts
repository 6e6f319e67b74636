import { connectionFor, type Settings } from '../settings/index.js';
import { errorName } from './error-shape.js';
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
  try {
    return await callerAccount(settings);
  } catch (error) {
    if (faultOf(error).kind === 'credentials') throw error;
    return undefined;
  }
}

/**
 * The account that the credentials in use belong to.
 * @throws the SDK's error where STS does not say so; one called `TimeoutError` where it does not in three seconds.
 */
export async function callerAccount(settings: Settings): Promise<string> {
  const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const client = new STSClient({ ...connectionFor(settings), maxAttempts: 1 });
  try {
    const identity = await client.send(new GetCallerIdentityCommand({}), {
      abortSignal: AbortSignal.timeout(PATIENCE),
    });
    if (identity.Account === undefined) throw new Error('STS does not say which account this is.');
    return identity.Account;
  } catch (error) {
    if (errorName(error) !== 'AbortError') throw error;
    const message = `STS has not answered in ${PATIENCE / 1_000} seconds.`;
    throw Object.assign(new Error(message), { name: 'TimeoutError' });
  } finally {
    client.destroy();
  }
}
