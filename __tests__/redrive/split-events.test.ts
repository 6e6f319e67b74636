import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitEvents, splitRecord } from '../../redrive/split-events.js';

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const partsOf = (text: string) =>
  splitRecord(Buffer.from(text)).map(({ bytes, event }) => (event ? { event } : textOf(bytes)));

describe('a record', () => {
  it.each<[string, string, unknown[]]>([
    ['an event', '{"a": 1}', [{ event: { a: 1 } }]],
    ['nothing', ' \n\t\r\n ', []],
    ['lines', '{"a": 1}\n{"a": 2}\r\n', [{ event: { a: 1 } }, { event: { a: 2 } }]],
    ['events with nothing between them', '{"a": 1}{"a": 2}', [{ event: { a: 1 } }, { event: { a: 2 } }]],
    [
      'an event over several lines',
      '{\n  "a": [\n {}, {"b": "}"} ]\n}\n',
      [{ event: { a: [{}, { b: '}' }] } }],
    ],
    [
      'a line without its end',
      '{"a": 1}\n{"a": \n{"a": 3}\n',
      [{ event: { a: 1 } }, '{"a":', { event: { a: 3 } }],
    ],
    ['a string without its end', '{"a": "x\n{"a": 3}', ['{"a": "x', { event: { a: 3 } }]],
    ['brackets that do not match', '{"a": [}\n{"a": 3}', ['{"a": [}', { event: { a: 3 } }]],
    ['a word that is none', '{"a": nix}\n{"a": 3}', ['{"a": nix}', { event: { a: 3 } }]],
    ['an array, which Firehose does not take', '[{"a": 1}]\n{"a": 3}', ['[{"a": 1}]', { event: { a: 3 } }]],
    ['text', 'hello\n7\n', ['hello', '7']],
    ['text behind an event', '{"a": 1} hello\n{"a": 3}', [{ event: { a: 1 } }, 'hello', { event: { a: 3 } }]],
    [
      'one that began before the last was closed',
      '{"a": {"b": 1}\n{"a": 3}',
      ['{"a": {"b": 1}', { event: { a: 3 } }],
    ],
  ])('of %s is split', (_, text, expected) => {
    expect(partsOf(text)).toEqual(expected);
  });

  it('that is not UTF-8 keeps its bytes', () => {
    const bytes = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
    expect(splitRecord(bytes)).toEqual([{ bytes, event: undefined }]);
  });

  it('of good and bad lines gives every good one, and loses no byte but white space', () => {
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.map(({ text }) => text).join('\n');
        const parts = splitRecord(Buffer.from(text));
        expect(parts.flatMap(({ event }) => (event ? [event] : []))).toEqual(
          lines.flatMap(({ event }) => (event ? [event] : [])),
        );
        const withoutSpace = (some: string) => some.replaceAll(/[ \t\r\n]/g, '');
        expect(withoutSpace(parts.map(({ bytes }) => textOf(bytes)).join(''))).toBe(withoutSpace(text));
      }),
    );
  });

  it('that comes in pieces is split as it is in one', () => {
    fc.assert(
      fc.property(fc.array(line), fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (lines, sizes) => {
        const whole = Buffer.from(lines.map(({ text }) => text).join('\n'));
        const events: unknown[] = [];
        let rest: Uint8Array = new Uint8Array();
        for (let at = 0; at < whole.length; ) {
          const size = sizes.next().value ?? 1;
          const split = splitEvents(Buffer.concat([rest, whole.subarray(at, at + size)]), { isAll: false });
          for (const { event } of split.parts) if (event) events.push(event);
          rest = split.rest;
          at += size;
        }
        for (const { event } of splitEvents(rest, { isAll: true }).parts) if (event) events.push(event);
        expect(events).toEqual(lines.flatMap(({ event }) => (event ? [event] : [])));
      }),
    );
  });
});

describe('a piece that has no end', () => {
  it('is seen as soon as another begins where none can', () => {
    for (const begun of ['{"a": {"b": 1}', '{"a": "x"', '{"a": 1,', '{"a": [1']) {
      const { parts } = splitEvents(Buffer.from(`${begun}\n{"a": 3}\n{"a": 4`), { isAll: false });
      expect(parts.map(({ bytes }) => textOf(bytes))).toEqual([begun, '{"a": 3}']);
    }
  });

  it('waits for more, until it is longer than an event can be', () => {
    const begun = Buffer.from('{"a": [1,\n2');
    expect(splitEvents(begun, { isAll: false })).toEqual({ parts: [], rest: begun });
    const { parts, rest } = splitEvents(begun, { isAll: false, longest: 5 });
    expect(parts.map(({ bytes }) => textOf(bytes))).toEqual(['{"a": [1,']);
    expect(textOf(rest)).toBe('2');
  });

  it('does not make the splitting of the lines behind it slower and slower', () => {
    // Each line is good JSON as far as it goes, so that all that follow might belong to it.
    const lines = '{"a":\n'.repeat(200_000);
    const { parts } = splitEvents(Buffer.from(lines), { isAll: true });
    expect(parts).toHaveLength(200_000);
  });
});

const json = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });
const good = json.map((event) => {
  const text = JSON.stringify(event);
  return { text, event: JSON.parse(text) as unknown };
});
/** What is left of an event that was cut off: never good JSON, and never with a good event in it that ends its line. */
const bad = fc
  .tuple(json, fc.nat())
  .map(([event, cut]) => JSON.stringify({ first: event, last: 'x' }).slice(0, 1 + (cut % 8)))
  .map((text) => ({ text, event: undefined }));
const line: fc.Arbitrary<{ text: string; event: unknown }> = fc.oneof(good, bad);
