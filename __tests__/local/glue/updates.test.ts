import {
  CreateDatabaseCommand,
  CreateTableCommand,
  DeleteDatabaseCommand,
  DeleteTableCommand,
  GetDatabaseCommand,
  GetPartitionIndexesCommand,
  GetTableCommand,
  GetTableVersionCommand,
  GetTableVersionsCommand,
  GetTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateDatabaseCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-glue';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Clients, localAwsForTest } from '../running-local-aws.js';

const DatabaseName = 'd';
const ResourceArn = 'arn:aws:glue:us-east-1:000000000000:database/d';
let glue: Clients['glue'];
beforeEach(async () => {
  ({ glue } = (await localAwsForTest()).clients);
  await glue.send(
    new CreateDatabaseCommand({
      DatabaseInput: { Name: DatabaseName, Description: 'D' },
      Tags: { a: '1', b: '' },
    }),
  );
});

describe('a database', () => {
  it('becomes what it is updated to, and keeps its tags and its age', async () => {
    const before = await glue.send(new GetDatabaseCommand({ Name: DatabaseName }));
    await glue.send(
      new UpdateDatabaseCommand({ Name: 'D', DatabaseInput: { Name: 'd', LocationUri: 's3://b/' } }),
    );
    const { Database } = await glue.send(new GetDatabaseCommand({ Name: DatabaseName }));
    expect(Database).toMatchObject({ LocationUri: 's3://b/', CreateTime: before.Database?.CreateTime });
    expect(Database).not.toHaveProperty('Description');
    expect((await glue.send(new GetTagsCommand({ ResourceArn }))).Tags).toEqual({ a: '1', b: '' });
    const rename = new UpdateDatabaseCommand({ Name: 'd', DatabaseInput: { Name: 'e' } });
    await expect(glue.send(rename)).rejects.toMatchObject({ name: 'InvalidInputException' });
  });

  it('has tags that can be added, replaced and removed', async () => {
    await glue.send(new TagResourceCommand({ ResourceArn, TagsToAdd: { b: '2', c: '3' } }));
    await glue.send(new UntagResourceCommand({ ResourceArn, TagsToRemove: ['a'] }));
    expect((await glue.send(new GetTagsCommand({ ResourceArn }))).Tags).toEqual({ b: '2', c: '3' });
    const missing = new GetTagsCommand({ ResourceArn: ResourceArn.replace(/d$/, 'none') });
    await expect(glue.send(missing)).rejects.toMatchObject({ name: 'EntityNotFoundException' });
  });
});

describe('a table', () => {
  const update = (columns: readonly string[], rest: Partial<UpdateTableCommandInput> = {}) =>
    glue.send(new UpdateTableCommand({ DatabaseName, TableInput: definition(columns), ...rest }));
  const definition = (columns: readonly string[]) => ({
    Name: 't',
    StorageDescriptor: { Columns: columns.map((Name) => ({ Name, Type: 'string' })) },
  });
  const versions = async (rest = {}) => {
    const answer = await glue.send(new GetTableVersionsCommand({ DatabaseName, TableName: 't', ...rest }));
    const found = answer.TableVersions?.map(({ VersionId, Table }) => [
      VersionId,
      Table?.StorageDescriptor?.Columns?.length,
    ]);
    return { found, token: answer.NextToken };
  };
  beforeEach(async () => {
    await glue.send(
      new CreateTableCommand({ DatabaseName, TableInput: definition(['a']), PartitionIndexes: [] }),
    );
  });

  it('becomes what it is updated to, and keeps what it was as an earlier version', async () => {
    await update(['a', 'b']);
    await update(['a', 'b', 'c'], { SkipArchive: true });
    await update(['a', 'b', 'c', 'd'], { VersionId: '2' });
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName, Name: 't' }));
    expect(Table).toMatchObject({
      VersionId: '3',
      StorageDescriptor: { Columns: [{}, {}, {}, { Name: 'd' }] },
    });
    // Version 1 was not to be kept.
    expect((await versions()).found).toEqual([
      ['3', 4],
      ['2', 3],
      ['0', 1],
    ]);
    const one = new GetTableVersionCommand({ DatabaseName, TableName: 't', VersionId: '1' });
    await expect(glue.send(one)).rejects.toMatchObject({ name: 'EntityNotFoundException' });
  });

  it('gives its versions in pages, the latest first', async () => {
    await update(['a', 'b']);
    await update(['a', 'b', 'c']);
    const first = await versions({ MaxResults: 2 });
    expect(first.found?.map(([version]) => version)).toEqual(['2', '1']);
    expect(await versions({ NextToken: first.token })).toEqual({ found: [['0', 1]], token: undefined });
  });

  it('is not changed over what somebody else has changed meanwhile', async () => {
    await update(['a', 'b']);
    await expect(update(['c'], { VersionId: '0' })).rejects.toMatchObject({
      name: 'ConcurrentModificationException',
    });
  });

  it.each([
    ['it is made anew', () => glue.send(new DeleteTableCommand({ DatabaseName, Name: 't' }))],
    [
      'its database is made anew',
      async () => {
        await glue.send(new DeleteDatabaseCommand({ Name: DatabaseName }));
        await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: DatabaseName } }));
      },
    ],
  ])('has no earlier versions when %s', async (_what, remove) => {
    await update(['a', 'b']);
    await remove();
    await glue.send(new CreateTableCommand({ DatabaseName, TableInput: definition(['a']) }));
    expect((await versions()).found).toEqual([['0', 1]]);
  });

  it('has no partition indexes', async () => {
    const indexes = (TableName: string) =>
      glue.send(new GetPartitionIndexesCommand({ DatabaseName, TableName }));
    expect(await indexes('t')).toMatchObject({ PartitionIndexDescriptorList: [] });
    await expect(indexes('none')).rejects.toMatchObject({ name: 'EntityNotFoundException' });
    const PartitionIndexes = [{ IndexName: 'i', Keys: ['year'] }];
    const command = new CreateTableCommand({ DatabaseName, TableInput: { Name: 'u' }, PartitionIndexes });
    await expect(glue.send(command)).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});
