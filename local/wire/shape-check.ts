import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError, serializationError } from './aws-error.js';
import { bytesOfBase64 } from './base64.js';
import { requiredMembers } from './service-model.js';

/**
 * What a request was parsed from. JSON has base64, and timestamps in seconds; CBOR has bytes, and timestamps that are
 * tagged: in seconds, or in milliseconds where it is AWS's older protocol.
 */
type Format = 'json' | 'cbor' | 'aws-cbor';

/**
 * Checks a parsed request against its operation's schema. The SDK's codecs check hardly anything: a number where a
 * string belongs would pass through them. What they are slow or wrong about is replaced by what it stands for, which
 * they leave alone: base64 by its bytes, and CBOR's timestamps by dates.
 * @throws AwsError `SerializationException` for a wrong type, `ValidationException` for a required member not given.
 */
export function checkShape(schema: NormalizedSchema, value: unknown, format: Format = 'json'): void {
  const problem = structureProblem(schema, value, format);
  if (problem) {
    const path = problem.path.reverse().join('.');
    throw serializationError(
      path ? `${path} is not ${problem.wanted}.` : 'The request is not a JSON object.',
    );
  }
  const missing = missingMembers(schema, value);
  if (missing.length > 0) throw missingError(missing);
}

/** What a value should have been, and where it stands, from within: nothing is spent on paths where all is well. */
interface TypeProblem {
  readonly wanted: string;
  readonly path: (string | number)[];
}

type Container = Record<string | number, unknown>;

/** What is wrong with the value that `container` has under `key`, of which a caller says `name`. */
function typeProblem(
  schema: NormalizedSchema,
  container: Container,
  key: string | number,
  format: Format,
  name = key,
): TypeProblem | undefined {
  const value = container[key];
  if (value === null || value === undefined) return undefined;
  let problem: TypeProblem | undefined;
  if (schema.isStructSchema()) problem = structureProblem(schema, value, format);
  else if (schema.isListSchema()) problem = listProblem(schema, value, format);
  else if (schema.isMapSchema()) problem = mapProblem(schema, value, format);
  else if (schema.isBlobSchema() && format === 'json') {
    const bytes = typeof value === 'string' ? bytesOfBase64(value) : undefined;
    if (bytes) container[key] = bytes;
    else problem = wanted('base64 text');
  } else if (schema.isTimestampSchema()) {
    const milliseconds = millisecondsOf(value, format);
    if (milliseconds === undefined)
      problem = wanted(format === 'json' ? 'a timestamp in seconds' : 'a timestamp');
    else if (format !== 'json') container[key] = new Date(milliseconds);
  } else problem = simpleTypeProblem(schema, value);
  problem?.path.push(name);
  return problem;
}

const wanted = (what: string): TypeProblem => ({ wanted: what, path: [] });

function structureProblem(schema: NormalizedSchema, value: unknown, format: Format): TypeProblem | undefined {
  if (!isObject(value)) return wanted('a structure');
  for (const [name, member] of schema.structIterator()) {
    const problem = typeProblem(member, value, name, format);
    if (problem) return problem;
  }
  return undefined;
}

function listProblem(schema: NormalizedSchema, value: unknown, format: Format): TypeProblem | undefined {
  if (!Array.isArray(value)) return wanted('a list');
  const item = schema.getValueSchema();
  for (let index = 0; index < value.length; index++) {
    const problem = typeProblem(item, value as unknown as Container, index, format, index + 1);
    if (problem) return problem;
  }
  return undefined;
}

function mapProblem(schema: NormalizedSchema, value: unknown, format: Format): TypeProblem | undefined {
  if (!isObject(value)) return wanted('a structure');
  const item = schema.getValueSchema();
  for (const key of Object.keys(value)) {
    const problem = typeProblem(item, value, key, format);
    if (problem) return problem;
  }
  return undefined;
}

const isObject = (value: unknown): value is Container =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The time that a timestamp says, in milliseconds since 1970; undefined where it says none that a Date can hold. */
function millisecondsOf(value: unknown, format: Format): number | undefined {
  const isTagged = format !== 'json' && (value as { tag?: unknown }).tag === 1;
  const time = isTagged ? (value as { value?: unknown }).value : value;
  if (typeof time !== 'number' || isTagged !== (format !== 'json')) return undefined;
  const milliseconds = format === 'aws-cbor' ? time : Math.round(time * 1000);
  return Math.abs(milliseconds) <= LAST_TIME ? milliseconds : undefined;
}

/** Milliseconds from 1970 to the last time that a Date can hold. */
const LAST_TIME = 8.64e15;

function simpleTypeProblem(schema: NormalizedSchema, value: unknown): TypeProblem | undefined {
  if (schema.isBlobSchema()) return value instanceof Uint8Array ? undefined : wanted('bytes');
  if (schema.isStringSchema()) return typeof value === 'string' ? undefined : wanted('a string');
  if (schema.isBooleanSchema()) return typeof value === 'boolean' ? undefined : wanted('true or false');
  if (schema.isNumericSchema()) return typeof value === 'number' ? undefined : wanted('a number');
  return undefined;
}

/** The paths of the members that a value has not and its schema requires, as AWS writes them. */
export function missingMembers(schema: NormalizedSchema, value: unknown): string[] {
  const missing: string[] = [];
  collectMissing(missing, schema, value, []);
  return missing;
}

/** `path` is where the value stands; it is the caller's again when this is done. */
function collectMissing(
  missing: string[],
  schema: NormalizedSchema,
  value: unknown,
  path: (string | number)[],
): void {
  if (value === null || value === undefined) return;
  if (schema.isStructSchema()) {
    const record = value as Container;
    for (const name of requiredMembers(schema)) {
      if (record[name] === undefined || record[name] === null)
        missing.push([...path, lowerFirst(name)].join('.'));
    }
    for (const [name, member] of schema.structIterator()) {
      if (!member.isStructSchema() && !member.isListSchema()) continue;
      path.push(lowerFirst(name));
      collectMissing(missing, member, record[name], path);
      path.pop();
    }
  } else if (schema.isListSchema() && Array.isArray(value)) {
    const item = schema.getValueSchema();
    for (let index = 0; index < value.length; index++) {
      path.push(index + 1, 'member');
      if (value[index] === null) missing.push(path.join('.'));
      else collectMissing(missing, item, value[index], path);
      path.length -= 2;
    }
  }
}

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** AWS's words for members that are required and not there. */
export function missingError(paths: readonly string[]): AwsError {
  const count = `${paths.length} validation error${paths.length === 1 ? '' : 's'} detected`;
  const each = paths.map(
    (path) => `Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  );
  return new AwsError('ValidationException', `${count}: ${each.join('; ')}`, 400, 'ValidationError');
}
