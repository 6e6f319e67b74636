import { describe, expect, it } from 'vitest';
import { bootstrap } from '../stacks/every-stack.js';
import { policiesOf, resourcesOf, settingsOf, withEverything } from '../stacks/synthesized.js';

const team = bootstrap(settingsOf('dev'));

describe('what a team needs before its first lakehouse', () => {
  it('is a bucket for states: versioned, encrypted, logged, for TLS only, and never destroyed', () => {
    expect(resourcesOf(team, 'aws_s3_bucket')).toMatchObject([
      {
        bucket: expect.stringMatching(/^lakehouse-state-logs-us-east-1-/),
        lifecycle: { prevent_destroy: true },
      },
      {
        bucket: expect.stringMatching(/^lakehouse-state-us-east-1-/),
        force_destroy: false,
        lifecycle: { prevent_destroy: true },
      },
    ]);
    expect(resourcesOf(team, 'aws_s3_bucket_versioning')).toHaveLength(2);
    for (const { Statement } of policiesOf(team, 'aws_s3_bucket_policy')) {
      expect(Statement[0]).toMatchObject({ Sid: 'TlsOnly', Effect: 'Deny' });
    }
    const encryption = JSON.stringify(
      resourcesOf(team, 'aws_s3_bucket_server_side_encryption_configuration'),
    );
    expect(encryption).toContain('"sse_algorithm":"aws:kms"');
  });

  it('keeps its own state beside it, and says which bucket to set', () => {
    expect(team.terraform.backend).toBeUndefined();
    expect(team.output.state_bucket?.value).toMatch(/^\$\{aws_s3_bucket\.state/);
  });

  it('is shared by the environments, and says so in its tags', () => {
    expect(JSON.stringify(team.provider.aws)).toContain('"environment":"shared"');
  });
});

describe('the role that pull requests are planned with', () => {
  const withRole = bootstrap(withEverything('dev'));

  it('is there only where the settings name a repository', () => {
    expect(resourcesOf(team, 'aws_iam_role')).toEqual([]);
    expect(resourcesOf(team, 'aws_iam_openid_connect_provider')).toEqual([]);
    expect(resourcesOf(withRole, 'aws_iam_role')).toHaveLength(1);
  });

  it('is taken by pull requests of that repository, and by nothing else', () => {
    expect(policiesOf(withRole, 'aws_iam_role', 'assume_role_policy')).toMatchObject([
      {
        Statement: [
          {
            Principal: { Federated: expect.stringContaining('aws_iam_openid_connect_provider') },
            Condition: {
              StringEquals: {
                'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
                'token.actions.githubusercontent.com:sub': 'repo:owner/name:pull_request',
              },
            },
          },
        ],
      },
    ]);
  });

  it('changes nothing, and reads no event and no result', () => {
    const statements = policiesOf(withRole, 'aws_iam_role_policy').flatMap(({ Statement }) => Statement);
    for (const { Action } of statements) {
      for (const action of Action) expect(action).toMatch(/:(Get|List|Describe|View|Decrypt)/);
    }
    const reading = statements.filter(({ Action }) =>
      Action.some((action) => /s3:GetObject$|GetRecords|GetQueryResults/.test(action)),
    );
    expect(reading.map(({ Resource }) => Resource)).toEqual([
      ['${aws_s3_bucket.state.arn}/lakehouse-*/terraform.tfstate'],
    ]);
  });
});
