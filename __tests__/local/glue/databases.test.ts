import {
  CreateDatabaseCommand,
  CreateTableCommand,
  DeleteDatabaseCommand,
  GetDatabaseCommand,
  GetDatabasesCommand,
  GetTableCommand,
  GetTablesCommand,
} from '@aws-sdk/client-glue';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Clients, localAwsForTest } from '../running-local-aws.js';

let glue: Clients['glue'];
beforeEach(async () => {
  ({ glue } = (await localAwsForTest()).clients);
});

const create = (Name: string, rest = {}) =>
  glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name, ...rest } }));
const createTable = (DatabaseName: string, Name: string) =>
  glue.send(new CreateTableCommand({ DatabaseName, TableInput: { Name } }));

async function tablesOf(DatabaseName: string) {
  const { TableList = [] } = await glue.send(new GetTablesCommand({ DatabaseName }));
  return TableList.map(({ Name }) => Name);
}

describe('a database', () => {
  it('is given back as it was described', async () => {
    await create('sales', { Description: 'What was sold', LocationUri: 's3://b/', Parameters: { a: 'b' } });
    const { Database } = await glue.send(new GetDatabaseCommand({ Name: 'sales' }));
    expect(Database).toEqual({
      Name: 'sales',
      Description: 'What was sold',
      LocationUri: 's3://b/',
      Parameters: { a: 'b' },
      // What Glue gives a database that does not say.
      CreateTableDefaultPermissions: [
        { Principal: { DataLakePrincipalIdentifier: 'IAM_ALLOWED_PRINCIPALS' }, Permissions: ['ALL'] },
      ],
      CatalogId: '000000000000',
      CreateTime: expect.any(Date),
    });
  });

  it('has a name in lower case, and is found however it is written', async () => {
    await create('Sales_2026');
    const { Database } = await glue.send(new GetDatabaseCommand({ Name: 'SALES_2026' }));
    expect(Database?.Name).toBe('sales_2026');
    await expect(create('sales_2026')).rejects.toMatchObject({ name: 'AlreadyExistsException' });
  });

  it.each(['', 'x'.repeat(256)])('has a name of 1 to 255 characters (%#)', async (name) => {
    await expect(create(name)).rejects.toMatchObject({ name: 'InvalidInputException' });
  });

  it('that is not there is missed', async () => {
    const missing = { name: 'EntityNotFoundException', message: 'Database none not found.' };
    for (const name of ['none', 'NONE']) {
      await expect(glue.send(new GetDatabaseCommand({ Name: name }))).rejects.toMatchObject(missing);
      await expect(glue.send(new DeleteDatabaseCommand({ Name: name }))).rejects.toMatchObject(missing);
      await expect(glue.send(new GetTablesCommand({ DatabaseName: name }))).rejects.toMatchObject(missing);
      await expect(createTable(name, 't')).rejects.toMatchObject(missing);
    }
  });

  it('takes its tables along, and only its own', async () => {
    for (const name of ['db', 'db2', 'db_', 'd']) {
      await create(name);
      for (const table of ['one', 'two', 'three', '\u{1f600}']) await createTable(name, table);
    }
    await glue.send(new DeleteDatabaseCommand({ Name: 'DB' }));
    await expect(glue.send(new GetDatabaseCommand({ Name: 'db' }))).rejects.toMatchObject({
      name: 'EntityNotFoundException',
    });
    for (const name of ['db2', 'db_', 'd']) expect(await tablesOf(name)).toHaveLength(4);
    await create('db');
    expect(await tablesOf('db')).toEqual([]);
    for (const Name of ['one', '\u{1f600}']) {
      const table = glue.send(new GetTableCommand({ DatabaseName: 'db', Name }));
      await expect(table).rejects.toMatchObject({ name: 'EntityNotFoundException' });
    }
  });

  it("of another account's catalog is not there", async () => {
    const other = glue.send(new GetDatabasesCommand({ CatalogId: '999999999999' }));
    await expect(other).rejects.toMatchObject({ name: 'EntityNotFoundException' });
    const own = await glue.send(new GetDatabasesCommand({ CatalogId: '000000000000' }));
    expect(own.DatabaseList).toEqual([]);
  });
});

describe('GetDatabases', () => {
  it('gives all of them in pages, by name', async () => {
    const names = ['b', 'a', 'c', 'a_b', '\u{1f600}', '\u{e9}'];
    for (const name of names) await create(name);
    const pages: (string | undefined)[][] = [];
    for (let token: string | undefined; ; ) {
      const page = await glue.send(new GetDatabasesCommand({ MaxResults: 2, NextToken: token }));
      pages.push((page.DatabaseList ?? []).map(({ Name }) => Name));
      token = page.NextToken;
      if (token === undefined) break;
    }
    expect(pages).toEqual([
      ['a', 'a_b'],
      ['b', 'c'],
      ['\u{e9}', '\u{1f600}'],
    ]);
  });

  it.each([0, -1])('refuses a page of %i', async (MaxResults) => {
    const page = glue.send(new GetDatabasesCommand({ MaxResults }));
    await expect(page).rejects.toMatchObject({ name: 'InvalidInputException' });
  });
});
