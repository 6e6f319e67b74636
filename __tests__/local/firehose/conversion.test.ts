import {
  CreateDeliveryStreamCommand,
  type Deserializer,
  PutRecordCommand,
  type Serializer,
} from '@aws-sdk/client-firehose';
import { UpdateTableCommand } from '@aws-sdk/client-glue';
import { parquetReadObjects } from 'hyparquet';
import { expect, it } from 'vitest';
import { deliveryForTest, destination, directPut, table } from './delivery.js';

const conversion = destination.DataFormatConversionConfiguration;
const reading = (Deserializer: Deserializer) => ({
  DataFormatConversionConfiguration: { ...conversion, InputFormatConfiguration: { Deserializer } },
});
const writing = (Serializer: Serializer) => ({
  DataFormatConversionConfiguration: { ...conversion, OutputFormatConfiguration: { Serializer } },
});

const COLUMNS = [
  { Name: 'id', Type: 'string' },
  { Name: 'at', Type: 'timestamp' },
  { Name: 'size', Type: 'int' },
];

it('needs a table that has columns', async () => {
  const { clients } = await deliveryForTest();
  const StorageDescriptor = { ...table.StorageDescriptor, Columns: [] };
  await clients.glue.send(
    new UpdateTableCommand({ DatabaseName: 'd', TableInput: { ...table, StorageDescriptor } }),
  );
  const created = clients.firehose.send(new CreateDeliveryStreamCommand(directPut({})));
  await expect(created).rejects.toMatchObject({
    name: 'InvalidArgumentException',
    message: expect.stringContaining('has no columns'),
  });
});

it.each<[serde: string, deserializer: Deserializer, record: string]>([
  [
    'the OpenX SerDe with names of its own',
    {
      OpenXJsonSerDe: {
        ColumnToJsonKeyMappings: { size: 'bytes' },
        ConvertDotsInJsonKeysToUnderscores: true,
      },
    },
    '{"ID":"a","at":"2026-02-04T05:06:07.089Z","bytes":"20"}',
  ],
  [
    'the Hive SerDe with a pattern of its own',
    { HiveJsonSerDe: { TimestampFormats: ['dd/MM/yyyy HH:mm:ss.SSS', 'millis'] } },
    '{"ID":"a","at":"04/02/2026 05:06:07.089","size":20}',
  ],
])('reads JSON by %s', async (_serde, deserializer, record) => {
  const { clients, keys, objects, read } = await deliveryForTest();
  await clients.glue.send(
    new UpdateTableCommand({
      DatabaseName: 'd',
      TableInput: { ...table, StorageDescriptor: { ...table.StorageDescriptor, Columns: COLUMNS } },
    }),
  );
  await clients.firehose.send(new CreateDeliveryStreamCommand(directPut(reading(deserializer))));
  await clients.firehose.send(
    new PutRecordCommand({ DeliveryStreamName: 'g', Record: { Data: Buffer.from(record) } }),
  );
  await objects(1);
  const [key] = await keys();
  const { bytes } = await read(key);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  expect(await parquetReadObjects({ file })).toEqual([
    { id: 'a', at: new Date('2026-02-04T05:06:07.089Z'), size: 20 },
  ]);
});

it.each<[what: string, changes: object]>([
  ['OrcSerDe', writing({ OrcSerDe: {} })],
  [
    'the timestamp format ww',
    reading({ HiveJsonSerDe: { TimestampFormats: ['millis', 'yyyy-MM-dd', 'ww'] } }),
  ],
])('refuses by name %s', async (name, changes) => {
  const { clients } = await deliveryForTest();
  await expect(
    clients.firehose.send(new CreateDeliveryStreamCommand(directPut(changes))),
  ).rejects.toMatchObject({
    name: 'NotImplemented',
    message: `Local AWS does not implement ${name}.`,
  });
});
