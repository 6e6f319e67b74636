import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListPolicyTagsCommand,
  ListPolicyVersionsCommand,
  SetDefaultPolicyVersionCommand,
  TagPolicyCommand,
  UntagPolicyCommand,
} from '@aws-sdk/client-iam';
import { beforeAll, expect, it } from 'vitest';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';

let iam: RunningLocalAws['clients']['iam'];
beforeAll(async () => {
  const aws = await runLocalAws();
  iam = aws.clients.iam;
  return () => aws.end();
});

const document = (action: string) => JSON.stringify({ Statement: [{ Effect: 'Allow', Action: action }] });

async function createPolicy(PolicyName: string, more: object = {}): Promise<string> {
  const input = { PolicyName, PolicyDocument: document('s3:GetObject'), ...more };
  return (await iam.send(new CreatePolicyCommand(input))).Policy?.Arn ?? '';
}

it('gives a policy back as it was made', async () => {
  const tags = [{ Key: 'a', Value: '1' }];
  const PolicyArn = await createPolicy('reader', { Path: '/lake/', Description: 'reads', Tags: tags });
  expect(PolicyArn).toBe('arn:aws:iam::000000000000:policy/lake/reader');
  expect((await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy).toMatchObject({
    PolicyName: 'reader',
    PolicyId: expect.stringMatching(/^ANPA/),
    Path: '/lake/',
    Description: 'reads',
    DefaultVersionId: 'v1',
    AttachmentCount: 0,
    IsAttachable: true,
    Tags: tags,
  });
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
  expect(PolicyVersion).toMatchObject({ VersionId: 'v1', IsDefaultVersion: true });
  expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(document('s3:GetObject'));
  await expect(createPolicy('reader')).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });
});

it('keeps up to five versions, and never gives a number twice', async () => {
  const PolicyArn = await createPolicy('versions');
  const add = (SetAsDefault: boolean) =>
    iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: document('s3:*'), SetAsDefault }));
  for (let version = 2; version <= 5; version++) await add(version === 2);
  await expect(add(true)).rejects.toMatchObject({ name: 'LimitExceededException' });
  const remove = (VersionId: string) => iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
  await expect(remove('v2')).rejects.toMatchObject({ name: 'DeleteConflictException' });
  await remove('v5');
  expect((await add(false)).PolicyVersion).toMatchObject({ VersionId: 'v6', IsDefaultVersion: false });
  await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v6' }));
  const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
  expect(Versions?.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion])).toEqual([
    ['v6', true],
    ['v4', false],
    ['v3', false],
    ['v2', false],
    ['v1', false],
  ]);
  await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  });
  await expect(iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v9' }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
});

it('knows where a policy is attached', async () => {
  const PolicyArn = await createPolicy('attached');
  await createPolicy('loose');
  await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: '{}' }));
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'r', PolicyArn }));
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'r', PolicyArn }));
  expect((await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy?.AttachmentCount).toBe(1);
  const { PolicyRoles } = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }));
  expect(PolicyRoles).toMatchObject([{ RoleName: 'r' }]);
  const { Policies } = await iam.send(new ListPoliciesCommand({ Scope: 'Local', OnlyAttached: true }));
  expect(Policies?.map(({ PolicyName }) => PolicyName)).toEqual(['attached']);
});

it('keeps tags', async () => {
  const PolicyArn = await createPolicy('tagged', { Tags: [{ Key: 'a', Value: '1' }] });
  await iam.send(new TagPolicyCommand({ PolicyArn, Tags: [{ Key: 'b', Value: '2' }] }));
  await iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys: ['a'] }));
  const { Tags } = await iam.send(new ListPolicyTagsCommand({ PolicyArn }));
  expect(Tags).toEqual([{ Key: 'b', Value: '2' }]);
});

it('refuses by name what it does not have', async () => {
  await expect(iam.send(new CreateUserCommand({ UserName: 'ann' }))).rejects.toMatchObject({
    message: 'Local AWS does not implement iam:CreateUser.',
  });
  await expect(iam.send(new ListPoliciesCommand({ Scope: 'AWS' }))).rejects.toMatchObject({
    name: 'NotImplemented',
  });
});
