import { SettingsError } from './settings-error.js';

/** The environments there are: this machine, a shared account for development, and production. */
export const ENVIRONMENTS = ['local', 'dev', 'prod'] as const;

export type Environment = (typeof ENVIRONMENTS)[number];

/**
 * The environment that `LAKEHOUSE_ENV` names, `dev` where it is not set.
 * @throws SettingsError if it names none.
 */
export function environmentFrom(variables: NodeJS.ProcessEnv): Environment {
  const value = variables.LAKEHOUSE_ENV || 'dev';
  const environment = ENVIRONMENTS.find((known) => known === value);
  if (!environment) throw new SettingsError('LAKEHOUSE_ENV', value, `one of ${ENVIRONMENTS.join(', ')}`);
  return environment;
}
