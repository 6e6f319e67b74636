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
    letters.add(letter);
    letters.add({
      code: 'RecordTooLarge',
      message: 'Too large.',
      index: 7,
      text: '{"a":1}',
      cut: true,
    });
    letters.close();
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
    new DeadLetterFile(file).close();
    expect(existsSync(file)).toBe(false);
  });

  it('keeps what an earlier run has written to it', async () => {
    const file = await newFile();
    await writeFile(file, '{"index":0}\n');
    const letters = new DeadLetterFile(file);
    letters.add(letter);
    letters.close();
    expect(await readFile(file, 'utf8')).toBe(`{"index":0}\n${JSON.stringify(letter)}\n`);
  });

  it('keeps an event whole, whatever is in it and however long it is', async () => {
    const file = await newFile();
    const text = `\u0000\n"\u2028\ud800${'é🙂'.repeat(700_000)}`;
    const letters = new DeadLetterFile(file);
    letters.add({ ...letter, text });
    letters.close();
    const [line = '', ...rest] = (await readFile(file, 'utf8')).split('\n');
    expect(JSON.parse(line).text).toBe(text);
    expect(rest).toEqual(['']);
  });

  it('has each as soon as it was added, so that it outlives its process', async () => {
    const file = await newFile();
    const letters = new DeadLetterFile(file);
    for (let index = 0; index < 3; index++) {
      letters.add({ ...letter, index });
      expect((await readFile(file, 'utf8')).trimEnd().split('\n')).toHaveLength(index + 1);
    }
    letters.close();
  });

  it('says how a text stands for bytes that are no UTF-8', async () => {
    const file = await newFile();
    const letters = new DeadLetterFile(file);
    letters.add({ ...letter, text: '/w==', encoding: 'base64' });
    letters.close();
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ text: '/w==', encoding: 'base64' });
  });

  it.each(['in-a-folder-that-is-not-there.jsonl', '..'])(
    'says which file cannot be written: %s',
    async (name) => {
      const file = path.join(await newFile(), name);
      const letters = new DeadLetterFile(file);
      const refused = {
        name: 'DeadLetterError',
        file,
        message: expect.stringContaining(`${file} cannot be`),
      };
      for (const attempt of [() => letters.add(letter), () => letters.close(), () => letters.add(letter)])
        expect(attempt).toThrow(expect.objectContaining(refused));
    },
  );
});

async function newFile(): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  return path.join(folder, 'dead-letters.jsonl');
}
