import { loadSettings, type Settings } from '../settings/index.js';
import { accountOf } from './account.js';

/**
 * The environment's settings, once the user has been told on stderr what the command will act on: in `local` the
 * endpoint, elsewhere AWS's account and region, where things cost money.
 *
 * @throws SettingsError for a setting that cannot be used; whatever AWS answers to credentials that it does not take.
 */
export async function openEnvironment(
  onSettings: (settings: Settings) => void,
  say = (line: string): void => void process.stderr.write(`${line}\n`),
): Promise<Settings> {
  const settings = loadSettings();
  onSettings(settings);
  say(await notice(settings));
  return settings;
}

async function notice(settings: Settings): Promise<string> {
  const { environment, region, endpoint } = settings;
  if (endpoint) return `Local AWS at ${endpoint}, with dummy credentials (LAKEHOUSE_ENV=local).`;
  const account = await accountOf(settings);
  // The SDK follows this variable in every environment, so that "AWS" may be something else.
  const { AWS_ENDPOINT_URL: other } = process.env;
  const elsewhere = other ? `, at AWS_ENDPOINT_URL=${other}` : '';
  return `Acting on AWS account ${account ?? '(unknown)'}, region ${region}, environment ${environment}${elsewhere}.`;
}
