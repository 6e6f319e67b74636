import fc from 'fast-check';
import { expect, it } from 'vitest';
import { putRecordsBody } from '../../../producer/write/put-records-body.js';

it('makes the body that the SDK would', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.array(
        fc.record({
          PartitionKey: fc.string({ unit: 'binary' }),
          Data: fc.uint8Array({ maxLength: 50 }),
          ExplicitHashKey: fc.option(fc.string(), { nil: undefined }),
        }),
      ),
      (StreamName, Records) => {
        const body = JSON.parse(Buffer.from(putRecordsBody({ StreamName, Records })).toString());
        expect(body).toEqual(
          JSON.parse(
            JSON.stringify({
              StreamName,
              Records: Records.map((r) => ({ ...r, Data: Buffer.from(r.Data).toString('base64') })),
            }),
          ),
        );
      },
    ),
  );
});
