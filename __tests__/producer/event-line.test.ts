import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventLine } from '../../producer/event-line.js';

const keyed = { partitionKey: 'id' };
const codeOf = (event: Record<string, unknown>) => {
  const line = eventLine(keyed, event);
  return line.kind === 'refusal' ? line.code : line.kind;
};

describe("an event's line", () => {
  it("is its JSON, under the dataset's partition key", () => {
    const line = eventLine(keyed, { id: 'a', text: 'é\n' });
    expect(line).toMatchObject({ kind: 'line', key: 'a' });
    if (line.kind === 'line') expect(Buffer.from(line.bytes).toString()).toBe('{"id":"a","text":"é\\n"}\n');
  });

  it('gives back any event that is JSON as it was', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
        const event = { ...fields, id: 'k' };
        const line = eventLine(keyed, event);
        if (line.kind !== 'line') throw new Error(line.code);
        const text = Buffer.from(line.bytes).toString();
        expect(text.indexOf('\n')).toBe(text.length - 1);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(event)));
      }),
    );
  });

  it('takes numbers and truth values as keys', () => {
    expect(eventLine(keyed, { id: 7 })).toMatchObject({ key: '7' });
    expect(eventLine(keyed, { id: false })).toMatchObject({ key: 'false' });
  });

  it('refuses a key that is missing, empty or over 256 characters', () => {
    expect(codeOf({})).toBe('PartitionKeyMissing');
    expect(codeOf({ id: null })).toBe('PartitionKeyMissing');
    expect(codeOf({ id: { a: 1 } })).toBe('PartitionKeyMissing');
    expect(codeOf({ id: '' })).toBe('PartitionKeyEmpty');
    expect(codeOf({ id: 'x'.repeat(256) })).toBe('line');
    expect(codeOf({ id: 'x'.repeat(257) })).toBe('PartitionKeyTooLong');
  });

  it('counts the characters of a key, not its bytes', () => {
    expect(codeOf({ id: 'é'.repeat(256) })).toBe('line');
    expect(codeOf({ id: '🦆'.repeat(256) })).toBe('line');
    expect(codeOf({ id: '🦆'.repeat(257) })).toBe('PartitionKeyTooLong');
  });

  it('refuses a record that has over 1 MiB with its key', () => {
    // Its lane's name may be longer than its key.
    const frame = '{"id":"kk","t":""}\n'.length + 10;
    const largest = { id: 'kk', t: 'x'.repeat(1_048_576 - frame) };
    const line = eventLine(keyed, largest);
    expect(line.kind === 'line' && line.bytes.byteLength + 10).toBe(1_048_576);
    expect(codeOf({ ...largest, t: `${largest.t}x` })).toBe('RecordTooLarge');
  });

  it('refuses what is no JSON, and tells what it looked like', () => {
    expect(eventLine(keyed, { id: 'a', big: 1n })).toMatchObject({
      kind: 'refusal',
      code: 'NotSerializable',
    });
    expect(eventLine(keyed, { id: '', n: 1 })).toMatchObject({ kind: 'refusal', text: '{"id":"","n":1}' });
  });
});
