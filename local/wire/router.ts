import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { AWS_CBOR_CONTENT_TYPE } from './aws-cbor-rpc.js';
import { SERVICES, type ServiceName } from './service-model.js';

/** A language that requests and answers are in. */
export type Protocol = 'json' | 'aws-cbor' | 'cbor' | 'query' | 'rest-xml';

/** Who asks, for which service. */
export interface Route {
  /** The service as local AWS knows it, or the name that the request gives to one that is not there. */
  readonly service: ServiceName | { readonly unknown: string };
  readonly accessKeyId: string | undefined;
  readonly region: string | undefined;
  readonly protocol: Protocol;
  /** The operation, where the protocol names it outside the body. */
  readonly target: string | undefined;
}

/**
 * Finds a request's service: by its `X-Amz-Target` or the path of the CBOR protocol, else by the name that it is signed
 * with, else it is S3's, which is the only one that takes requests without a signature.
 */
export function route(headers: IncomingHttpHeaders, path: string, query: URLSearchParams): Route {
  const scope = credentialScope(headers.authorization, query);
  const rpc = rpcTarget(headers, path);
  if (rpc) {
    const service = serviceNames.find((name) => SERVICES[name].target === rpc.prefix);
    const { protocol, operation: target } = rpc;
    return { ...scope, service: service ?? { unknown: scope.signingName ?? rpc.prefix }, protocol, target };
  }
  const { signingName = 's3' } = scope;
  const service = serviceNames.find((name) => name === signingName);
  // A service that is not there is answered in the language of the question.
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const protocol = service ? SERVICES[service].protocol : isForm ? 'query' : 'json';
  return { ...scope, service: service ?? { unknown: signingName }, protocol, target: undefined };
}

/** What a request of AWS's JSON or CBOR protocol says in a header, and one of Smithy's CBOR protocol in its path. */
function rpcTarget(headers: IncomingHttpHeaders, path: string) {
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') {
    const [, prefix, operation] = /^\/service\/([^/]+)\/operation\/([^/]+)$/.exec(path) ?? [];
    return prefix && operation ? { protocol: 'cbor' as const, prefix, operation } : undefined;
  }
  const target = headers['x-amz-target'];
  if (typeof target !== 'string') return undefined;
  const [prefix = '', operation = ''] = target.split('.');
  const isCbor = headers['content-type'] === AWS_CBOR_CONTENT_TYPE;
  return { protocol: isCbor ? ('aws-cbor' as const) : ('json' as const), prefix, operation };
}

const serviceNames = Object.keys(SERVICES) as ServiceName[];

/** Signature V4 names its credential `<access key>/<date>/<region>/<service>/aws4_request`. */
function credentialScope(authorization: string | undefined, query: URLSearchParams) {
  const credential =
    /Credential=([^,\s]+)/.exec(authorization ?? '')?.[1] ?? query.get('X-Amz-Credential') ?? '';
  const parts = credential.split('/');
  // An access key may hold slashes; what follows it may not.
  const [, region, signingName] = parts.slice(-4);
  return {
    // An address that was signed in the way of old, as the aws command line still does, names only the key.
    accessKeyId:
      parts.length >= 5 ? parts.slice(0, -4).join('/') : (query.get('AWSAccessKeyId') ?? undefined),
    region: parts.length >= 5 ? region : undefined,
    signingName: parts.length >= 5 ? signingName : undefined,
  };
}

/**
 * Whether a request may be signed for a region: any word of letters, digits and hyphens, as people call theirs. Local
 * AWS keeps things by it.
 */
export const isRegion = (region: string) => /^[A-Za-z0-9-]{1,64}$/.test(region);

const DEFAULT_ACCOUNT = '000000000000';

/** The account that credentials belong to: the access key id where that is twelve digits, else all zeros. */
export function accountOf(accessKeyId: string | undefined): string {
  return accessKeyId && /^\d{12}$/.test(accessKeyId) ? accessKeyId : DEFAULT_ACCOUNT;
}

/** Bucket and key of an S3 request, in path style or with the bucket in the host name. */
export function bucketAndKey(
  host: string,
  path: string,
): { bucket: string | undefined; key: string | undefined } {
  const virtual = /^(?!s3[.-])(.+?)\.(?:s3[.-].*|s3|localhost)(?::\d+)?$/i.exec(host)?.[1];
  const segments = path.slice(1);
  if (virtual) return { bucket: virtual, key: segments ? decodeURIComponent(segments) : undefined };
  const slash = segments.indexOf('/');
  const bucket = slash === -1 ? segments : segments.slice(0, slash);
  const key = slash === -1 ? '' : segments.slice(slash + 1);
  return {
    bucket: bucket ? decodeURIComponent(bucket) : undefined,
    key: key ? decodeURIComponent(key) : undefined,
  };
}

/**
 * Whether a Host header names this machine: a web page elsewhere must not reach local AWS through a browser, by a name
 * of its own that leads here. An address cannot be such a name.
 */
export function isLocalHost(host: string, listeningHost: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1');
  return name === listeningHost.toLowerCase() || isIP(name) !== 0 || /(^|\.)localhost$/.test(name);
}
