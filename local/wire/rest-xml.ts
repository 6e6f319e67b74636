import { validateHeaderValue } from 'node:http';
import type { Readable } from 'node:stream';
import { XmlCodec } from '@aws-sdk/core/protocols';
import { FromStringShapeDeserializer, ToStringShapeSerializer } from '@smithy/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from './aws-error.js';
import type { RestRequest } from './rest-route.js';
import type { OperationModel } from './service-model.js';
import { requiredMembers } from './service-model.js';
import { missingMembers } from './shape-check.js';
import { escapeXml, xmlSettings } from './xml.js';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const settings = xmlSettings(NAMESPACE);
const codec = new XmlCodec(settings);
const fromText = new FromStringShapeDeserializer(settings);

/** A request whose payload, where it has one, is still to be read. */
export interface RestPayload {
  /** The body as it comes, decoded from its transfer. */
  stream(): Readable;
  /** The whole body; refused where it is over the limit for documents. */
  read(): Promise<Buffer>;
}

/**
 * The input of a REST operation: path, query, headers and body put where its schema binds them.
 * @throws AwsError for a value or a document that is not of its type, or a required member not given.
 */
export async function decodeRest(
  model: OperationModel,
  request: RestRequest,
  payload: RestPayload,
): Promise<object> {
  const input: Record<string, unknown> = {};
  if (!model.input.isStructSchema()) return input;
  for (const [name, member] of model.input.structIterator()) {
    const value = await readMember(name, member, request, payload);
    if (value !== undefined) input[name] = value;
  }
  const missing = requiredMembers(model.input).find((name) => input[name] === undefined);
  if (missing) throw new AwsError('InvalidRequest', `Missing required ${missing}.`);
  return input;
}

async function readMember(
  name: string,
  member: NormalizedSchema,
  request: RestRequest,
  payload: RestPayload,
): Promise<unknown> {
  const traits = member.getMergedTraits();
  if (traits.httpLabel) return name === 'Bucket' ? request.bucket : name === 'Key' ? request.key : undefined;
  if (traits.httpQuery) return readText(name, member, request.query.get(traits.httpQuery));
  if (traits.httpHeader)
    return readText(name, member, headerText(request.headers[traits.httpHeader.toLowerCase()]));
  if (traits.httpPrefixHeaders) return prefixed(request.headers, traits.httpPrefixHeaders);
  if (!traits.httpPayload) return undefined;
  if (member.isStreaming()) return payload.stream();
  const body = await payload.read();
  if (body.length === 0) return undefined;
  if (!member.isStructSchema()) return body.toString('utf8');
  let document: unknown;
  try {
    document = codec.createDeserializer().read(member, body);
  } catch {
    throw malformedXml();
  }
  if (missingMembers(member, document).length > 0) throw malformedXml();
  return document;
}

const malformedXml = () =>
  new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );

const headerText = (value: string | string[] | undefined) =>
  Array.isArray(value) ? value.join(', ') : value;

function readText(name: string, member: NormalizedSchema, text: string | null | undefined): unknown {
  if (text === null || text === undefined) return undefined;
  const invalid = () => new AwsError('InvalidArgument', `${name} has the invalid value "${text}".`);
  try {
    const value: unknown = fromText.read(member, text);
    if (typeof value === 'number' && !Number.isFinite(value)) throw invalid();
    return value;
  } catch {
    throw invalid();
  }
}

function prefixed(headers: RestRequest['headers'], prefix: string): Record<string, string> | undefined {
  const found = Object.entries(headers)
    .filter(([name, value]) => name.startsWith(prefix) && value !== undefined)
    .map(([name, value]) => [name.slice(prefix.length), headerText(value) ?? '']);
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** An answer to be sent. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** What to send, or a stream of it. */
  readonly body: string | Uint8Array | Readable;
}

/** The answer of a REST operation: members put into headers and body where its schema binds them. */
export function encodeRest(model: OperationModel, output: object): RestAnswer {
  const values = output as Readonly<Record<string, unknown>>;
  const headers: Record<string, string> = {};
  let body: string | Readable = '';
  let hasDocument = false;
  const members = model.output.isStructSchema() ? [...model.output.structIterator()] : [];
  for (const [name, member] of members) {
    const traits = member.getMergedTraits();
    if (!traits.httpHeader && !traits.httpPrefixHeaders && !traits.httpPayload) hasDocument = true;
    const value = values[name];
    if (value === undefined || value === null) continue;
    if (traits.httpHeader) headers[traits.httpHeader.toLowerCase()] = headerValue(member, value);
    else if (traits.httpPrefixHeaders) {
      for (const [key, text] of Object.entries(value)) headers[traits.httpPrefixHeaders + key] = String(text);
    } else if (traits.httpPayload)
      body = member.isStructSchema() ? writeXml(member, value) : (value as Readable);
  }
  // Here, where it is a defect that is heard of: once the answer is on its way there is nobody to tell.
  for (const [name, value] of Object.entries(headers)) validateHeaderValue(name, value);
  if (hasDocument) body = unwrapped(model, writeXml(model.output, output));
  if (typeof body === 'string' && body) headers['content-type'] = 'application/xml';
  const status = 'ContentRange' in output && output.ContentRange ? 206 : (model.http?.[2] ?? 200);
  return { status, headers, body };
}

/**
 * S3 gives one answer without an element around its member, whose text is the root's. The SDK's schema does not say so.
 * @see https://smithy.io/2.0/aws/customizations/s3-customizations.html
 */
function unwrapped(model: OperationModel, xml: string): string {
  if (model.name !== 'GetBucketLocation') return xml;
  return xml.replace(/<LocationConstraint>([^<]*)<\/LocationConstraint>/, '$1');
}

function headerValue(member: NormalizedSchema, value: unknown): string {
  const serializer = new ToStringShapeSerializer(settings);
  serializer.write(member, value);
  return String(serializer.flush());
}

function writeXml(schema: NormalizedSchema, value: unknown): string {
  const serializer = codec.createSerializer();
  serializer.write(bodySchema(schema), value);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${serializer.flush()}`;
}

/** The structure without the members that travel in headers. */
function bodySchema(schema: NormalizedSchema): NormalizedSchema {
  const raw = schema.getSchema() as unknown[];
  if (!Array.isArray(raw)) return schema;
  const [kind, namespace, name, traits, names, members] = raw as [
    number,
    string,
    string,
    unknown,
    string[],
    unknown[],
  ];
  const inBody = names
    .map((_, index) => index)
    .filter((index) => !schema.getMemberSchema(names[index] ?? '').getMergedTraits().httpHeader);
  if (inBody.length === names.length) return schema;
  const kept = [kind, namespace, name, traits, inBody.map((i) => names[i]), inBody.map((i) => members[i])];
  return NormalizedSchema.of(kept as never);
}

export function encodeRestError(error: AwsError, resource: string, requestId: string): RestAnswer {
  const { message: _, ...about } = error.details;
  const elements = Object.entries(about).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
  const body =
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<Error><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>` +
    `${elements.join('')}<Resource>${escapeXml(resource)}</Resource><RequestId>${requestId}</RequestId></Error>`;
  return { status: error.status, headers: { 'content-type': 'application/xml', ...error.headers }, body };
}
