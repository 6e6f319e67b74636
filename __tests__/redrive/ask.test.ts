import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../cli/usage-error.js';
import { askToGoOn } from '../../redrive/ask.js';

const terminal = () => Object.assign(new PassThrough(), { isTTY: true });
const never = new AbortController().signal;

describe('the question before anything is sent', () => {
  it.each([
    ['y\n', true],
    [' Yes \n', true],
    ['n\n', false],
    ['\n', false],
    ['yesterday\n', false],
  ])('is answered with %j', async (answer, isYes) => {
    const [input, output] = [terminal(), terminal()];
    const asked = askToGoOn(never, input, output);
    input.write(answer);
    expect(await asked).toBe(isYes);
    expect(String(output.read())).toContain('Send them? [y/N] ');
  });

  it('is answered with no by whoever stops the command or hangs up', async () => {
    expect(await askToGoOn(AbortSignal.timeout(1), terminal(), terminal())).toBe(false);
    const input = terminal();
    input.end();
    expect(await askToGoOn(never, input, terminal())).toBe(false);
  });

  it('is not asked where there is no terminal', async () => {
    await expect(askToGoOn(never, new PassThrough(), terminal())).rejects.toThrow(UsageError);
    await expect(askToGoOn(never, terminal(), new PassThrough())).rejects.toThrow('--yes');
  });
});
