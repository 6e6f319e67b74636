import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, sizeOf } from '../../producer/index.js';

const keyed = { partitionKey: 'id' };
const codeOf = (event: Record<string, unknown>) => {
  const packed = pack(keyed, event);
  return packed.kind === 'refusal' ? packed.code : packed.kind;
};

describe('packing', () => {
  it("makes a line of JSON under the dataset's partition key", () => {
    const event = { id: 'a', text: 'é\n' };
    const packed = pack(keyed, event);
    expect(packed).toMatchObject({ kind: 'record', partitionKey: 'a', events: [event] });
    if (packed.kind === 'record') expect(packed.data.toString()).toBe('{"id":"a","text":"é\\n"}\n');
  });

  it('gives back any event that is JSON as it was', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
        const event = { ...fields, id: 'k' };
        const packed = pack(keyed, event);
        if (packed.kind !== 'record') throw new Error(packed.code);
        const text = packed.data.toString();
        expect(text.indexOf('\n')).toBe(text.length - 1);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(event)));
      }),
    );
  });

  it('takes numbers and truth values as keys', () => {
    expect(pack(keyed, { id: 7 })).toMatchObject({ partitionKey: '7' });
    expect(pack(keyed, { id: false })).toMatchObject({ partitionKey: 'false' });
  });

  it('refuses a key that is missing, empty or over 256 characters', () => {
    expect(codeOf({})).toBe('PartitionKeyMissing');
    expect(codeOf({ id: null })).toBe('PartitionKeyMissing');
    expect(codeOf({ id: { a: 1 } })).toBe('PartitionKeyMissing');
    expect(codeOf({ id: '' })).toBe('PartitionKeyEmpty');
    expect(codeOf({ id: 'x'.repeat(256) })).toBe('record');
    expect(codeOf({ id: 'x'.repeat(257) })).toBe('PartitionKeyTooLong');
  });

  it('counts the characters of a key, not its bytes', () => {
    expect(codeOf({ id: 'é'.repeat(256) })).toBe('record');
    expect(codeOf({ id: '🦆'.repeat(256) })).toBe('record');
    expect(codeOf({ id: '🦆'.repeat(257) })).toBe('PartitionKeyTooLong');
  });

  it('refuses a record that has over 1 MiB with its key', () => {
    const frame = '{"id":"kk","t":""}\n'.length + 'kk'.length;
    const largest = { id: 'kk', t: 'x'.repeat(1_048_576 - frame) };
    const packed = pack(keyed, largest);
    expect(packed.kind === 'record' && sizeOf(packed)).toBe(1_048_576);
    expect(codeOf({ ...largest, t: `${largest.t}x` })).toBe('RecordTooLarge');
  });

  it('refuses what is no JSON, and gives the event back', () => {
    const event = { id: 'a', big: 1n };
    expect(pack(keyed, event)).toMatchObject({ kind: 'refusal', code: 'NotSerializable', events: [event] });
  });
});
