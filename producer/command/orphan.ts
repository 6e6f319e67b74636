/** Milliseconds between two looks. */
const LOOK = 500;

/**
 * Stops this process in order when npm is gone that has started it: npm passes SIGTERM on to a shell in between, which
 * ends and leaves its child running. Whoever is started without npm may outlive its parent, as after `&` and `exit`.
 *
 * @returns ends the looking.
 */
export function stopWithNpm(variables: NodeJS.ProcessEnv = process.env): () => void {
  if (variables.npm_lifecycle_event !== 'producer') return () => {};
  const parent = process.ppid;
  const looking = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(looking);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK);
  looking.unref();
  return () => clearInterval(looking);
}
