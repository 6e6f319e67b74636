import {
  CreateNamedQueryCommand,
  CreateWorkGroupCommand,
  DeleteWorkGroupCommand,
  GetNamedQueryCommand,
  GetWorkGroupCommand,
  ListTagsForResourceCommand,
  ListWorkGroupsCommand,
  StartQueryExecutionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateWorkGroupCommand,
  type UpdateWorkGroupCommandInput,
} from '@aws-sdk/client-athena';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Clients, localAwsForTest } from '../running-local-aws.js';

const WorkGroup = 'w';
const ResourceARN = 'arn:aws:athena:us-east-1:000000000000:workgroup/w';
let clients: Clients;
beforeEach(async () => {
  ({ clients } = await localAwsForTest());
  await clients.s3.send(new CreateBucketCommand({ Bucket: 'results' }));
  await clients.athena.send(
    new CreateWorkGroupCommand({
      Name: WorkGroup,
      Description: 'W',
      Tags: [{ Key: 'a', Value: '1' }],
      Configuration: {
        BytesScannedCutoffPerQuery: 20_000_000,
        ResultConfiguration: {
          OutputLocation: 's3://results/r/',
          EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
          ExpectedBucketOwner: '000000000000',
          AclConfiguration: { S3AclOption: 'BUCKET_OWNER_FULL_CONTROL' },
        },
      },
    }),
  );
});

const update = (rest: Partial<UpdateWorkGroupCommandInput>) =>
  clients.athena.send(new UpdateWorkGroupCommand({ WorkGroup, ...rest }));
const get = async (name = WorkGroup) =>
  (await clients.athena.send(new GetWorkGroupCommand({ WorkGroup: name }))).WorkGroup;

describe('a workgroup', () => {
  it('keeps what an update does not name', async () => {
    const before = await get();
    await update({ ConfigurationUpdates: { PublishCloudWatchMetricsEnabled: true } });
    expect(await get()).toEqual({
      ...before,
      Configuration: { ...before?.Configuration, PublishCloudWatchMetricsEnabled: true },
    });
    await update({
      Description: 'V',
      ConfigurationUpdates: {
        BytesScannedCutoffPerQuery: 30_000_000,
        EnforceWorkGroupConfiguration: false,
        ResultConfigurationUpdates: { OutputLocation: 's3://results/s/' },
      },
    });
    expect(await get()).toMatchObject({
      Description: 'V',
      State: 'ENABLED',
      Configuration: {
        BytesScannedCutoffPerQuery: 30_000_000,
        EnforceWorkGroupConfiguration: false,
        PublishCloudWatchMetricsEnabled: true,
        ResultConfiguration: {
          ...before?.Configuration?.ResultConfiguration,
          OutputLocation: 's3://results/s/',
        },
      },
    });
  });

  it('loses what an update removes', async () => {
    const result = async () => (await get())?.Configuration?.ResultConfiguration;
    for (const [member, flag] of [
      ['OutputLocation', 'RemoveOutputLocation'],
      ['EncryptionConfiguration', 'RemoveEncryptionConfiguration'],
      ['ExpectedBucketOwner', 'RemoveExpectedBucketOwner'],
      ['AclConfiguration', 'RemoveAclConfiguration'],
    ] as const) {
      expect(await result()).toHaveProperty(member);
      await update({ ConfigurationUpdates: { ResultConfigurationUpdates: { [flag]: true } } });
      expect(await result()).not.toHaveProperty(member);
    }
    await update({ ConfigurationUpdates: { RemoveBytesScannedCutoffPerQuery: true } });
    expect((await get())?.Configuration).not.toHaveProperty('BytesScannedCutoffPerQuery');
  });

  it('is not updated to what a new one may not be, not even in part', async () => {
    const before = await get();
    const updates = { ConfigurationUpdates: { BytesScannedCutoffPerQuery: 9_999_999 }, Description: 'V' };
    await expect(update(updates)).rejects.toMatchObject({ name: 'InvalidRequestException' });
    expect(await get()).toEqual(before);
    await expect(update({ WorkGroup: 'none' })).rejects.toMatchObject({
      message: 'WorkGroup is not found.',
    });
  });

  it('that is disabled takes no queries until it is enabled', async () => {
    const start = () =>
      clients.athena.send(new StartQueryExecutionCommand({ WorkGroup, QueryString: 'SELECT 1' }));
    await update({ State: 'DISABLED' });
    expect(await get()).toMatchObject({ State: 'DISABLED' });
    await expect(start()).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'WorkGroup w is disabled.',
    });
    await update({ State: 'ENABLED' });
    await expect(start()).resolves.toMatchObject({ QueryExecutionId: expect.any(String) });
  });

  it('has tags that can be added, replaced and removed', async () => {
    await clients.athena.send(
      new TagResourceCommand({
        ResourceARN,
        Tags: [
          { Key: 'a', Value: '2' },
          { Key: 'b', Value: '3' },
          { Key: 'c', Value: '4' },
        ],
      }),
    );
    await clients.athena.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['b'] }));
    const { Tags } = await clients.athena.send(new ListTagsForResourceCommand({ ResourceARN }));
    expect(Tags).toEqual([
      { Key: 'a', Value: '2' },
      { Key: 'c', Value: '4' },
    ]);
  });

  it('that holds named queries is deleted with them, and only when that is meant', async () => {
    const { NamedQueryId } = await clients.athena.send(
      new CreateNamedQueryCommand({ WorkGroup, Name: 'q', Database: 'd', QueryString: 'SELECT 1' }),
    );
    await expect(clients.athena.send(new DeleteWorkGroupCommand({ WorkGroup }))).rejects.toMatchObject({
      message: 'WorkGroup w is not empty',
    });
    await clients.athena.send(new DeleteWorkGroupCommand({ WorkGroup, RecursiveDeleteOption: true }));
    await expect(clients.athena.send(new GetNamedQueryCommand({ NamedQueryId }))).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
  });
});

it('the primary workgroup can be changed, and is listed once', async () => {
  await update({
    WorkGroup: 'primary',
    Description: 'P',
    ConfigurationUpdates: { ResultConfigurationUpdates: { OutputLocation: 's3://results/p/' } },
  });
  expect(await get('primary')).toMatchObject({
    Description: 'P',
    Configuration: {
      EnforceWorkGroupConfiguration: false,
      ResultConfiguration: { OutputLocation: 's3://results/p/' },
    },
  });
  const { WorkGroups } = await clients.athena.send(new ListWorkGroupsCommand({}));
  expect(WorkGroups?.map(({ Name, Description }) => `${Name}: ${Description}`)).toEqual([
    'primary: P',
    'w: W',
  ]);
});
