import type { NormalizedSchema } from '@smithy/core/schema';
import fc from 'fast-check';

/** Levels to which structures are filled in: some hold their like. */
const MAX_DEPTH = 5;

/**
 * Inputs that have an operation's shape, with or without each of its members; now and then one of a wrong type, and
 * members that the operation does not know. Bytes and timestamps are as JSON has them.
 */
export function anyInput(schema: NormalizedSchema, depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 30, arbitrary: ofItsType(schema, depth) },
    { weight: 1, arbitrary: fc.constantFrom(null, '', 0, -1, true, [], {}, 'text', 1e300, [null]) },
  );
}

function ofItsType(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> {
  if (depth > MAX_DEPTH) return fc.constant(null);
  if (schema.isStructSchema()) return anyStructure(schema, depth);
  if (schema.isListSchema()) return fc.array(anyInput(schema.getValueSchema(), depth + 1), { maxLength: 3 });
  if (schema.isMapSchema())
    return fc.dictionary(word, anyInput(schema.getValueSchema(), depth + 1), {
      maxKeys: 3,
      noNullPrototype: true,
    });
  if (schema.isBlobSchema())
    return fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('base64'));
  if (schema.isBooleanSchema()) return fc.boolean();
  if (schema.isTimestampSchema()) return fc.constantFrom(0, 1_767_225_600, -1, 1e12, 0.5);
  if (schema.isNumericSchema()) return number;
  return word;
}

function anyStructure(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> {
  const members = Object.fromEntries(
    [...schema.structIterator()].map(([name, member]) => [name, anyInput(member, depth + 1)]),
  );
  return fc.record({ ...members, WhatIsThis: fc.constant(1) }, { requiredKeys: [], noNullPrototype: true });
}

const number = fc.oneof(
  fc.constantFrom(0, 1, 2, 24, 64, 128, 1000, 10_000, -1, 0.5, 2 ** 31, 2 ** 53),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Names that may be there, texts that mean something to one service or another, and any others. */
const word = fc.oneof(
  fc.constantFrom('s', 'bucket', 'key', 'db', 't', 'primary', 'ALL', 'KMS', 'PROVISIONED', 'TRIM_HORIZON'),
  fc.constantFrom(
    'shardId-000000000000',
    'year = 2026 AND (',
    '{}',
    '{"Version":"2012-10-17"}',
    '[',
    'SELECT 1',
  ),
  fc.constantFrom(
    'arn:aws:kinesis:us-east-1:000000000000:stream/s',
    'arn:aws:iam::000000000000:role/r',
    'arn:',
  ),
  fc.constantFrom('arn:aws:glue:us-east-1:000000000000:table/db/t', 'arn:aws:s3:::bucket', 's3://bucket/key'),
  fc.constantFrom('..', '../../x', '', ' ', 'x'.repeat(3000), '0', '340282366920938463463374607431768211456'),
  fc.string({ unit: 'binary', maxLength: 10 }),
  fc.base64String({ maxLength: 40 }),
);
