import { XmlCodec } from '@aws-sdk/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from './aws-error.js';
import { Form } from './form.js';
import type { OperationModel } from './service-model.js';
import { missingError, missingMembers } from './shape-check.js';
import { escapeXml, xmlSettings } from './xml.js';

/** The Query protocol: forms in, XML out. The SDK has its writing half only, so forms are read here by the schema. */

/**
 * The input of an operation from a form's fields.
 * @throws AwsError for a required member not given, or a value that is not of its type.
 */
export function decodeQuery(model: OperationModel, fields: URLSearchParams): object {
  const input = readStructure(model.input, new Form(fields), '');
  const missing = missingMembers(model.input, input);
  if (missing.length > 0) throw missingError(missing);
  return input;
}

function readStructure(schema: NormalizedSchema, form: Form, prefix: string): Record<string, unknown> {
  const output: Record<string, unknown> = {};
  if (!schema.isStructSchema()) return output;
  for (const [name, member] of schema.structIterator()) {
    const value = readMember(member, form, prefix + (member.getMergedTraits().xmlName ?? name));
    if (value !== undefined) output[name] = value;
  }
  return output;
}

function readMember(schema: NormalizedSchema, form: Form, key: string): unknown {
  if (schema.isListSchema()) return readList(schema, form, key);
  if (schema.isMapSchema()) return readMap(schema, form, key);
  if (schema.isStructSchema()) {
    return form.hasStructure(key) ? readStructure(schema, form, `${key}.`) : undefined;
  }
  const text = form.get(key);
  return text === undefined ? undefined : readSimple(schema, text, key);
}

/** A list is `Name.member.1`, `Name.member.2`, …; a flattened one leaves `member` out; an empty one is `Name=`. */
function readList(schema: NormalizedSchema, form: Form, key: string): unknown[] | undefined {
  const item = schema.getValueSchema();
  const prefix = schema.getMergedTraits().xmlFlattened
    ? key
    : `${key}.${item.getMergedTraits().xmlName ?? 'member'}`;
  const items: unknown[] = [];
  for (let index = 1; ; index++) {
    const value = readMember(item, form, `${prefix}.${index}`);
    if (value === undefined) break;
    items.push(value);
  }
  return items.length > 0 || form.has(key) ? items : undefined;
}

/** A map is `Name.entry.1.key`, `Name.entry.1.value`, `Name.entry.2.key`, …; a flattened one leaves `entry` out. */
function readMap(schema: NormalizedSchema, form: Form, key: string): Record<string, unknown> | undefined {
  const keyName = schema.getKeySchema().getMergedTraits().xmlName ?? 'key';
  const item = schema.getValueSchema();
  const valueName = item.getMergedTraits().xmlName ?? 'value';
  const prefix = schema.getMergedTraits().xmlFlattened ? key : `${key}.entry`;
  const entries: [string, unknown][] = [];
  for (let index = 1; ; index++) {
    const name = form.get(`${prefix}.${index}.${keyName}`);
    if (name === undefined) break;
    entries.push([name, readMember(item, form, `${prefix}.${index}.${valueName}`) ?? '']);
  }
  return entries.length > 0 || form.has(key) ? Object.fromEntries(entries) : undefined;
}

function readSimple(schema: NormalizedSchema, text: string, key: string): unknown {
  if (schema.isBooleanSchema()) return text === 'true';
  if (schema.isTimestampSchema()) return readTimestamp(text, key);
  if (schema.isBlobSchema()) return Buffer.from(text, 'base64');
  if (!schema.isNumericSchema()) return text;
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number))
    throw new AwsError('MalformedInput', `${key} is not a number.`);
  return number;
}

function readTimestamp(text: string, key: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new AwsError('MalformedInput', `${key} is not a timestamp.`);
  return date;
}

/** The answer, wrapped as the protocol asks. */
export function encodeQuery(
  model: OperationModel,
  output: object,
  requestId: string,
  namespace: string,
): string {
  const serializer = new XmlCodec(xmlSettings(namespace)).createSerializer();
  let members = '';
  if (model.output.isStructSchema()) {
    serializer.write(model.output, output);
    const xml = String(serializer.flush());
    // The codec names the root by the shape; the protocol wants the result by the operation.
    members = xml.slice(xml.indexOf('>') + 1, Math.max(xml.lastIndexOf('</'), xml.indexOf('>') + 1));
  }
  return (
    `<${model.name}Response xmlns="${namespace}"><${model.name}Result>${members}</${model.name}Result>` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${model.name}Response>`
  );
}

export function encodeQueryError(error: AwsError, requestId: string): string {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  return (
    `<ErrorResponse><Error><Type>${type}</Type><Code>${escapeXml(error.queryCode)}</Code>` +
    `<Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`
  );
}
