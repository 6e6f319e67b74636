import type { z } from 'zod';
import { environmentFrom } from './environment.js';
import { environments } from './environments.js';
import { type Settings, settingsSchema } from './schema.js';
import { SettingsError } from './settings-error.js';

const DEFAULT_REGION = 'us-east-1';
const DEFAULT_LOCAL_ENDPOINT = 'http://127.0.0.1:4566';

/**
 * The settings of the environment that `variables` choose.
 *
 * Read are `LAKEHOUSE_ENV`, `AWS_REGION` (or `AWS_DEFAULT_REGION`) and, in `local`, `AWS_ENDPOINT_URL`.
 * @throws SettingsError for the first setting that cannot be used.
 */
export function loadSettings(variables: NodeJS.ProcessEnv = process.env): Settings {
  const environment = environmentFrom(variables);
  return checkSettings({
    environment,
    region: variables.AWS_REGION || variables.AWS_DEFAULT_REGION || DEFAULT_REGION,
    ...(environment === 'local' && { endpoint: variables.AWS_ENDPOINT_URL || DEFAULT_LOCAL_ENDPOINT }),
    ...environments[environment],
    tags: { project: 'lakehouse', environment },
  });
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
  const { firstYear, lastYear } = result.data.catalog;
  if (lastYear < firstYear) {
    throw new SettingsError('catalog.lastYear', lastYear, `catalog.firstYear (${firstYear}) or later`);
  }
  return result.data;
}

/** What the schema says where a setting has no words of its own, so that it completes "… must be" as well. */
const inOurWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'unrecognized_keys') return 'left out, as there is no such setting';
  if (issue.code === 'invalid_type') return `of type ${issue.expected}`;
  return undefined;
};
