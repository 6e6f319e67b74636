import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { QueryFault } from '../../../local/engine/engine.js';
import { type CopyOrder, TextCopies } from '../../../local/engine/text/text-copies.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lakehouse-copies-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const going = new AbortController().signal;
let made: string[] = [];
beforeEach(() => {
  made = [];
});

/** A copy of 100 bytes, unless it is made otherwise. */
function order(name: string, make?: CopyOrder['make']): CopyOrder {
  const sourcePath = path.join(folder, `${name}.txt`);
  if (!existsSync(sourcePath)) writeFileSync(sourcePath, name);
  const write: CopyOrder['make'] = async (to) => {
    made.push(name);
    await writeFile(to, Buffer.alloc(100));
    return [];
  };
  return { sourcePath, copyPath: path.join(folder, 'copies', name), make: make ?? write };
}

const kept = () => readdirSync(path.join(folder, 'copies')).sort();

const use = (copies: TextCopies, ...names: string[]) =>
  copies.holding(going, async (held) => {
    for (const name of names) await held.get(order(name));
  });

it('drops the copies that were used the longest ago once there are more bytes than it may keep', async () => {
  const copies = new TextCopies(250);
  await use(copies, 'a', 'b');
  await use(copies, 'a');
  await use(copies, 'c');
  expect(kept()).toEqual(['a', 'c']);
  await use(copies, 'a', 'c');
  expect(made).toEqual(['a', 'b', 'c']);
});

it('keeps what is held, however much that is, until it is let go', async () => {
  const copies = new TextCopies(150);
  await copies.holding(going, async (held) => {
    for (const name of ['a', 'b', 'c']) await held.get(order(name));
    await use(copies, 'd');
    expect(kept()).toEqual(['a', 'b', 'c']);
  });
  expect(kept()).toEqual(['c']);
});

it('drops a copy whose source is gone', async () => {
  const copies = new TextCopies();
  await use(copies, 'a', 'b');
  rmSync(path.join(folder, 'a.txt'));
  await use(copies, 'b');
  expect(kept()).toEqual(['b']);
});

it('makes a copy once for all who want it at once, and again where that failed', async () => {
  const copies = new TextCopies();
  await Promise.all([use(copies, 'a'), use(copies, 'a')]);
  expect(made).toEqual(['a']);
  const failing = order('b', async () => {
    throw new Error('not readable');
  });
  await expect(copies.holding(going, (held) => held.get(failing))).rejects.toThrow('not readable');
  await use(copies, 'b');
  expect(made).toEqual(['a', 'b']);
});

it('tells each who wants a copy what was wrong with its source', async () => {
  const copies = new TextCopies();
  const fault = { record: 1, fault: new QueryFault('HIVE_BAD_DATA', 'bad') };
  const damaged = order('a', async (to) => {
    await writeFile(to, 'x');
    return [fault];
  });
  const get = () => copies.holding(going, (held) => held.get(damaged));
  expect([await get(), await get()]).toEqual([[fault], [fault]]);
});

it('gives up a copy that nobody waits for any more, and goes on with one that somebody does', async () => {
  const copies = new TextCopies();
  let signalled: AbortSignal | undefined;
  let finish = () => {};
  const slow = order('a', async (to, signal) => {
    signalled = signal;
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    await writeFile(to, 'x');
    return [];
  });
  const [one, other] = [new AbortController(), new AbortController()];
  const first = copies.holding(one.signal, (held) => held.get(slow));
  const second = copies.holding(other.signal, (held) => held.get(slow));
  await expect.poll(() => signalled).toBeDefined();
  one.abort(new Error('cancelled'));
  await expect(first).rejects.toThrow('cancelled');
  expect(signalled?.aborted).toBe(false);
  other.abort(new Error('cancelled too'));
  await expect(second).rejects.toThrow('cancelled too');
  expect(signalled?.aborted).toBe(true);
  // What it leaves goes, and does not stand in the way of the next.
  await use(copies, 'a');
  finish();
  await expect.poll(kept).toEqual(['a']);
});

it('makes room on a full disk, and says so where there is none to be made', async () => {
  const copies = new TextCopies();
  await use(copies, 'a');
  let tries = 0;
  const once = order('b', async (to) => {
    if (++tries === 1)
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    await writeFile(to, 'x');
    return [];
  });
  await copies.holding(going, (held) => held.get(once));
  expect(kept()).toEqual(['b']);
  const never = order('c', async () => {
    throw new Error('IO Error: Could not write file "/secret/path": No space left on device');
  });
  await expect(copies.holding(going, (held) => held.get(never))).rejects.toMatchObject({
    name: 'EngineFault',
    message: 'The disk of the data folder is full.',
  });
});
