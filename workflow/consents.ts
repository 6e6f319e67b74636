import type { Settings } from '../settings/index.js';
import type { State } from './state.js';
import { WorkflowError } from './workflow-error.js';

/**
 * Makes sure that a `destroy` may take the data along, which takes two consents: the environment's setting, and the
 * variable of whoever does it. Both have to have been deployed: Terraform goes by what is in its state, so that a
 * consent given only now would leave half the stack destroyed and the buckets standing.
 *
 * @throws WorkflowError that says what to set, and that it is deploy first, then destroy.
 */
export function requireConsents(settings: Settings, { resources }: State): void {
  const buckets = resources.filter(({ type }) => type === 'aws_s3_bucket');
  if (buckets.length === 0) return;
  const kept = buckets.filter(({ attributes }) => attributes.force_destroy !== true);
  const { environment, destroyData, destroyDataConfirmed } = settings;
  if (destroyData && destroyDataConfirmed && kept.length === 0) return;

  const flag = environment === 'local' ? '' : `LAKEHOUSE_DESTROY_DATA=${environment} `;
  const steps = [
    ...(destroyData ? [] : [`set destroyData: true for ${environment} in settings/environments.ts`]),
    ...(destroyData && kept.length === 0
      ? []
      : [`deploy the consent: LAKEHOUSE_ENV=${environment} ${flag}npm run deploy`]),
    `then destroy: LAKEHOUSE_ENV=${environment} ${flag}npm run destroy`,
  ];
  throw new WorkflowError([
    `Nothing was destroyed. The data of ${environment} would go too (${namesOf(buckets)}), which takes two consents that have been deployed.`,
    ...steps.map((step, index) => `${index + 1}. ${step}`),
  ]);
}

function namesOf(buckets: State['resources']): string {
  return buckets.map(({ attributes }) => String(attributes.bucket)).join(', ');
}
