import { type JsonValue, readJsonAt } from './json-value.js';
import { TrinoError } from './native.js';

/** The value that a path such as `$.store.book[0]["title"]` leads to; nothing if there is none, or no JSON. */
export function extract(text: string, path: string): JsonValue | undefined {
  return readJsonAt(text, stepsOf(path));
}

const known = new Map<string, readonly string[]>();

function stepsOf(path: string): readonly string[] {
  const before = known.get(path);
  if (before) return before;
  const steps = readSteps(path);
  if (known.size > 1000) known.clear();
  known.set(path, steps);
  return steps;
}

const STEP = /\.([\p{L}\p{Nd}_:]+)|\[([\p{L}\p{Nd}_]+)\]|\["((?:[^"\\]|\\["\\])*)"\]/uy;

/**
 * What is not a letter, a digit, `_` or, behind a dot, `:` has to be quoted, and there is no wildcard.
 * @throws TrinoError for what is no such path.
 */
export function readSteps(path: string): string[] {
  const invalid = new TrinoError('INVALID_FUNCTION_ARGUMENT', `Invalid JSON path: '${path}'`);
  if (!path.startsWith('$')) throw invalid;
  const steps: string[] = [];
  let at = 1;
  while (at < path.length) {
    STEP.lastIndex = at;
    const found = STEP.exec(path);
    if (!found) throw invalid;
    steps.push(found[1] ?? found[2] ?? (found[3] ?? '').replace(/\\(.)/g, '$1'));
    at = STEP.lastIndex;
  }
  return steps;
}
