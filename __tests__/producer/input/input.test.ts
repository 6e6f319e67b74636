import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customers, type Dataset } from '../../../datasets/index.js';
import { type EventBlock, generate, keyHash, openInput, readEvents } from '../../../producer/index.js';
import { collect, linesOf } from '../blocks.js';

const dataset: Omit<Dataset, 'generate'> = {
  name: 'visits',
  comment: 'Visits.',
  columns: {
    id: { type: 'bigint', comment: 'Identity.' },
    user: { type: 'string', comment: 'Who.' },
    at: { type: 'timestamp', comment: 'When, UTC.' },
    tags: { type: 'array<string>', comment: 'What about.' },
  },
  identity: 'id',
  time: 'at',
  partitionKey: 'user',
};

/** Pieces in one piece of memory that is used again and again. */
async function* inPieces(bytes: Uint8Array, sizes: readonly number[] = []) {
  const memory = Buffer.alloc(bytes.length);
  let start = 0;
  for (const size of [...sizes, bytes.length]) {
    const piece = bytes.subarray(start, start + size);
    memory.fill('?').set(piece);
    yield memory.subarray(0, piece.length);
    start += size;
  }
}

async function read(text: string | Uint8Array, sizes?: readonly number[]) {
  const unknown: string[] = [];
  const options = { keys: true, onUnknownField: (name: string) => void unknown.push(name) };
  const blocks = await collect(readEvents(dataset, inPieces(Buffer.from(text), sizes), options));
  const refused = blocks.flatMap(({ refused = [] }) => refused);
  return { blocks, lines: blocks.flatMap(linesOf), refused, unknown };
}

const codes = async (text: string | Uint8Array) =>
  (await read(text)).refused.map(({ line, code }) => `${line} ${code}`);

describe('reading events', () => {
  it('passes lines on as they are, to the byte', async () => {
    const lines = [
      '{"id":9007199254740993,"user":"ä"}',
      ' { "user" : "b", "id":1.0 , "at":"2026-01-01 00:00:00" }\t',
      '{"ID":2,"User":"c","TAGS":["x"]}',
    ];
    const { blocks, lines: passed, refused } = await read(`${lines.join('\n')}\n`);
    expect(refused).toEqual([]);
    expect(passed).toEqual(lines);
    expect(blocks[0]?.keys).toEqual(['ä', 'b', 'c']);
    expect([...(blocks[0]?.hashes ?? [])]).toEqual(['ä', 'b', 'c'].map(keyHash));
  });

  it('knows the keys that a JavaScript number cannot hold', async () => {
    const bytes = Buffer.from('{"id":9007199254740993,"user":"a"}\n{"id":12.50,"user":"a"}');
    const byId = {
      ...dataset,
      columns: { ...dataset.columns, id: { type: 'decimal(20,2)', comment: '' } },
    } as const;
    const blocks = await collect(
      readEvents({ ...byId, partitionKey: 'id' }, inPieces(bytes), { keys: true }),
    );
    expect(blocks.flatMap(({ keys }) => keys)).toEqual(['9007199254740993', '12.50']);
  });

  it('takes lines however they are cut, end and are set apart', () => {
    const event = fc
      .tuple(fc.nat(), fc.string({ minLength: 1 }))
      .map(([id, user]) => JSON.stringify({ id, user }));
    return fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1 }),
        fc.constantFrom('\n', '\r\n', '\n\n', '\n \t\r\n'),
        fc.constantFrom('', '\ufeff'),
        fc.boolean(),
        fc.array(fc.nat(20)),
        async (events, separator, mark, ends, sizes) => {
          const { lines, refused, blocks } = await read(
            mark + events.join(separator) + (ends ? separator : ''),
            sizes,
          );
          expect(refused).toEqual([]);
          expect(lines).toEqual(events);
          for (const { lines: bytes, ends } of blocks) expect(bytes.byteLength).toBe(ends.at(-1));
          const counted = blocks.map(({ first, ends }) => [first, ends.length]);
          let next = 0;
          for (const [first = 0, length = 0] of counted) {
            expect(first).toBe(next);
            next += length;
          }
        },
      ),
    );
  });

  it('refuses a line that is no event, by its number, and goes on', async () => {
    const text = [
      '{"id":1,"user":"a"}',
      '{"id":2,"user":"a"',
      '',
      '[1]',
      'null',
      '{"id":3}',
      '{"id":4,"user":""}',
      `{"id":5,"user":"${'x'.repeat(257)}"}`,
      '{"user":"a"}',
      '{"id":null,"user":"a"}',
      '{"id":"one","user":"a"}',
      '{"id":6,"user":"a","at":"yesterday"}',
      '{"id":7,"user":"a","at":true}',
      '{"id":NaN,"user":"a"}',
      '{"id":8,"user":"a"}{"id":9,"user":"a"}',
      '{"id":10,"user":"b"}',
    ];
    const { lines, refused, blocks } = await read(text.join('\r\n'));
    expect(refused.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '2 NotJson',
      '4 NotAnObject',
      '5 NotAnObject',
      '6 PartitionKeyMissing',
      '7 PartitionKeyEmpty',
      '8 PartitionKeyTooLong',
      '9 IdentityMissing',
      '10 IdentityMissing',
      '11 WrongType',
      '12 TimeInvalid',
      '13 WrongType',
      '14 NotJson',
      '15 NotJson',
    ]);
    expect(refused.map(({ text: shown }) => shown)).toEqual(refused.map(({ line = 0 }) => text[line - 1]));
    expect(refused[8]?.message).toBe('Column "id" of type bigint cannot hold "one".');
    expect(lines.filter((line) => line !== '')).toEqual([text[0], text[15]]);
    // The last line, which has no end, comes by itself.
    expect(blocks.map(({ ends }) => ends.length)).toEqual([14, 1]);
    expect(refused.map(({ offset }) => offset)).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
  });

  it('refuses what is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('{"id":1,"user":"'), Buffer.from([0xc3]), Buffer.from('"}\n')]);
    expect(await codes(bytes)).toEqual(['1 NotUtf8']);
  });

  it('says exactly what it refused, whatever its bytes are', async () => {
    const line = fc
      .uint8Array({ minLength: 1, maxLength: 40 })
      .map((bytes) => bytes.filter((byte) => byte !== 0x0a));
    await fc.assert(
      fc.asyncProperty(fc.array(line), async (lines) => {
        const input = lines.map((bytes) => Buffer.concat([Uint8Array.of(0xff), bytes]));
        const { refused } = await read(Buffer.concat(input.flatMap((bytes) => [bytes, Buffer.from('\r\n')])));
        expect(refused.map(({ text, encoding }) => Buffer.from(text, encoding ?? 'utf8'))).toEqual(input);
      }),
    );
    const { refused } = await read(Buffer.from('\u0000é🙂'));
    expect(refused).toMatchObject([{ text: '\u0000é🙂' }]);
    expect(refused[0]).not.toHaveProperty('encoding');
  });

  it('refuses a column that has two values', async () => {
    expect(await codes('{"id":1,"user":"a","id":2}')).toEqual(['1 FieldTwice']);
    expect(await codes('{"id":1,"user":"a","ID":2}')).toEqual(['1 FieldTwice']);
    expect(await codes('{"id":1,"user":"a","\\u0069d":2}')).toEqual(['1 FieldTwice']);
    expect(await codes('{"id":1,"user":"\\"id\\":","other":{"id":3},"tags":["id"]}')).toEqual([]);
  });

  it('refuses a line that is too long, and says all of it', async () => {
    const frame = '{"id":1,"user":"u","x":""}'.length;
    const long = (length: number) => `{"id":1,"user":"u","x":"${'x'.repeat(length - frame)}"}`;
    const longest = 1_048_576 - '\n'.length - 'lane-65535'.length;
    const text = `${long(longest)}\n${long(longest + 1)}\n${long(3_000_000)}\r\n{"id":2,"user":"u"}`;
    const { lines, refused } = await read(text, Array(100).fill(50_000));
    expect(refused.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '2 RecordTooLarge',
      '3 RecordTooLarge',
    ]);
    expect(refused.map(({ text: said }) => said)).toEqual([long(longest + 1), long(3_000_000)]);
    expect(refused[1]?.message).toBe('The line has 3000000 bytes; Kinesis takes 1048576.');
    expect(lines.map((line) => line.length)).toEqual([longest, 0, 0, 19]);
  });

  it('says only the beginning of a line that is too long to be held, and that it does', async () => {
    const MiB = 1_048_576;
    const { lines, refused } = await read(
      `${'ä'.repeat(10 * MiB)}\n{"id":2,"user":"u"}`,
      Array(20).fill(MiB),
    );
    expect(refused).toMatchObject([{ code: 'RecordTooLarge', cut: true, text: 'ä'.repeat(8 * MiB) }]);
    expect(refused[0]?.message).toContain(`${20 * MiB} bytes`);
    expect(lines.at(-1)).toBe('{"id":2,"user":"u"}');
  });

  it('names the fields that are no column, for each event that has them', async () => {
    const { unknown } = await read(
      '{"id":1,"user":"a","x":1,"y":2}\n{"id":2,"user":"a","x":1}\n{"id":"?","x":1}',
    );
    expect(unknown).toEqual(['x', 'y', 'x']);
  });

  it('makes blocks of a thousand events at most', async () => {
    const { blocks } = await read('{"id":1,"user":"a"}\n'.repeat(2_500));
    expect(blocks.map(({ first, ends }) => [first, ends.length])).toEqual([
      [0, 1_000],
      [1_000, 1_000],
      [2_000, 500],
    ]);
  });

  it('passes on what is there without waiting for more', async () => {
    const terminal = new PassThrough();
    const blocks = readEvents(dataset, terminal);
    const first = blocks.next();
    terminal.write('{"id":1,"user":"a"}\n{"id":2,');
    expect(linesOf((await first).value as EventBlock)).toEqual(['{"id":1,"user":"a"}']);
    const second = blocks.next();
    terminal.end('"user":"b"}');
    expect(linesOf((await second).value as EventBlock)).toEqual(['{"id":2,"user":"b"}']);
    expect(await blocks.next()).toMatchObject({ done: true });
  });

  it('takes every event that a generator makes', async () => {
    const lines = [...generate(customers, { amount: 1_500, seed: 1 })].map((event) => JSON.stringify(event));
    const blocks = await collect(readEvents(customers, inPieces(Buffer.from(lines.join('\n')))));
    expect(blocks.flatMap(linesOf)).toEqual(lines);
    expect(blocks.flatMap(({ refused = [] }) => refused)).toEqual([]);
  });
});

describe('an input', () => {
  it('can be a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'input-'));
    try {
      const path = join(folder, 'events.jsonl');
      await writeFile(path, '{"id":1,"user":"a"}\n'.repeat(30_000));
      const blocks = await collect(readEvents(dataset, openInput(path)));
      expect(blocks.reduce((sum, { ends }) => sum + ends.length, 0)).toBe(30_000);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('that is not there is an error', async () => {
    await expect(collect(readEvents(dataset, openInput('/nowhere/events.jsonl')))).rejects.toThrow('ENOENT');
  });

  it('is standard input for -', () => {
    expect(openInput('-')).toBe(process.stdin);
  });
});
