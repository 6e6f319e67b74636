import { type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
  /** The answer's JSON, where it is that. */
  json(): { readonly __type?: string; readonly message?: string };
}

export interface RawRequest extends Pick<RequestOptions, 'method' | 'path' | 'headers' | 'agent'> {
  readonly body?: string | Buffer;
}

/** Sends a request as it stands, without an SDK that would mend it. */
export async function rawRequest(
  endpoint: string,
  { body = '', ...options }: RawRequest,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(endpoint);
  const message = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    request({ hostname, port, ...options }, resolve)
      .on('error', reject)
      .end(body);
  });
  const bytes = await buffer(message);
  return {
    status: message.statusCode ?? 0,
    headers: message.headers,
    body: bytes,
    text: bytes.toString(),
    json: () => JSON.parse(bytes.toString()),
  };
}

/** An Authorization header that names a service; the signature is anybody's guess. */
export const signedFor = (service: string, accessKeyId = 'test', region = 'us-east-1') =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;

/** A request of the JSON protocol. */
export function jsonRequest(target: string, service: string, body: string): RawRequest {
  const headers = {
    authorization: signedFor(service),
    'x-amz-target': target,
    'content-type': 'application/x-amz-json-1.1',
  };
  return { method: 'POST', path: '/', headers, body };
}
