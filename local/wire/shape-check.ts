import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError, serializationError } from './aws-error.js';
import { requiredMembers } from './service-model.js';

/** What a request was parsed from: CBOR has bytes and timestamps of its own, JSON has base64 and seconds. */
type Format = 'json' | 'cbor';

/**
 * Checks a parsed request against its operation's schema. The SDK's codecs convert and check nothing: a number where a
 * string belongs would pass through them.
 * @throws AwsError `SerializationException` for a wrong type, `ValidationException` for a required member not given.
 */
export function checkShape(schema: NormalizedSchema, value: unknown, format: Format = 'json'): void {
  checkTypes(schema, objectAt(value, ''), '', format);
  const missing = missingMembers(schema, value, '');
  if (missing.length > 0) throw missingError(missing);
}

function checkTypes(schema: NormalizedSchema, value: unknown, path: string, format: Format): void {
  if (value === null || value === undefined) return;
  if (schema.isStructSchema()) {
    const record = objectAt(value, path);
    for (const [name, member] of schema.structIterator()) {
      if (record[name] === undefined) continue;
      checkTypes(member, record[name], path ? `${path}.${name}` : name, format);
    }
  } else if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw serializationError(`${path} is not a list.`);
    const item = schema.getValueSchema();
    for (const [index, entry] of value.entries()) checkTypes(item, entry, `${path}.${index + 1}`, format);
  } else if (schema.isMapSchema()) {
    const item = schema.getValueSchema();
    for (const [key, entry] of Object.entries(objectAt(value, path)))
      checkTypes(item, entry, `${path}.${key}`, format);
  } else {
    const expected = simpleTypeProblem(schema, value, format);
    if (expected) throw serializationError(`${path} is not ${expected}.`);
  }
}

function objectAt(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw serializationError(path ? `${path} is not a structure.` : 'The request is not a JSON object.');
  }
  return value as Record<string, unknown>;
}

/** Characters of padded base64; the codec would drop what is not of it in silence. */
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

function simpleTypeProblem(schema: NormalizedSchema, value: unknown, format: Format): string | undefined {
  if (format === 'cbor' && schema.isBlobSchema()) {
    return value instanceof Uint8Array ? undefined : 'bytes';
  }
  if (format === 'cbor' && schema.isTimestampSchema()) {
    return (value as { tag?: unknown }).tag === 1 ? undefined : 'a timestamp';
  }
  if (schema.isBlobSchema()) {
    const isBase64 = typeof value === 'string' && value.length % 4 === 0 && BASE64.test(value);
    return isBase64 ? undefined : 'base64 text';
  }
  if (schema.isStringSchema()) return typeof value === 'string' ? undefined : 'a string';
  if (schema.isBooleanSchema()) return typeof value === 'boolean' ? undefined : 'true or false';
  if (schema.isNumericSchema()) return typeof value === 'number' ? undefined : 'a number';
  if (schema.isTimestampSchema()) return typeof value === 'number' ? undefined : 'a timestamp in seconds';
  return undefined;
}

/** The paths of the members that a value has not and its schema requires, as AWS writes them. */
export function missingMembers(schema: NormalizedSchema, value: unknown, path = ''): string[] {
  if (value === null || value === undefined) return [];
  if (schema.isStructSchema()) {
    const record = value as Record<string, unknown>;
    const members = schema.getMemberSchemas();
    const prefix = path ? `${path}.` : '';
    const missing = requiredMembers(schema)
      .filter((name) => record[name] === undefined || record[name] === null)
      .map((name) => prefix + lowerFirst(name));
    for (const [name, member] of Object.entries(members)) {
      if (holdsStructures(member))
        missing.push(...missingMembers(member, record[name], prefix + lowerFirst(name)));
    }
    return missing;
  }
  if (schema.isListSchema() && Array.isArray(value)) {
    const item = schema.getValueSchema();
    return value.flatMap((entry, index) => {
      const entryPath = `${path}.${index + 1}.member`;
      return entry === null ? [entryPath] : missingMembers(item, entry, entryPath);
    });
  }
  return [];
}

const holdsStructures = (schema: NormalizedSchema) => schema.isStructSchema() || schema.isListSchema();

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** AWS's words for members that are required and not there. */
export function missingError(paths: readonly string[]): AwsError {
  const count = `${paths.length} validation error${paths.length === 1 ? '' : 's'} detected`;
  const each = paths.map(
    (path) => `Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  );
  return new AwsError('ValidationException', `${count}: ${each.join('; ')}`, 400, 'ValidationError');
}
