import {
  GetDatabaseCommand,
  GetDataCatalogCommand,
  GetTableMetadataCommand,
  ListDatabasesCommand,
  ListDataCatalogsCommand,
  ListTableMetadataCommand,
} from '@aws-sdk/client-athena';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningAthena, runAthena } from './running-athena.js';

let athena: RunningAthena;
beforeAll(async () => {
  athena = await runAthena();
  await athena.run(`CREATE EXTERNAL TABLE t (id int COMMENT 'its id', tags array<string>) PARTITIONED BY (year string)
    STORED AS PARQUET LOCATION 's3://lake/t/'`);
  await athena.run('CREATE VIEW v AS SELECT id FROM t');
});
afterAll(() => athena.end());

it('information_schema says what is in the catalog', async () => {
  expect(await athena.rows('SELECT schema_name FROM information_schema.schemata ORDER BY 1')).toEqual([
    ['d'],
    ['information_schema'],
  ]);
  expect(
    await athena.rows(
      'SELECT table_schema, table_name, table_type FROM awsdatacatalog.information_schema.tables ORDER BY 2',
    ),
  ).toEqual([
    ['d', 't', 'BASE TABLE'],
    ['d', 'v', 'VIEW'],
  ]);
  expect(
    await athena.rows(
      "SELECT column_name, ordinal_position, data_type, comment, extra_info FROM information_schema.columns WHERE table_name = 't' ORDER BY ordinal_position",
    ),
  ).toEqual([
    ['id', '1', 'integer', 'its id', undefined],
    ['tags', '2', 'array(varchar)', undefined, undefined],
    ['year', '3', 'varchar', undefined, 'partition key'],
  ]);
  expect(await athena.rows('SELECT table_name, view_definition FROM information_schema.views')).toEqual([
    ['v', 'SELECT id FROM t'],
  ]);
  expect(await athena.reason('SELECT * FROM information_schema.roles')).toContain(
    'TABLE_NOT_FOUND: line 1:15',
  );
  expect(await athena.reason('SELECT * FROM "t$files"')).toContain('NOT_SUPPORTED');
});

it('the API says it too', async () => {
  const { athena: client } = athena.running.clients;
  const CatalogName = 'AwsDataCatalog';
  const { DataCatalogsSummary } = await client.send(new ListDataCatalogsCommand({}));
  expect(DataCatalogsSummary).toMatchObject([{ CatalogName, Type: 'GLUE' }]);
  const { DataCatalog } = await client.send(new GetDataCatalogCommand({ Name: CatalogName }));
  expect(DataCatalog).toMatchObject({ Name: CatalogName, Type: 'GLUE' });
  const { DatabaseList } = await client.send(new ListDatabasesCommand({ CatalogName }));
  expect(DatabaseList).toMatchObject([{ Name: 'd' }]);
  expect(
    (await client.send(new GetDatabaseCommand({ CatalogName, DatabaseName: 'd' }))).Database,
  ).toMatchObject({ Name: 'd' });
  const { TableMetadataList } = await client.send(
    new ListTableMetadataCommand({ CatalogName, DatabaseName: 'd', Expression: 't*' }),
  );
  expect(TableMetadataList?.map(({ Name }) => Name)).toEqual(['t']);
  const { TableMetadata } = await client.send(
    new GetTableMetadataCommand({ CatalogName, DatabaseName: 'd', TableName: 't' }),
  );
  expect(TableMetadata).toMatchObject({
    Name: 't',
    TableType: 'EXTERNAL_TABLE',
    Columns: [
      { Name: 'id', Type: 'int', Comment: 'its id' },
      { Name: 'tags', Type: 'array<string>' },
    ],
    PartitionKeys: [{ Name: 'year', Type: 'string' }],
    Parameters: { EXTERNAL: 'TRUE', location: 's3://lake/t/' },
  });
  await expect(
    client.send(new GetTableMetadataCommand({ CatalogName, DatabaseName: 'd', TableName: 'x' })),
  ).rejects.toMatchObject({ name: 'MetadataException' });
  await expect(client.send(new ListDatabasesCommand({ CatalogName: 'x' }))).rejects.toMatchObject({
    name: 'InvalidRequestException',
  });
  expect(athena.running.troubles).toEqual([]);
});
