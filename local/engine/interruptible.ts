/** Milliseconds between interrupts of a statement that goes on nevertheless. */
const INTERRUPT_EVERY = 20;

/**
 * Runs a statement that `interrupt` ends once the signal says so. DuckDB forgets an interrupt that comes before the
 * statement has begun, so one is sent after another until the statement has ended.
 * @throws the signal's reason where it was aborted, whatever came of the statement.
 */
export async function interruptible<T>(
  signal: AbortSignal,
  interrupt: () => void,
  run: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  let again: NodeJS.Timeout | undefined;
  const stop = () => {
    interrupt();
    again = setInterval(interrupt, INTERRUPT_EVERY);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await run();
  } finally {
    clearInterval(again);
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
  }
}
