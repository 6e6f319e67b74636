import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { Output } from '../../cli/output.js';

describe('the output', () => {
  it('passes everything on, in order', async () => {
    const stream = new PassThrough();
    const output = new Output(stream);
    const read = text(stream);
    const lines = Array.from({ length: 5_000 }, (_, index) => `line ${index}\n`);
    for (const line of lines) await output.write(line);
    await output.flush();
    stream.end();
    expect(await read).toBe(lines.join(''));
  });

  it('waits for a slow reader', async () => {
    const stream = new PassThrough({ highWaterMark: 1 });
    const output = new Output(stream);
    let waiting = true;
    void output.write('x'.repeat(20_000)).then(() => {
      waiting = false;
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(waiting).toBe(true);
    stream.resume();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(waiting).toBe(false);
  });

  it('takes no harm from a reader that leaves', async () => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('gone'), { code: 'EPIPE' })),
    });
    const output = new Output(stream);
    await output.write('a');
    await output.flush();
    await new Promise((resolve) => setImmediate(resolve));
    expect(output.readerLeft.aborted).toBe(true);
    await output.write('b');
    await output.flush();
  });
});
