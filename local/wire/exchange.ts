import type { Readable } from 'node:stream';
import type { Clock } from '../clock.js';
import { storeFaultOf } from '../store/store-fault.js';
import { AWS_CHUNKED, AwsChunkedDecoder } from './aws-chunked.js';
import { AwsError, notImplemented } from './aws-error.js';
import { readBody } from './body.js';
import { decodedLength } from './body-length.js';
import { hasCallerLeft, pipeBody, wholeBody } from './caller-left.js';
import type { WireRequest } from './listener.js';
import type { Operations, RequestContext } from './operation.js';
import { checkExpiry } from './presigned.js';
import { decodeQuery, encodeQuery, encodeQueryError } from './query.js';
import { findRestOperation } from './rest-route.js';
import { decodeRest, encodeRest, encodeRestError, type RestAnswer } from './rest-xml.js';
import { accountOf, bucketAndKey, isLocalHost, isRegion, type Route, route } from './router.js';
import { RPC, type Rpc } from './rpc-protocols.js';
import { type OperationModel, operationModels, SERVICES, type ServiceName } from './service-model.js';

export type Services = Readonly<Record<ServiceName, Operations>>;

export interface ExchangeOptions {
  readonly services: Services;
  /** The host that is listened on: a request must name it, or a name of this machine. */
  readonly host: string;
  readonly defaultRegion: string;
  readonly clock: Clock;
  /** Hears of a defect: an error that is not AWS's. The caller has been answered with InternalFailure. */
  readonly onDefect: (error: unknown, operation: string) => void;
}

/** PutRecords is the largest: 10 MiB, a third more as base64, and the names around each of 500 records. */
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** One request: its operation is found, its input decoded by AWS's schema, and what comes of it encoded. */
export class Exchange {
  private readonly path: string;
  private readonly query: URLSearchParams;
  private readonly route: Route;
  private operation = '';

  constructor(
    private readonly options: ExchangeOptions,
    private readonly request: WireRequest,
    private readonly requestId: string,
  ) {
    const target = request.url ?? '/';
    const question = target.indexOf('?');
    this.path = question === -1 ? target : target.slice(0, question);
    this.query = new URLSearchParams(question === -1 ? '' : target.slice(question + 1));
    this.route = route(request.headers, this.path, this.query);
  }

  get named() {
    const { service } = this.route;
    return { service: typeof service === 'string' ? service : service.unknown, operation: this.operation };
  }

  async answer(): Promise<RestAnswer> {
    if (!isLocalHost(this.host, this.options.host)) {
      throw new AwsError('AccessDenied', `Local AWS does not answer for the host "${this.host}".`, 403);
    }
    const { origin } = this.request.headers;
    if (origin !== undefined && !isLocalHost(origin.replace(/^https?:\/\//, ''), this.options.host)) {
      throw new AwsError('AccessDenied', `Local AWS does not answer to web pages of ${origin}.`, 403);
    }
    const { service, region } = this.route;
    if (region !== undefined && !isRegion(region)) {
      const code = service === 's3' ? 'AuthorizationHeaderMalformed' : 'InvalidSignatureException';
      throw new AwsError(code, 'Credential should be scoped to a valid region.');
    }
    if (typeof service !== 'string') {
      throw new AwsError('NotImplemented', `Local AWS does not have the service "${service.unknown}".`, 501);
    }
    switch (this.route.protocol) {
      case 'json':
      case 'aws-cbor':
      case 'cbor':
        return this.answerRpc(service, RPC[this.route.protocol]);
      case 'query':
        return this.answerQuery(service);
      case 'rest-xml':
        return this.answerRest(service);
    }
  }

  private async answerRpc(service: ServiceName, { decode, encode, headers }: Rpc): Promise<RestAnswer> {
    this.operation = this.route.target ?? '';
    const [models, body] = await Promise.all([
      operationModels(service),
      readBody(this.request, MAX_DOCUMENT_BYTES),
    ]);
    const { model, operation } = this.implemented(service, models.get(this.operation));
    const output = await operation(decode(model, body) as never, this.context);
    return { status: 200, headers, body: encode(model, output) };
  }

  private async answerQuery(service: ServiceName): Promise<RestAnswer> {
    const [models, body] = await Promise.all([
      operationModels(service),
      readBody(this.request, MAX_DOCUMENT_BYTES),
    ]);
    const form = new URLSearchParams(body.toString('utf8'));
    for (const [name, value] of this.query) form.append(name, value);
    this.operation = form.get('Action') ?? '';
    if (!this.operation) throw new AwsError('MissingAction', 'The request does not name an Action.');
    const { model, operation } = this.implemented(service, models.get(this.operation));
    const output = await operation(decodeQuery(model, form) as never, this.context);
    const xml = encodeQuery(model, output, this.requestId, SERVICES[service].xmlNamespace ?? '');
    return { status: 200, headers: { 'content-type': 'text/xml' }, body: xml };
  }

  private async answerRest(service: ServiceName): Promise<RestAnswer> {
    const { method = 'GET', headers } = this.request;
    checkExpiry(this.query, this.options.clock.now());
    let target: ReturnType<typeof bucketAndKey>;
    try {
      target = bucketAndKey(this.host, this.path);
    } catch {
      throw new AwsError('InvalidURI', "Couldn't parse the specified URI.");
    }
    const rest = { method, ...target, query: this.query, headers };
    const found = findRestOperation(await operationModels(service), rest);
    this.operation = found?.name ?? `${method} ${this.path}`;
    const { model, operation } = this.implemented(service, found);
    const input = await decodeRest(model, rest, {
      stream: () => this.payload(true),
      read: () => readBody(this.payload(false), MAX_DOCUMENT_BYTES),
    });
    return encodeRest(model, await operation(input as never, this.context));
  }

  private payload(isObject: boolean): Readable {
    const { headers } = this.request;
    const isChunked =
      String(headers['content-encoding'] ?? '').includes(AWS_CHUNKED) ||
      String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
    const length = isObject ? decodedLength(headers, isChunked) : undefined;
    if (!isChunked) return wholeBody(this.request);
    return pipeBody(this.request, new AwsChunkedDecoder(String(headers['x-amz-trailer'] ?? ''), length));
  }

  private implemented(service: ServiceName, model: OperationModel | undefined) {
    const operation = model && this.options.services[service][model.name];
    if (!model || !operation) throw notImplemented(service, this.operation);
    return { model, operation };
  }

  private get host(): string {
    const authority = ':authority' in this.request.headers ? this.request.headers[':authority'] : undefined;
    return String(this.request.headers.host ?? authority ?? '');
  }

  private get context(): RequestContext {
    return {
      account: accountOf(this.route.accessKeyId),
      region: this.route.region ?? this.options.defaultRegion,
      requestId: this.requestId,
      endpoint: `http://${this.host}`,
    };
  }

  asAwsError(error: unknown): AwsError {
    if (error instanceof AwsError) return error;
    if (hasCallerLeft(this.request, error)) {
      return new AwsError('IncompleteBody', 'The caller left before the request was whole.');
    }
    const fault = storeFaultOf(error);
    this.options.onDefect(fault ?? error, `${this.named.service}:${this.operation}`);
    if (fault) return new AwsError('InternalFailure', fault.message, 500);
    return new AwsError('InternalFailure', 'Local AWS failed to answer; its log has the reason.', 500);
  }

  encodeError(error: AwsError): RestAnswer {
    const { service, protocol } = this.route;
    if (protocol === 'rest-xml') return encodeRestError(error, this.path, this.requestId);
    if (protocol === 'query') {
      const body = encodeQueryError(error, this.requestId);
      return { status: error.status, headers: { 'content-type': 'text/xml' }, body };
    }
    // A service that speaks Query too says under which code its callers of old know the error.
    const isQueryToo = typeof service === 'string' && SERVICES[service].protocol === 'query';
    const shared = isQueryToo && { 'x-amzn-query-error': `${error.queryCode};Sender` };
    const { headers, encodeError } = RPC[protocol];
    return {
      status: error.status,
      headers: { ...headers, 'x-amzn-errortype': error.code, ...shared },
      body: encodeError(error),
    };
  }
}
