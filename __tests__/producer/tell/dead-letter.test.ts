import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DeadLetterFile } from '../../../producer/tell/dead-letter.js';
import { temporaryFolder } from '../../local/running-local-aws.js';

const letter = { code: 'NotJson', message: 'It is no JSON.', line: 3, index: 2, text: 'oops' } as const;

describe('a dead-letter file', () => {
  it('has a JSON line for each event, with its reason', async () => {
    const file = await newFile();
    const letters = new DeadLetterFile(file);
    await letters.add(letter);
    await letters.add({
      code: 'RecordTooLarge',
      message: 'Too large.',
      index: 7,
      text: '{"a":1}',
      cut: true,
    });
    await letters.close();
    const lines = (await readFile(file, 'utf8')).split('\n');
    expect(lines.slice(0, 2).map((line) => JSON.parse(line))).toEqual([
      letter,
      { code: 'RecordTooLarge', message: 'Too large.', index: 7, text: '{"a":1}', cut: true },
    ]);
    expect(lines.slice(2)).toEqual(['']);
    expect(letters.count).toBe(2);
  });

  it('is not there as long as it would be empty', async () => {
    const file = await newFile();
    await new DeadLetterFile(file).close();
    expect(existsSync(file)).toBe(false);
  });

  it('keeps what an earlier run has written to it', async () => {
    const file = await newFile();
    await writeFile(file, '{"index":0}\n');
    const letters = new DeadLetterFile(file);
    await letters.add(letter);
    await letters.close();
    expect(await readFile(file, 'utf8')).toBe(`{"index":0}\n${JSON.stringify(letter)}\n`);
  });

  it('keeps an event whole, whatever is in it and however long it is', async () => {
    const file = await newFile();
    const text = `\u0000\n"\u2028\ud800${'é🙂'.repeat(700_000)}`;
    const letters = new DeadLetterFile(file);
    await letters.add({ ...letter, text });
    await letters.close();
    const [line = '', ...rest] = (await readFile(file, 'utf8')).split('\n');
    expect(JSON.parse(line).text).toBe(text);
    expect(rest).toEqual(['']);
  });

  it('lets its caller wait while the disk is behind, and has them all in the end', async () => {
    const file = await newFile();
    const letters = new DeadLetterFile(file);
    const text = 'x'.repeat(50_000);
    for (let index = 0; index < 200; index++) await letters.add({ ...letter, index, text });
    await letters.close();
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).index)).toEqual(Array.from({ length: 200 }, (_, n) => n));
  });

  it('that cannot be written says which file it is, at the latest when it is closed', async () => {
    const file = path.join(await newFile(), 'in-a-folder-that-is-not-there.jsonl');
    const letters = new DeadLetterFile(file);
    await letters.add(letter);
    const refused = { name: 'DeadLetterError', file, message: expect.stringContaining(`${file} cannot be`) };
    await expect(letters.close()).rejects.toMatchObject(refused);
    await expect(letters.add(letter)).rejects.toMatchObject(refused);
    await expect(letters.close()).rejects.toMatchObject(refused);
  });

  it('that cannot be written lets nobody wait for ever', async () => {
    const folder = path.dirname(await newFile());
    const letters = new DeadLetterFile(folder);
    const adding = (async () => {
      for (;;) await letters.add({ ...letter, text: 'x'.repeat(50_000) });
    })();
    await expect(adding).rejects.toThrow(folder);
  });
});

async function newFile(): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  return path.join(folder, 'dead-letters.jsonl');
}
