/** Shows how many of the events have been settled while it goes on. */
export interface Progress {
  /** Counts one more event whose end is known. */
  advance(): void;
  stop(): void;
}

/** Milliseconds between two pictures. */
const INTERVAL = 100;

/** A bar on stderr; nothing where that is no terminal. */
export async function showProgress(total: number): Promise<Progress> {
  if (!process.stderr.isTTY) return { advance: () => {}, stop: () => {} };
  const { default: cliProgress } = await import('cli-progress');
  const bar = new cliProgress.SingleBar({
    stream: process.stderr,
    format: '{bar} {percentage}% | {value}/{total} events | {duration_formatted} | {eta_formatted} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
  });
  let done = 0;
  bar.start(total, 0);
  // At an interval, since a picture for each event would cost more than sending it.
  const timer = setInterval(() => bar.update(done), INTERVAL);
  return {
    advance: () => {
      done++;
    },
    stop: () => {
      clearInterval(timer);
      bar.update(done);
      bar.stop();
    },
  };
}
