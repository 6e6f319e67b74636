import { CborCodec, cbor } from '@smithy/core/cbor';
import { type AwsError, serializationError } from './aws-error.js';
import { isBoundedCbor } from './cbor-bounds.js';
import type { OperationModel } from './service-model.js';
import { checkShape } from './shape-check.js';

/** Smithy's RPC protocol in CBOR: boto3 and the `aws` command line call CloudWatch by it. Timestamps are in seconds. */
const codec = new CborCodec();

export const CBOR_HEADERS = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' };

/**
 * The input of an operation from a CBOR body, checked and decoded by AWS's schema.
 * @throws AwsError where it is not CBOR, or has not the operation's shape.
 */
export function decodeCbor(
  model: OperationModel,
  body: Buffer,
  format: 'cbor' | 'aws-cbor' = 'cbor',
): object {
  if (model.input.isUnitSchema()) return {};
  const value = body.length === 0 ? {} : parse(body);
  checkShape(model.input, value, format);
  return codec.createDeserializer().readValue(model.input, value) as object;
}

function parse(body: Buffer): unknown {
  try {
    // Anything else is no input, and the parser would write to the console about what it takes for a long text.
    if (body.readUInt8(0) >> 5 === CBOR_MAP && isBoundedCbor(body)) return cbor.deserialize(body);
  } catch {
    // It holds what CBOR has not.
  }
  throw serializationError('The request body is not valid CBOR.');
}

/** The major type of a map: the first three bits of what begins with it. */
const CBOR_MAP = 5;

/** The body of an answer. An operation without an output answers with an empty map. */
export function encodeCbor(model: OperationModel, output: object): Uint8Array {
  if (model.output.isUnitSchema()) return cbor.serialize({});
  const serializer = codec.createSerializer();
  serializer.write(model.output, output);
  return serializer.flush();
}

export function encodeCborError(error: AwsError): Uint8Array {
  return cbor.serialize({ __type: error.code, message: error.message });
}
