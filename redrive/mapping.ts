import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { errorCode, firstLine } from '../cli/error-shape.js';
import { UsageError } from '../cli/usage-error.js';
import type { JsonEvent } from '../producer/index.js';
import type { RecordFailure } from './stored-record.js';

/** What a mapping is told of an event besides the event. */
export interface MappedFrom extends Partial<RecordFailure> {
  /** The event's own text, as it came. */
  readonly text: string;
  /** The key of the object that it lies in. */
  readonly object: string;
  /** The number of its record in the object, from 1. */
  readonly record: number;
}

/**
 * Makes of an event that failed one that will not: the default export of the file that `--map` names.
 *
 * It is given each JSON object of a record, and as text what is none. What it returns is sent: an object, text that is
 * JSON, several of them, or `null` to leave it out.
 */
export type Mapping = (event: JsonEvent | string, from: MappedFrom) => Mapped | Promise<Mapped>;

export type Mapped = JsonEvent | string | null | readonly (JsonEvent | string)[];

/**
 * The mapping in a file of TypeScript or JavaScript.
 * @throws UsageError where there is none.
 */
export async function loadMapping(file: string): Promise<Mapping> {
  const path = resolve(file);
  const refuse = (why: string) => new UsageError(`--map is "${file}", but must be a file that ${why}.`);
  await access(path).catch((error: unknown) => {
    throw refuse(`can be read (${errorCode(error)})`);
  });
  const module = await import(pathToFileURL(path).href).catch((error: unknown) => {
    throw refuse(`can be loaded: ${firstLine(error)}`);
  });
  if (typeof module.default !== 'function') throw refuse('has a function as its default export');
  return module.default;
}
