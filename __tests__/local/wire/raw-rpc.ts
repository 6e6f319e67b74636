import { cbor } from '@smithy/core/cbor';
import { SERVICES, type ServiceName } from '../../../local/wire/service-model.js';
import { type RawAnswer, type RawRequest, signedFor } from './raw-request.js';

/** How the operation and its input are told, but for S3's way. */
export type RpcProtocol = 'json' | 'aws-cbor' | 'cbor' | 'query';

/** The protocols that a service is asked in: those of its own, and those that name it by its target. */
export function protocolsOf(service: ServiceName): readonly RpcProtocol[] {
  const { protocol, target } = SERVICES[service];
  const byTarget = target === undefined ? [] : (['json', 'aws-cbor', 'cbor'] as const);
  return protocol === 'query' ? ['query', ...byTarget] : byTarget;
}

const CONTENT_TYPES: Readonly<Record<RpcProtocol, string>> = {
  json: 'application/x-amz-json-1.1',
  'aws-cbor': 'application/x-amz-cbor-1.1',
  cbor: 'application/cbor',
  query: 'application/x-www-form-urlencoded; charset=utf-8',
};

/** A request of one of these protocols. The body is as it is given: see `bodyOf`. */
export function rpcRequest(
  protocol: RpcProtocol,
  service: ServiceName,
  operation: string,
  body: string | Buffer,
): RawRequest {
  const { target = '' } = SERVICES[service];
  const common = { authorization: signedFor(service), 'content-type': CONTENT_TYPES[protocol] };
  if (protocol === 'cbor') {
    const headers = { ...common, 'smithy-protocol': 'rpc-v2-cbor' };
    return { method: 'POST', path: `/service/${target}/operation/${operation}`, headers, body };
  }
  const named = protocol !== 'query' && { 'x-amz-target': `${target}.${operation}` };
  return { method: 'POST', path: '/', headers: { ...common, ...named }, body };
}

/** An input in the form that a protocol has for it. */
export function bodyOf(protocol: RpcProtocol, operation: string, input: unknown): string | Buffer {
  if (protocol === 'json') return JSON.stringify(input) ?? '';
  if (protocol !== 'query') return Buffer.from(cbor.serialize(input));
  const form = new URLSearchParams({ Action: operation });
  flatten(input, '', form);
  return form.toString();
}

function flatten(value: unknown, name: string, form: URLSearchParams): void {
  if (typeof value !== 'object' || value === null) {
    if (name !== '' && value !== undefined) form.append(name, String(value));
    return;
  }
  const isList = Array.isArray(value);
  for (const [key, member] of Object.entries(value)) {
    const inner = isList ? `member.${Number(key) + 1}` : key;
    flatten(member, name === '' ? inner : `${name}.${inner}`, form);
  }
}

/** An error's code, where an answer is one and has all that its protocol asks of an error. */
export function errorCode(protocol: RpcProtocol, { status, headers, body, text }: RawAnswer): string {
  if (status < 400) throw new Error(`It is no error: ${status} ${text}`);
  if (protocol === 'query') {
    const match =
      /^<ErrorResponse><Error><Type>(Sender|Receiver)<\/Type><Code>(\w+)<\/Code><Message>[^<]*<\/Message><\/Error><RequestId>[\w-]+<\/RequestId><\/ErrorResponse>$/.exec(
        text,
      );
    if (!match || headers['content-type'] !== 'text/xml') throw new Error(`It has not the shape: ${text}`);
    return match[2] ?? '';
  }
  const error = protocol === 'json' ? JSON.parse(text) : cbor.deserialize(body);
  // Athena tells more of what it refuses.
  const { __type: type, message, Message = message, AthenaErrorCode, ...rest } = error;
  const others = AthenaErrorCode === undefined ? {} : { ErrorCode: AthenaErrorCode };
  const isWhole =
    typeof type === 'string' &&
    typeof Message === 'string' &&
    JSON.stringify(rest) === JSON.stringify(others);
  if (
    !isWhole ||
    headers['x-amzn-errortype'] !== error.__type ||
    headers['content-type'] !== CONTENT_TYPES[protocol]
  )
    throw new Error(`It has not the shape: ${JSON.stringify({ headers, error })}`);
  return error.__type;
}
