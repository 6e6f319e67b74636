import { AWS_CBOR_CONTENT_TYPE, decodeAwsCbor, encodeAwsCbor } from './aws-cbor-rpc.js';
import { CBOR_HEADERS, decodeCbor, encodeCbor, encodeCborError } from './cbor-rpc.js';
import { decodeJson, encodeJson, encodeJsonError, JSON_CONTENT_TYPE } from './json-rpc.js';

/** The protocols that name the operation outside the body, which is nothing but its input or output. */
export const RPC = {
  json: {
    decode: decodeJson,
    encode: encodeJson,
    encodeError: encodeJsonError,
    headers: { 'content-type': JSON_CONTENT_TYPE },
  },
  'aws-cbor': {
    decode: decodeAwsCbor,
    encode: encodeAwsCbor,
    encodeError: encodeCborError,
    headers: { 'content-type': AWS_CBOR_CONTENT_TYPE },
  },
  cbor: {
    decode: decodeCbor,
    encode: encodeCbor,
    encodeError: encodeCborError,
    headers: CBOR_HEADERS,
  },
};
export type Rpc = (typeof RPC)[keyof typeof RPC];
