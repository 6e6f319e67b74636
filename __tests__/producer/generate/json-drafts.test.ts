import fc from 'fast-check';
import { expect, it } from 'vitest';
import { JsonDrafts } from '../../../producer/generate/json-drafts.js';

/** What the drafts make of an event: its JSON, or nothing. */
function written(fields: readonly string[], event: Record<string, unknown>): string | undefined {
  const drafts = new JsonDrafts(fields);
  const draft = drafts.draft(event);
  if (draft === undefined) return undefined;
  const bytes = Buffer.from(draft);
  return drafts.isJson(draft, bytes, 0, bytes.length) ? bytes.toString() : undefined;
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constant('\ud800'),
  fc.constant('é"\n'),
);
const anyValue = fc.oneof(
  anyText,
  fc.boolean(),
  fc.double(),
  fc.constantFrom(null, undefined, [], {}, 1n, new Date(0), -0, Number.NaN),
);

it('are what JSON.stringify gives, or nothing', () => {
  fc.assert(
    fc.property(fc.dictionary(anyText, anyValue), (event) => {
      const fields = Object.keys(event).filter((_, index) => index < 20);
      const json = written(fields, event);
      if (json !== undefined) expect(json).toBe(JSON.stringify(event));
    }),
    { numRuns: 2_000 },
  );
});

it('are there for texts that need no escape, numbers and truth values', () => {
  const event = { a: 'plain', b: 'größer 🦆', c: 1.5, d: -0, e: true };
  expect(written(Object.keys(event), event)).toBe(JSON.stringify(event));
});

it.each([
  ['an escape', { a: 'x"y', b: '' }],
  ['a backslash', { a: 'x\\y', b: '' }],
  ['a line feed', { a: 'x\ny', b: '' }],
  ['half a surrogate pair', { a: 'x\udc00y', b: '' }],
  ['another order', { b: '', a: '' }],
  ['a field too many', { a: '', b: '', c: '' }],
  ['a field too few', { a: '' }],
  ['null', { a: null, b: '' }],
  ['a list', { a: [], b: '' }],
  ['an own way to JSON', { a: '', b: '', toJSON: () => 'x' }],
])('are not there for an event with %s', (_, event) => {
  expect(written(['a', 'b'], event)).toBeUndefined();
});
