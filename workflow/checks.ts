import { accountOf } from '../cli/account.js';
import { faultOf } from '../cli/fault.js';
import { oldestTerraform, type Settings } from '../settings/index.js';
import { type CdktfApp, lakehouseApp } from './cdktf-app.js';
import type { Finding } from './finding.js';
import { compareWithLocal } from './local-resources.js';
import { MIRROR_ADVICE, PROVIDER_VERSION } from './provider.js';
import { providerSource } from './provider-source.js';
import { readState } from './state.js';
import { isOlder, TERRAFORM_HOME, terraformVersion } from './terraform.js';

/** Looks at all that the commands need, in the order in which they need it. */
export async function* checks(settings: Settings): AsyncGenerator<Finding> {
  const app = lakehouseApp(settings);
  yield node(process.versions.node);
  yield await terraform(settings);
  yield await provider(app);
  const access = await account(settings);
  yield access;
  if (access.verdict !== 'wrong') yield await state(app, settings);
}

/** The oldest Node that the project runs on, and the first that CDKTF's command line does not. */
const OLDEST_NODE = '20.19.0';
const FIRST_NODE_WITHOUT_CDKTF = '24.0.0';

/** Node, by its version. */
export function node(version: string): Finding {
  const subject = 'Node';
  if (isOlder(version, OLDEST_NODE)) {
    return { subject, verdict: 'wrong', text: `${version} is too old`, advice: 'Install Node 20.19 or 22.' };
  }
  if (!isOlder(version, FIRST_NODE_WITHOUT_CDKTF)) {
    const advice = 'Install Node 20.19 or 22 for plan, deploy and destroy; all else runs as it is.';
    return { subject, verdict: 'note', text: `${version} does not run the CDKTF command line`, advice };
  }
  return { subject, verdict: 'ok', text: version };
}

async function terraform(settings: Settings): Promise<Finding> {
  const subject = 'Terraform';
  const oldest = oldestTerraform(settings);
  const version = await terraformVersion();
  const advice = `Install ${oldest} or newer from ${TERRAFORM_HOME}.`;
  if (version === undefined) return { subject, verdict: 'wrong', text: 'is not on the PATH', advice };
  if (isOlder(version, oldest)) return { subject, verdict: 'wrong', text: `${version} is too old`, advice };
  return { subject, verdict: 'ok', text: version };
}

async function provider(app: CdktfApp): Promise<Finding> {
  const subject = `AWS provider ${PROVIDER_VERSION}`;
  const source = await providerSource(app);
  if (source !== undefined) return { subject, verdict: 'ok', text: source };
  return { subject, verdict: 'wrong', text: 'cannot be had from anywhere', advice: MIRROR_ADVICE };
}

/** Who the commands act as, and where: in `local`, whether anybody answers. */
async function account(settings: Settings): Promise<Finding> {
  const { accounts, endpoint, environment, region } = settings;
  const subject = endpoint ? 'Local AWS' : 'AWS account';
  try {
    const found = await accountOf(settings);
    if (found === undefined && endpoint) {
      return {
        subject,
        verdict: 'wrong',
        text: `does not answer at ${endpoint}`,
        advice:
          'Start it with "npm run local" in another terminal, or set AWS_ENDPOINT_URL to where it runs.',
      };
    }
    if (found === undefined) {
      const advice = 'Check the network and AWS_REGION.';
      return { subject, verdict: 'wrong', text: `cannot be asked of STS in ${region}`, advice };
    }
    if (accounts.length > 0 && !accounts.includes(found)) {
      const text = `${found} is not what ${environment} belongs to (${accounts.join(', ')})`;
      const advice =
        'Choose other credentials by AWS_PROFILE, or change accounts in settings/environments.ts.';
      return { subject, verdict: 'wrong', text, advice };
    }
    return {
      subject,
      verdict: 'ok',
      text: endpoint ? `answers at ${endpoint}` : `${found}, region ${region}`,
    };
  } catch (error) {
    const [text = 'cannot be asked', ...advice] = faultOf(error, { settings }).lines;
    return { subject, verdict: 'wrong', text, advice: advice.join(' ') };
  }
}

/** Terraform's state; in `local`, whether it is about what this data folder holds. */
async function state(app: CdktfApp, settings: Settings): Promise<Finding> {
  const subject = 'Terraform state';
  try {
    const found = await readState(app, settings);
    const text = found.resources.length === 0 ? 'is empty' : `${found.resources.length} resources`;
    if (!settings.endpoint) return { subject, verdict: 'ok', text: `${text} (${found.place})` };
    const { gone, unknown } = await compareWithLocal(settings, found);
    if (gone.length > 0) {
      return {
        subject,
        verdict: 'wrong',
        text: `has ${gone.length} things that this local AWS does not have, ${gone[0]} first (${found.place})`,
        advice: `Start local AWS with the data folder that they are in (--data-dir), or remove ${found.place} if that is gone.`,
      };
    }
    if (unknown.length > 0) {
      return {
        subject,
        verdict: found.resources.length === 0 ? 'note' : 'wrong',
        text: `has nothing of ${unknown.length} things that are in this local AWS, ${unknown[0]} first`,
        advice:
          'They were made by --provision or by another state: "npm run deploy" needs a data folder without them (--data-dir).',
      };
    }
    return { subject, verdict: 'ok', text: `${text}, as in local AWS` };
  } catch (error) {
    const [text = 'cannot be read', ...advice] = faultOf(error, { settings }).lines;
    return { subject, verdict: 'wrong', text, advice: advice.join(' ') };
  }
}
