import { describe, expect, it } from 'vitest';
import { LineCheck } from '../../producer/input/line-check.js';
import type { Mapping } from '../../redrive/mapping.js';
import { outgoing } from '../../redrive/outgoing.js';
import { splitRecord } from '../../redrive/split-events.js';

const check = new LineCheck({
  name: 'things',
  comment: 'Things.',
  columns: { id: { type: 'string', comment: 'Identity.' }, at: { type: 'timestamp', comment: 'When.' } },
  identity: 'id',
  time: 'at',
  partitionKey: 'id',
});
const FROM = { object: 'errors/x', record: 3, code: 'DataFormatConversion.ParseError', message: 'Bad.' };

async function sentFor(text: string, mapping?: Mapping) {
  const [part] = splitRecord(Buffer.from(text));
  if (!part) throw new Error('There is no event in it.');
  const made = await outgoing(check, part, FROM, mapping);
  if (made.kind === 'unsendable') return made;
  return made.lines.map(({ key, bytes }) => [key, Buffer.from(bytes).toString()]);
}

describe('without a mapping', () => {
  it('an event goes as it came, to the byte, on one line and under its key', async () => {
    expect(await sentFor('{ "id": 1,\n "n": 12345678901234567890, "x": "\\u00e9" }')).toEqual([
      ['1', '{ "id": 1,  "n": 12345678901234567890, "x": "\\u00e9" }\n'],
    ]);
  });

  it('what is no JSON object is not sent', async () => {
    expect(await sentFor('{"id": 1')).toMatchObject({ kind: 'unsendable', code: 'NotJson' });
    expect(await sentFor('[{"id": 1}]')).toMatchObject({ kind: 'unsendable', code: 'NotJson' });
  });

  it('what does not fit its column is not sent, in whatever case it is named', async () => {
    expect(await sentFor('{"ID": 1, "at": "never"}')).toMatchObject({ code: 'TimeInvalid' });
    expect(await sentFor('{"ID": 1, "at": 7}')).toEqual([['1', '{"ID": 1, "at": 7}\n']]);
  });

  it('an event that Kinesis would not take is not sent', async () => {
    expect(await sentFor('{"name": "Ann"}')).toMatchObject({ code: 'PartitionKeyMissing' });
    expect(await sentFor(`{"id": 1, "x": "${'x'.repeat(1_048_576)}"}`)).toMatchObject({
      code: 'RecordTooLarge',
    });
  });
});

describe('with a mapping', () => {
  it('it is told the event, its text, and why it failed', async () => {
    const given: unknown[] = [];
    const note: Mapping = (...all) => {
      given.push(all);
      return null;
    };
    expect(await sentFor('{"id": 1}', note)).toEqual([]);
    expect(await sentFor('{"id": 1', note)).toEqual([]);
    expect(given).toEqual([
      [{ id: 1 }, { ...FROM, text: '{"id": 1}' }],
      ['{"id": 1', { ...FROM, text: '{"id": 1' }],
    ]);
  });

  it.each<[string, string, Mapping, unknown]>([
    ['another event', '{"id": 1}', () => ({ id: 2 }), [['2', '{"id":2}\n']]],
    ['an event, in time', '{"id": 1}', async () => ({ id: 2 }), [['2', '{"id":2}\n']]],
    [
      'the same event, which goes as it came',
      '{"id": 1, "n": 12345678901234567890}',
      (event) => event,
      [['1', '{"id": 1, "n": 12345678901234567890}\n']],
    ],
    [
      'the same event, changed',
      '{"id": 1}',
      (event) => Object.assign(event, { id: 3 }),
      [['3', '{"id":3}\n']],
    ],
    ['repaired text', '{"id": 1', (event) => `${event}}`, [['1', '{"id": 1}\n']]],
    [
      'several events',
      '[1, 2]',
      (event) => JSON.parse(String(event)).map((id: number) => ({ id })),
      [
        ['1', '{"id":1}\n'],
        ['2', '{"id":2}\n'],
      ],
    ],
    ['null, which leaves it out', '{"id": 1}', () => null, []],
    ['no events, which leaves it out', '{"id": 1}', () => [], []],
  ])('%s can be made of it', async (_, text, mapping, expected) => {
    expect(await sentFor(text, mapping)).toEqual(expected);
  });

  it.each<[string, Mapping, string]>([
    [
      'throws',
      () => {
        throw new TypeError('No such field.');
      },
      'TypeError: No such field.',
    ],
    ['fails later', async () => Promise.reject(new RangeError('Late.')), 'RangeError: Late.'],
    ['returns nothing', (() => undefined) as unknown as Mapping, 'The mapping returned undefined'],
    ['returns a number', (() => 7) as unknown as Mapping, 'The mapping returned number'],
    ['returns empty text', () => ' ', 'The mapping returned empty text'],
  ])('that %s, the event is not sent', async (_, mapping, message) => {
    expect(await sentFor('{"id": 1}', mapping)).toMatchObject({
      kind: 'unsendable',
      code: 'MappingFailed',
      message: expect.stringContaining(message),
    });
  });

  it('what it makes is held to the same rules', async () => {
    expect(await sentFor('{"id": 1}', () => '{"id": ')).toMatchObject({ code: 'NotJson' });
    expect(await sentFor('{"id": 1}', () => [{ id: 1 }, { id: '' }])).toMatchObject({
      code: 'PartitionKeyEmpty',
    });
  });
});
