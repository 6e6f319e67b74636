import { provision } from './provision/provision.js';
import { withSynthesizedStacks } from './synthesize.js';

/** Any credentials do. */
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * Creates the project's stack for `local` in the local AWS at `endpoint`, and tells what became of its resources.
 * @throws SynthesisError or ProvisionError with the reason.
 */
export async function provisionStacks(endpoint: string, tell: (line: string) => void): Promise<void> {
  const region = process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || 'us-east-1';
  await withSynthesizedStacks(endpoint, async (stackFile) => {
    const report = await provision(stackFile, { endpoint, region, credentials: CREDENTIALS });
    for (const { type, awsName } of report.created) tell(`created   ${type} ${awsName}`);
    for (const { type, awsName } of report.existing) tell(`was there ${type} ${awsName}`);
    const skipped = [...new Set(report.skipped.map(({ type }) => type))];
    if (skipped.length > 0)
      tell(`left out, as nothing needs them here and only Terraform creates them: ${skipped.join(', ')}`);
  });
}
