import {
  CreateDeliveryStreamCommand,
  ListTagsForDeliveryStreamCommand,
  TagDeliveryStreamCommand,
  UntagDeliveryStreamCommand,
} from '@aws-sdk/client-firehose';
import { CreateTableCommand, GetTableVersionCommand, UpdateTableCommand } from '@aws-sdk/client-glue';
import { DeleteStreamCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { expect, it } from 'vitest';
import { turnedClock } from '../kinesis/turned-clock.js';
import { deliveryForTest, destination, table } from './delivery.js';

const DeliveryStreamName = 'f';

it('tags are given back, added, replaced and removed', async () => {
  const { clients } = await deliveryForTest({ tags: [{ Key: 'a', Value: '1' }, { Key: 'b' }] });
  const tags = async (request = {}) => {
    const { Tags, HasMoreTags } = await clients.firehose.send(
      new ListTagsForDeliveryStreamCommand({ DeliveryStreamName, ...request }),
    );
    return [Tags?.map(({ Key, Value }) => `${Key}=${Value}`), HasMoreTags];
  };
  expect(await tags()).toEqual([['a=1', 'b='], false]);
  await clients.firehose.send(
    new TagDeliveryStreamCommand({
      DeliveryStreamName,
      Tags: [
        { Key: 'b', Value: '2' },
        { Key: 'c', Value: '3' },
      ],
    }),
  );
  await clients.firehose.send(new UntagDeliveryStreamCommand({ DeliveryStreamName, TagKeys: ['a'] }));
  expect(await tags()).toEqual([['b=2', 'c=3'], false]);
  expect(await tags({ Limit: 1 })).toEqual([['b=2'], true]);
  expect(await tags({ ExclusiveStartTagKey: 'b' })).toEqual([['c=3'], false]);
});

it('ends quietly with its source, whatever it was about', async () => {
  const { clients, keys, troubles } = await deliveryForTest();
  const Records = Array.from({ length: 500 }, () => ({ PartitionKey: 'k', Data: Buffer.from('{"broken"') }));
  await clients.kinesis.send(new PutRecordsCommand({ StreamName: 's', Records }));
  // The engine takes longer to start: once it has found the records broken, they are gone.
  await clients.kinesis.send(new DeleteStreamCommand({ StreamName: 's' }));
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await keys()).toEqual([]);
  expect(troubles).toEqual([]);
});

it('says how many records its source did not keep until they could be delivered', async () => {
  const clock = turnedClock();
  const { put, objects, troubles, update } = await deliveryForTest({
    clock,
    destination: { BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 900 } },
  });
  await put('a', 'b', 'c');
  clock.turn(25 * 3_600_000);
  await put('d');
  await update({ BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 0 } });
  await objects(1);
  await expect
    .poll(() => troubles)
    .toEqual([
      'The delivery stream f lost records: Error: 3 were older than its source keeps them before they could be delivered',
    ]);
});

it('converts by the version of the table that it names', async () => {
  const conversion = destination.DataFormatConversionConfiguration;
  const { clients, put, objects, update, troubles } = await deliveryForTest();
  const wider = {
    ...table,
    StorageDescriptor: {
      ...table.StorageDescriptor,
      Columns: [
        { Name: 'id', Type: 'string' },
        { Name: 'extra', Type: 'int' },
      ],
    },
  };
  await clients.glue.send(new UpdateTableCommand({ DatabaseName: 'd', TableInput: wider }));
  await update({
    DataFormatConversionConfiguration: {
      ...conversion,
      SchemaConfiguration: { ...conversion?.SchemaConfiguration, VersionId: '0' },
    },
  });
  await put('a');
  await objects(1);
  const { TableVersion } = await clients.glue.send(
    new GetTableVersionCommand({ DatabaseName: 'd', TableName: 't', VersionId: '0' }),
  );
  expect(TableVersion?.Table?.StorageDescriptor?.Columns).toHaveLength(1);
  expect(troubles).toEqual([]);
});

it.each(['uniontype<int,string>', 'binary'])('refuses a table with a column of type %s', async (Type) => {
  const { clients, update } = await deliveryForTest();
  const Columns = [{ Name: 'odd', Type }];
  await clients.glue.send(
    new CreateTableCommand({
      DatabaseName: 'd',
      TableInput: { Name: 'u', StorageDescriptor: { ...table.StorageDescriptor, Columns } },
    }),
  );
  const conversion = destination.DataFormatConversionConfiguration;
  const DataFormatConversionConfiguration = {
    ...conversion,
    SchemaConfiguration: { ...conversion?.SchemaConfiguration, TableName: 'u' },
  };
  const refusal = {
    name: 'InvalidArgumentException',
    message: expect.stringContaining(`column odd of table d.u is of type ${Type}`),
  };
  await expect(update({ DataFormatConversionConfiguration })).rejects.toMatchObject(refusal);
  await expect(
    clients.firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: 'g',
        DeliveryStreamType: 'KinesisStreamAsSource',
        KinesisStreamSourceConfiguration: {
          KinesisStreamARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/s',
          RoleARN: destination.RoleARN,
        },
        ExtendedS3DestinationConfiguration: { ...destination, DataFormatConversionConfiguration },
      }),
    ),
  ).rejects.toMatchObject(refusal);
});
