import { S3Backend, type TerraformStack } from 'cdktf';
import { connectionFor, oldestTerraform, type Settings, stateKey } from '../settings/index.js';

/**
 * Says where Terraform keeps the stack's state, and which Terraform that takes: a file in the project's folder (CDKTF's
 * default, which needs no words), or a bucket that a team shares, locked by a file beside the state.
 *
 * @param name what the state is called: the stack's name.
 */
export function keepState(stack: TerraformStack, name: string, settings: Settings): void {
  const { state, region } = settings;
  stack.addOverride('terraform.required_version', `>= ${oldestTerraform(settings)}`);
  if (state.backend !== 's3') return;
  // Nothing said of encryption: the bucket does it, with its key. `encrypt: true` would ask for S3's own key instead.
  new S3Backend(stack, { bucket: state.bucket, key: stateKey(name), region });
  // These CDKTF does not know.
  for (const [option, value] of Object.entries({ use_lockfile: true, ...atEndpoint(settings) })) {
    stack.addOverride(`terraform.backend.s3.${option}`, value);
  }
}

function atEndpoint(settings: Settings): Readonly<Record<string, unknown>> {
  const { endpoint, credentials } = connectionFor(settings);
  if (!endpoint || !credentials) return {};
  return {
    endpoints: { s3: endpoint, sts: endpoint, iam: endpoint },
    use_path_style: true,
    access_key: credentials.accessKeyId,
    secret_key: credentials.secretAccessKey,
    skip_credentials_validation: true,
    skip_metadata_api_check: true,
    skip_requesting_account_id: true,
    skip_region_validation: true,
  };
}
