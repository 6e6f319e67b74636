import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateKeyDescriptionCommand,
} from '@aws-sdk/client-kms';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../local/clock.js';
import { type RunningLocalAws, runLocalAws } from '../running-local-aws.js';

const DAY_MS = 24 * 60 * 60 * 1000;
let ahead = 0;
const clock: Clock = { ...systemClock, now: () => Date.now() + ahead };
let kms: RunningLocalAws['clients']['kms'];
beforeAll(async () => {
  const aws = await runLocalAws({ clock });
  kms = aws.clients.kms;
  return () => aws.end();
});

async function createKey(input: object = {}): Promise<{ KeyId: string; Arn: string }> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand(input));
  return { KeyId: KeyMetadata?.KeyId ?? '', Arn: KeyMetadata?.Arn ?? '' };
}
const describeKey = async (KeyId: string) => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata;

describe('a key', () => {
  it('is given back as it was made, by its id and its ARN', async () => {
    const policy = JSON.stringify({ Statement: [] });
    const { KeyId, Arn } = await createKey({
      Description: 'of the lake',
      Policy: policy,
      Tags: [{ TagKey: 'a', TagValue: '1' }],
    });
    expect(Arn).toBe(`arn:aws:kms:us-east-1:000000000000:key/${KeyId}`);
    for (const reference of [KeyId, Arn]) {
      expect(await describeKey(reference)).toMatchObject({
        KeyId,
        Arn,
        Description: 'of the lake',
        Enabled: true,
        KeyState: 'Enabled',
        KeyUsage: 'ENCRYPT_DECRYPT',
        KeySpec: 'SYMMETRIC_DEFAULT',
        KeyManager: 'CUSTOMER',
        MultiRegion: false,
      });
    }
    expect((await kms.send(new GetKeyPolicyCommand({ KeyId }))).Policy).toBe(policy);
    const { Tags } = await kms.send(new ListResourceTagsCommand({ KeyId }));
    expect(Tags).toEqual([{ TagKey: 'a', TagValue: '1' }]);
  });

  it('has the policy of AWS where it was given none', async () => {
    const { KeyId } = await createKey();
    const { Policy = '' } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
    expect(JSON.parse(Policy).Statement[0].Principal).toEqual({ AWS: 'arn:aws:iam::000000000000:root' });
  });

  it('changes in place', async () => {
    const { KeyId } = await createKey({ Tags: [{ TagKey: 'a', TagValue: '1' }] });
    await kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: 'new' }));
    await kms.send(new PutKeyPolicyCommand({ KeyId, Policy: '{"Id":"2"}' }));
    await kms.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'b', TagValue: '2' }] }));
    await kms.send(new UntagResourceCommand({ KeyId, TagKeys: ['a'] }));
    await kms.send(new DisableKeyCommand({ KeyId }));
    expect(await describeKey(KeyId)).toMatchObject({
      Description: 'new',
      Enabled: false,
      KeyState: 'Disabled',
    });
    await kms.send(new EnableKeyCommand({ KeyId }));
    expect(await describeKey(KeyId)).toMatchObject({ Enabled: true, KeyState: 'Enabled' });
    expect((await kms.send(new GetKeyPolicyCommand({ KeyId }))).Policy).toBe('{"Id":"2"}');
    const { Tags } = await kms.send(new ListResourceTagsCommand({ KeyId }));
    expect(Tags).toEqual([{ TagKey: 'b', TagValue: '2' }]);
  });

  it('remembers whether it rotates', async () => {
    const { KeyId } = await createKey();
    const status = () => kms.send(new GetKeyRotationStatusCommand({ KeyId }));
    expect(await status()).toMatchObject({ KeyRotationEnabled: false });
    await kms.send(new EnableKeyRotationCommand({ KeyId }));
    expect(await status()).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
    await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
    expect(await status()).toMatchObject({ RotationPeriodInDays: 90 });
    await kms.send(new DisableKeyRotationCommand({ KeyId }));
    expect(await status()).toMatchObject({ KeyRotationEnabled: false });
    const tooOften = new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 89 });
    await expect(kms.send(tooOften)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('is pending deletion for its days, and then gone', async () => {
    const { KeyId, Arn } = await createKey();
    await expect(
      kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 6 })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    const answer = await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    expect(answer).toMatchObject({ KeyId: Arn, KeyState: 'PendingDeletion', DeletionDate: expect.any(Date) });
    expect(await describeKey(KeyId)).toMatchObject({ KeyState: 'PendingDeletion', Enabled: false });
    await expect(kms.send(new EnableKeyCommand({ KeyId }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
    });
    const listed = async () => (await kms.send(new ListKeysCommand({}))).Keys?.map((key) => key.KeyId);
    expect(await listed()).toContain(KeyId);
    ahead = 7 * DAY_MS + 1;
    expect(await listed()).not.toContain(KeyId);
    await expect(describeKey(KeyId)).rejects.toMatchObject({ name: 'NotFoundException' });
    ahead = 0;
    await kms.send(new CancelKeyDeletionCommand({ KeyId }));
    expect(await describeKey(KeyId)).toMatchObject({ KeyState: 'Disabled' });
  });

  it.each(['none', 'arn:aws:kms:eu-west-1:000000000000:key/none', 'alias/none'])(
    'that is not there is not found: %s',
    async (reference) => {
      await expect(describeKey(reference)).rejects.toMatchObject({ name: 'NotFoundException' });
    },
  );

  it('encrypts nothing, and says so', async () => {
    const { KeyId } = await createKey();
    await expect(kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') }))).rejects.toMatchObject({
      message: 'Local AWS does not implement kms:Encrypt.',
    });
    await expect(createKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' })).rejects.toMatchObject({
      name: 'NotImplemented',
    });
  });
});

describe('an alias', () => {
  it('names a key, and can be moved to another', async () => {
    const [one, two] = [await createKey(), await createKey()];
    const AliasName = 'alias/lake/key';
    await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: one.Arn }));
    const again = new CreateAliasCommand({ AliasName, TargetKeyId: two.KeyId });
    await expect(kms.send(again)).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    expect(await describeKey(AliasName)).toMatchObject({ KeyId: one.KeyId });
    await kms.send(new UpdateAliasCommand({ AliasName, TargetKeyId: two.KeyId }));
    expect(await describeKey(`arn:aws:kms:us-east-1:000000000000:${AliasName}`)).toMatchObject({
      KeyId: two.KeyId,
    });
    const { Aliases } = await kms.send(new ListAliasesCommand({ KeyId: two.KeyId }));
    expect(Aliases).toMatchObject([{ AliasName, TargetKeyId: two.KeyId }]);
    expect((await kms.send(new ListAliasesCommand({ KeyId: one.KeyId }))).Aliases).toEqual([]);
    await kms.send(new DeleteAliasCommand({ AliasName }));
    expect((await kms.send(new ListAliasesCommand({}))).Aliases).toEqual([]);
    const gone = kms.send(new DeleteAliasCommand({ AliasName }));
    await expect(gone).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('may not be called as those of AWS are', async () => {
    const { KeyId } = await createKey();
    const ofAws = new CreateAliasCommand({ AliasName: 'alias/aws/lake', TargetKeyId: KeyId });
    await expect(kms.send(ofAws)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });
});
