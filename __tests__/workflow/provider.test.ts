import { describe, expect, it } from 'vitest';
import { PROVIDER_VERSION, reasonsIn } from '../../workflow/provider.js';
import { settingsOf, synthesize } from '../stacks/synthesized.js';

describe('the provider', () => {
  it('is the one that the stack binds', () => {
    expect(synthesize(settingsOf('dev')).terraform).toMatchObject({
      required_providers: { aws: { version: PROVIDER_VERSION } },
    });
  });
});

describe('what Terraform says when it cannot be initialized', () => {
  it('is, of the provider, one line that says so and one about mirrors', () => {
    const [reason, advice, ...others] = reasonsIn(`
Initializing provider plugins...
╷
│ Error: Failed to query available provider packages
│
│ Could not retrieve the list of available versions for provider hashicorp/aws: could not connect to
│ registry.terraform.io: lookup registry.terraform.io: no such host
╵
`);
    expect(reason).toMatch(
      /^The AWS provider 5\.100\.0 could not be installed: Failed to query .* no such host$/,
    );
    expect(advice).toMatch(/TF_CLI_CONFIG_FILE .*filesystem_mirror/);
    expect(others).toEqual([]);
  });

  it('is, of a state that is not there, how its bucket is made', () => {
    expect(
      reasonsIn('╷\n│ Error: Failed to get existing workspaces: S3 bucket "x" does not exist.\n╵'),
    ).toEqual([
      'Terraform cannot get at its state: Failed to get existing workspaces: S3 bucket "x" does not exist.',
      'The bucket in settings/environments.ts (state.bucket) is made by "npm run bootstrap:deploy".',
    ]);
  });

  it('is else as it was', () => {
    expect(reasonsIn('killed')).toEqual(['Terraform could not be initialized: killed']);
  });
});
