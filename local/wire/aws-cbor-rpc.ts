import { CborCodec, tag } from '@smithy/core/cbor';
import { decodeCbor } from './cbor-rpc.js';
import type { OperationModel } from './service-model.js';

/**
 * AWS's JSON protocol with its bodies in CBOR, by which the SDKs for Java speak with Kinesis: the operation is in
 * `X-Amz-Target`, timestamps are whole milliseconds since 1970, and bytes are bytes.
 */
const codec = new CborCodec();

export const AWS_CBOR_CONTENT_TYPE = 'application/x-amz-cbor-1.1';

/**
 * The input of an operation, checked and decoded by AWS's schema.
 * @throws AwsError where it is not CBOR, or has not the operation's shape.
 */
export const decodeAwsCbor = (model: OperationModel, body: Buffer): object =>
  decodeCbor(model, body, 'aws-cbor');

/** The body of an answer. An operation without an output answers with nothing, as in JSON. */
export function encodeAwsCbor(model: OperationModel, output: object): Uint8Array {
  if (model.output.isUnitSchema()) return new Uint8Array();
  const serializer = codec.createSerializer();
  serializer.write(model.output, withMilliseconds(output));
  return serializer.flush();
}

/** Timestamps as the codec leaves them alone: it would write seconds. */
function withMilliseconds(value: unknown): unknown {
  if (value instanceof Date) return tag({ tag: 1, value: value.getTime() });
  if (Array.isArray(value)) return value.map(withMilliseconds);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) result[name] = withMilliseconds(member);
  return result;
}
