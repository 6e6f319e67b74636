import type { z } from 'zod';
import { ENVIRONMENTS, type Environment, environmentFrom } from './environment.js';
import { environments } from './environments.js';
import { type Settings, settingsSchema } from './schema.js';
import { SettingsError } from './settings-error.js';

const DEFAULT_REGION = 'us-east-1';
const DEFAULT_LOCAL_ENDPOINT = 'http://127.0.0.1:4566';

/**
 * The settings of the environment that `variables` choose.
 *
 * Read are `LAKEHOUSE_ENV`, `AWS_REGION` (or `AWS_DEFAULT_REGION`), `LAKEHOUSE_DESTROY_DATA` and, in `local`,
 * `AWS_ENDPOINT_URL`.
 * @throws SettingsError for the first setting that cannot be used.
 */
export function loadSettings(variables: NodeJS.ProcessEnv = process.env): Settings {
  const environment = environmentFrom(variables);
  return checkSettings({
    environment,
    region: variables.AWS_REGION || variables.AWS_DEFAULT_REGION || DEFAULT_REGION,
    ...(environment === 'local' && { endpoint: variables.AWS_ENDPOINT_URL || DEFAULT_LOCAL_ENDPOINT }),
    ...environments[environment],
    destroyDataConfirmed: isDestroyConfirmed(environment, variables),
    tags: { project: 'lakehouse', environment, ...environments[environment].tags },
  });
}

/** By naming the environment the variable cannot be meant for another. What is on this machine needs none. */
function isDestroyConfirmed(environment: Environment, variables: NodeJS.ProcessEnv): boolean {
  const named = variables.LAKEHOUSE_DESTROY_DATA;
  if (named && !ENVIRONMENTS.some((known) => known === named)) {
    throw new SettingsError(
      'LAKEHOUSE_DESTROY_DATA',
      named,
      `left out, or one of ${ENVIRONMENTS.join(', ')}`,
    );
  }
  return environment === 'local' || named === environment;
}

/**
 * Gives `values` back as settings.
 * @throws SettingsError for the first value that cannot be used.
 */
export function checkSettings(values: unknown): Settings {
  const result = settingsSchema.safeParse(values, { error: inOurWords });
  if (!result.success) {
    const [issue] = result.error.issues;
    const path = [
      ...(issue?.path ?? []),
      ...(issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []),
    ];
    const value = path.reduce<unknown>(
      (inner, key) => (inner as Record<PropertyKey, unknown>)?.[key],
      values,
    );
    throw new SettingsError(path.join('.'), value, issue?.message ?? 'valid');
  }
  checkTogether(result.data);
  return result.data;
}

/** The rules between settings. */
function checkTogether({ catalog, storage }: Settings): void {
  const { firstYear, lastYear } = catalog;
  if (lastYear < firstYear) {
    throw new SettingsError('catalog.lastYear', lastYear, `catalog.firstYear (${firstYear}) or later`);
  }
  storage.transitions.forEach(({ days, storageClass }, index, all) => {
    const setting = `storage.transitions.${index}.days`;
    const least = Math.max(
      storageClass === 'STANDARD_IA' ? LEAST_DAYS_IN_STANDARD : 0,
      (all[index - 1]?.days ?? -LEAST_DAYS_IN_STANDARD) + LEAST_DAYS_IN_STANDARD,
    );
    if (days < least) throw new SettingsError(setting, days, `${least} or more`);
  });
}

/**
 * Days that S3 wants an object to have been in a class before it moves to or on from infrequent access.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
const LEAST_DAYS_IN_STANDARD = 30;

/** What the schema says where a setting has no words of its own, so that it completes "… must be" as well. */
const inOurWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'unrecognized_keys') return 'left out, as there is no such setting';
  if (issue.code === 'invalid_type') return `of type ${issue.expected}`;
  return undefined;
};
