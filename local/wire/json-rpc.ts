import { isAscii } from 'node:buffer';
import { JsonCodec } from '@aws-sdk/core/protocols';
import type { DocumentType } from '@smithy/types';
import { type AwsError, serializationError } from './aws-error.js';
import type { OperationModel } from './service-model.js';
import { checkShape } from './shape-check.js';

/** Timestamps in AWS's JSON protocols are seconds since 1970, as plain decimals. */
const codec = new JsonCodec({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false });

export const JSON_CONTENT_TYPE = 'application/x-amz-json-1.1';

/**
 * The input of an operation from a JSON body, checked and decoded by AWS's schema.
 * @throws AwsError where it is not JSON, or has not the operation's shape.
 */
export function decodeJson(model: OperationModel, body: Buffer): object {
  let value: DocumentType;
  try {
    value = body.length === 0 ? {} : JSON.parse(textOf(body));
  } catch {
    throw serializationError('The request body is not valid JSON.');
  }
  checkShape(model.input, value);
  return codec.createDeserializer().readObject(model.input, value) as object;
}

/** Node takes three times as long over ASCII where it is called UTF-8; and most bodies are base64, which is ASCII. */
const textOf = (body: Buffer) => body.toString(isAscii(body) ? 'latin1' : 'utf8');

/** The body of an answer. An operation without an output answers with nothing. */
export function encodeJson(model: OperationModel, output: object): string {
  if (model.output.isUnitSchema()) return '';
  const serializer = codec.createSerializer();
  serializer.write(model.output, output);
  return serializer.flush() as string;
}

export function encodeJsonError(error: AwsError): string {
  return JSON.stringify({ __type: error.code, ...error.details });
}
