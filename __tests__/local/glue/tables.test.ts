import {
  CreateDatabaseCommand,
  CreateTableCommand,
  DeleteTableCommand,
  GetTableCommand,
  GetTablesCommand,
} from '@aws-sdk/client-glue';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Clients, localAwsForTest } from '../running-local-aws.js';

const DatabaseName = 'sales';
let glue: Clients['glue'];
beforeEach(async () => {
  ({ glue } = (await localAwsForTest()).clients);
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: DatabaseName } }));
});

const create = (Name: string, rest = {}) =>
  glue.send(new CreateTableCommand({ DatabaseName, TableInput: { Name, ...rest } }));

async function names(Expression?: string) {
  const { TableList = [] } = await glue.send(new GetTablesCommand({ DatabaseName, Expression }));
  return TableList.map(({ Name }) => Name);
}

describe('a table', () => {
  it('is given back as it was described', async () => {
    const described = {
      Description: 'Every order',
      TableType: 'EXTERNAL_TABLE',
      Parameters: { classification: 'parquet', 'projection.enabled': 'true' },
      PartitionKeys: [{ Name: 'year', Type: 'string', Comment: 'Of the event' }],
      Retention: 0,
      StorageDescriptor: {
        Columns: [
          { Name: 'id', Type: 'string' },
          { Name: 'items', Type: 'array<struct<sku:string,count:int>>' },
        ],
        Location: 's3://bucket/orders/',
        InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
        Compressed: false,
        SerdeInfo: {
          SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
          Parameters: { 'serialization.format': '1' },
        },
      },
    };
    await create('orders', described);
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName, Name: 'orders' }));
    expect(Table).toEqual({
      ...described,
      Name: 'orders',
      DatabaseName,
      CatalogId: '000000000000',
      CreateTime: expect.any(Date),
      UpdateTime: expect.any(Date),
      CreatedBy: 'arn:aws:iam::000000000000:user/local',
      IsRegisteredWithLakeFormation: false,
      VersionId: '0',
    });
  });

  it('has a name in lower case, and is found however it is written', async () => {
    await create('Orders');
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName: 'SALES', Name: 'ORDERS' }));
    expect(Table).toMatchObject({ Name: 'orders', DatabaseName: 'sales' });
    await expect(create('ORDERS')).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    await glue.send(new DeleteTableCommand({ DatabaseName: 'Sales', Name: 'oRDERS' }));
    expect(await names()).toEqual([]);
  });

  it.each(['', 'x'.repeat(256)])('has a name of 1 to 255 characters (%#)', async (name) => {
    await expect(create(name)).rejects.toMatchObject({ name: 'InvalidInputException' });
  });

  it('that is not there is missed', async () => {
    const missing = { name: 'EntityNotFoundException', message: 'Table none not found.' };
    const place = { DatabaseName, Name: 'None' };
    await expect(glue.send(new GetTableCommand(place))).rejects.toMatchObject(missing);
    await expect(glue.send(new DeleteTableCommand(place))).rejects.toMatchObject(missing);
  });

  it('is refused where it asks for what is not there', async () => {
    const indexed = new CreateTableCommand({
      DatabaseName,
      TableInput: { Name: 't' },
      PartitionIndexes: [{ IndexName: 'i', Keys: ['year'] }],
    });
    await expect(glue.send(indexed)).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'Local AWS does not implement PartitionIndexes.',
    });
    expect(await names()).toEqual([]);
  });
});

describe('GetTables', () => {
  it('gives all of them in pages, by name', async () => {
    for (const name of ['c', 'a', 'b', 'a_1', 'd']) await create(name);
    const pages: (string | undefined)[][] = [];
    for (let token: string | undefined; ; ) {
      const page = await glue.send(new GetTablesCommand({ DatabaseName, MaxResults: 2, NextToken: token }));
      pages.push((page.TableList ?? []).map(({ Name }) => Name));
      token = page.NextToken;
      if (token === undefined) break;
    }
    expect(pages).toEqual([['a', 'a_1'], ['b', 'c'], ['d']]);
  });

  it.each([
    ['orders*', ['orders', 'orders_2026']],
    ['*2026', ['items_2026', 'orders_2026']],
    ['items|orders', ['items', 'orders']],
    ['ORDERS', ['orders']],
    ['order', []],
    ['o.*s', []],
  ])('gives those that match %s', async (expression, expected) => {
    for (const name of ['orders', 'orders_2026', 'items', 'items_2026']) await create(name);
    expect(await names(expression)).toEqual(expected);
  });
});
