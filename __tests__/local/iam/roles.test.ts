import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientsOf, type RunningLocalAws, runLocalAws } from '../running-local-aws.js';

const TRUST = JSON.stringify({
  Statement: [{ Principal: { Service: 'x.amazonaws.com' }, Sid: "it's (50%)*" }],
});
let aws: RunningLocalAws;
let iam: RunningLocalAws['clients']['iam'];
beforeAll(async () => {
  aws = await runLocalAws();
  iam = aws.clients.iam;
});
afterAll(() => aws.end());

const createRole = (RoleName: string, more: object = {}) =>
  iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST, ...more }));
const getRole = async (RoleName: string) => (await iam.send(new GetRoleCommand({ RoleName }))).Role;

it('gives a role back as it was made', async () => {
  await createRole('whole', {
    Path: '/lake/',
    Description: 'reads & <writes>',
    MaxSessionDuration: 7200,
    PermissionsBoundary: 'arn:aws:iam::000000000000:policy/bound',
    Tags: [
      { Key: 'project', Value: 'lake' },
      { Key: 'empty', Value: '' },
    ],
  });
  const role = await getRole('whole');
  expect(role).toMatchObject({
    Path: '/lake/',
    RoleName: 'whole',
    RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
    Arn: 'arn:aws:iam::000000000000:role/lake/whole',
    CreateDate: expect.any(Date),
    Description: 'reads & <writes>',
    MaxSessionDuration: 7200,
    PermissionsBoundary: {
      PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
      PermissionsBoundaryArn: 'arn:aws:iam::000000000000:policy/bound',
    },
    Tags: [
      { Key: 'project', Value: 'lake' },
      { Key: 'empty', Value: '' },
    ],
  });
  const trust = role?.AssumeRolePolicyDocument ?? '';
  expect(trust).not.toMatch(/[{}"'()* ]/);
  expect(decodeURIComponent(trust)).toBe(TRUST);
});

it('leaves out what a role was not given', async () => {
  await createRole('bare');
  const role = await getRole('bare');
  expect(role).toMatchObject({ Path: '/', MaxSessionDuration: 3600 });
  expect(role).not.toHaveProperty('Description');
  expect(role).not.toHaveProperty('PermissionsBoundary');
  expect(role).not.toHaveProperty('Tags');
});

it('changes a role in place', async () => {
  const RoleName = 'changing';
  await createRole(RoleName, { Tags: [{ Key: 'a', Value: '1' }] });
  const next = JSON.stringify({ Statement: [] });
  await iam.send(new UpdateRoleCommand({ RoleName, Description: 'new', MaxSessionDuration: 43_200 }));
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: next }));
  await iam.send(
    new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: 'arn:aws:iam::1:policy/p' }),
  );
  await iam.send(
    new TagRoleCommand({
      RoleName,
      Tags: [
        { Key: 'a', Value: '2' },
        { Key: 'b', Value: '3' },
      ],
    }),
  );
  await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ['a'] }));
  expect(await getRole(RoleName)).toMatchObject({
    Description: 'new',
    MaxSessionDuration: 43_200,
    AssumeRolePolicyDocument: encodeURIComponent(next),
    PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::1:policy/p' },
    Tags: [{ Key: 'b', Value: '3' }],
  });
  await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
  expect(await getRole(RoleName)).not.toHaveProperty('PermissionsBoundary');
  expect((await iam.send(new ListRoleTagsCommand({ RoleName }))).Tags).toEqual([{ Key: 'b', Value: '3' }]);
});

it('keeps a role until its policies are gone', async () => {
  const RoleName = 'busy';
  await createRole(RoleName);
  const PolicyName = 'inline';
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: '{"Statement":[]}' }));
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'managed', PolicyDocument: '{}' }));
  const PolicyArn = Policy?.Arn ?? '';
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  expect((await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies).toEqual([
    { PolicyName: 'managed', PolicyArn },
  ]);
  expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual([PolicyName]);
  const policy = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  expect(decodeURIComponent(policy.PolicyDocument ?? '')).toBe('{"Statement":[]}');

  const conflict = { name: 'DeleteConflictException', $metadata: { httpStatusCode: 409 } };
  await expect(iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject(conflict);
  await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject(conflict);
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  await expect(iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject(conflict);
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
  await iam.send(new DeletePolicyCommand({ PolicyArn }));
  await expect(getRole(RoleName)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});

it('is the same in every region, and another in every account', async () => {
  await createRole('global');
  const elsewhere = clientsOf(aws.local.endpoint, 'test', 'eu-central-1').iam;
  const other = clientsOf(aws.local.endpoint, '111111111111').iam;
  try {
    const query = new GetRoleCommand({ RoleName: 'global' });
    expect((await elsewhere.send(query)).Role?.RoleName).toBe('global');
    await expect(other.send(query)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  } finally {
    elsewhere.destroy();
    other.destroy();
  }
});

it('lists roles in pages', async () => {
  for (const name of ['p-1', 'p-2', 'p-3']) await createRole(name, { Path: '/pages/' });
  const page = { PathPrefix: '/pages/', MaxItems: 2 };
  const first = await iam.send(new ListRolesCommand(page));
  expect(first.IsTruncated).toBe(true);
  const second = await iam.send(new ListRolesCommand({ ...page, Marker: first.Marker }));
  expect(second.IsTruncated).toBe(false);
  const names = [...(first.Roles ?? []), ...(second.Roles ?? [])].map(({ RoleName }) => RoleName);
  expect(names).toEqual(['p-1', 'p-2', 'p-3']);
});

it('refuses what IAM refuses, with its codes', async () => {
  await createRole('there');
  await expect(createRole('there')).rejects.toMatchObject({
    name: 'EntityAlreadyExistsException',
    $metadata: { httpStatusCode: 409 },
  });
  await expect(createRole('bad name')).rejects.toMatchObject({ name: 'ValidationError' });
  await expect(createRole('x', { AssumeRolePolicyDocument: 'no' })).rejects.toMatchObject({
    name: 'MalformedPolicyDocumentException',
  });
  await expect(createRole('x', { MaxSessionDuration: 60 })).rejects.toMatchObject({
    name: 'ValidationError',
  });
  for (const command of [
    new GetRoleCommand({ RoleName: 'none' }),
    new DeleteRoleCommand({ RoleName: 'none' }),
    new ListInstanceProfilesForRoleCommand({ RoleName: 'none' }),
    new GetRolePolicyCommand({ RoleName: 'there', PolicyName: 'none' }),
    new DetachRolePolicyCommand({ RoleName: 'there', PolicyArn: 'arn:aws:iam::000000000000:policy/none' }),
    new AttachRolePolicyCommand({ RoleName: 'there', PolicyArn: 'arn:aws:iam::000000000000:policy/none' }),
  ]) {
    await expect(iam.send(command as GetRoleCommand)).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      $metadata: { httpStatusCode: 404 },
    });
  }
});

it('knows one user, who is the caller', async () => {
  const { User } = await iam.send(new GetUserCommand({}));
  expect(User).toMatchObject({ UserName: 'local', Arn: 'arn:aws:iam::000000000000:user/local' });
  await expect(iam.send(new GetUserCommand({ UserName: 'ann' }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
});
