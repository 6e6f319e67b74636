import { JsonCodec } from '@aws-sdk/core/protocols';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { decodeJson, encodeJson } from '../../../local/wire/json-rpc.js';
import { type OperationModel, operationModels } from '../../../local/wire/service-model.js';

let putRecords: OperationModel;
let getRecords: OperationModel;
beforeAll(async () => {
  const models = await operationModels('kinesis');
  [putRecords, getRecords] = ['PutRecords', 'GetRecords'].map((name) => {
    const model = models.get(name);
    if (!model) throw new Error(`Kinesis has no ${name}.`);
    return model;
  }) as [OperationModel, OperationModel];
});

/** The SDK's codec on its own, which decodes base64 itself. */
const codec = new JsonCodec({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false });
const decodedByCodec = (body: string) =>
  codec.createDeserializer().readObject(putRecords.input, JSON.parse(body));

const bytes = fc.uint8Array({ maxLength: 300 });
const key = fc.string({ unit: 'grapheme', maxLength: 20 });

it('a body is decoded to what the SDK decodes it to, whether its text is ASCII or not', () => {
  const record = fc.record(
    { Data: bytes, PartitionKey: key, ExplicitHashKey: fc.nat().map(String) },
    { requiredKeys: ['Data', 'PartitionKey'] },
  );
  fc.assert(
    fc.property(fc.array(record, { maxLength: 20 }), key, (records, StreamName) => {
      const body = JSON.stringify({
        StreamName,
        Records: records.map(({ Data, ...rest }) => ({
          Data: Buffer.from(Data).toString('base64'),
          ...rest,
        })),
      });
      const decoded = decodeJson(putRecords, Buffer.from(body));
      const bare = (value: unknown) =>
        JSON.stringify(value, (_name, one) =>
          one?.type === 'Buffer' ? one.data : one instanceof Uint8Array ? [...one] : one,
        );
      expect(bare(decoded)).toBe(bare(decodedByCodec(body)));
    }),
  );
});

it('an answer is read by the SDK as it was given', () => {
  const record = fc.record({
    SequenceNumber: fc.nat().map(String),
    ApproximateArrivalTimestamp: fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
    Data: bytes,
    PartitionKey: key,
  });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 20 }), (Records) => {
      const answer = { Records, MillisBehindLatest: 0 };
      const read = JSON.parse(encodeJson(getRecords, answer));
      expect(codec.createDeserializer().readObject(getRecords.output, read)).toEqual(answer);
    }),
  );
});
