import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { oldestTerraform, type Settings, teamNamesFor } from '../settings/index.js';
import { AccessLogBucket } from '../stacks/access-log-bucket.js';
import { Account } from '../stacks/account.js';
import { Bucket } from '../stacks/bucket.js';
import { Key } from '../stacks/key.js';
import { provideAws } from '../stacks/provider.js';
import { PlanRole } from './plan-role.js';

/** What the team's stack is made from. */
export interface BootstrapStackProps {
  /** The settings of any environment in the account: region, repository, tags and how long things are kept. */
  readonly settings: Settings;
}

/**
 * What a team needs once in an account, before its first lakehouse: the bucket that Terraform's states lie in, and, if
 * the settings name a GitHub repository, the role by which its pull requests are planned.
 *
 * Its own state is a file beside it: the bucket cannot hold the state of the stack that makes it.
 *
 * @example
 * new BootstrapStack(app, 'lakehouse-bootstrap', { settings: loadSettings() });
 */
export class BootstrapStack extends TerraformStack {
  constructor(scope: Construct, id: string, { settings }: BootstrapStackProps) {
    super(scope, id);
    const { region, repository, storage } = settings;
    const names = teamNamesFor(settings);
    this.addOverride('terraform.required_version', `>= ${oldestTerraform(settings)}`);
    provideAws(this, { ...settings, tags: { ...settings.tags, environment: 'shared' } });
    const account = new Account(this, 'account', { region });
    const key = new Key(this, 'key', {
      account,
      alias: names.keyAlias,
      description: 'Encrypts what Terraform knows of the lakehouses in this account.',
      through: ['s3'],
    });
    const { uploadDays, accessLogDays } = storage;
    // No state goes because a newer one came: it is what a mistake is undone with.
    const everywhere = { uploadDays, supersededDays: DAYS_OF_OLD_STATES };
    const [stateName, logsName] = [names.stateBucket(account.id), names.stateLogsBucket(account.id)];
    const logs = new AccessLogBucket(this, 'logs', {
      name: logsName,
      account,
      sources: [stateName],
      lifecycle: { ...everywhere, expireDays: accessLogDays },
    });
    const state = new Bucket(this, 'state', {
      name: stateName,
      key,
      accessLogs: logs,
      lifecycle: everywhere,
    });
    new TerraformOutput(this, 'state_bucket', {
      description: 'What to set as state.bucket in settings/environments.ts.',
      value: state.name,
    });
    if (repository === undefined) return;
    const role = new PlanRole(this, 'plan', { name: names.planRole, repository, account, state, key });
    new TerraformOutput(this, 'plan_role', {
      description: 'What to set as the variable AWS_PLAN_ROLE_ARN of the GitHub repository.',
      value: role.arn,
    });
  }
}

const DAYS_OF_OLD_STATES = 365;
