import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { UsageError } from '../cli/usage-error.js';

/**
 * Whether whoever sits at the terminal says yes to what was announced.
 *
 * @param signal takes the question back, which is a no, as is hanging up (Ctrl-D).
 * @throws UsageError where nobody sits there.
 */
export async function askToGoOn(
  signal: AbortSignal,
  input: Readable & { readonly isTTY?: boolean } = process.stdin,
  output: Writable & { readonly isTTY?: boolean } = process.stderr,
): Promise<boolean> {
  if (!input.isTTY || !output.isTTY)
    throw new UsageError('Nothing was sent: without a terminal to ask on, --yes has to say so.');
  const terminal = createInterface({ input, output });
  const hungUp = new AbortController();
  terminal.once('close', () => hungUp.abort());
  const over = AbortSignal.any([signal, hungUp.signal]);
  try {
    // Ctrl-C at the question is a line's, and would end nothing else.
    terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    return /^\s*y(es)?\s*$/i.test(await terminal.question('Send them? [y/N] ', { signal: over }));
  } catch (error) {
    if (over.aborted) return false;
    throw error;
  } finally {
    terminal.close();
  }
}
