import { parentPort } from 'node:worker_threads';
import type { LinesAnswer, LinesTask } from './lines-threads.js';
import { writeLines } from './write-lines.js';

// One of the threads of lines-threads.ts.
parentPort?.on('message', async ({ id, part, linesPath }: LinesTask) => {
  let answer: LinesAnswer;
  try {
    answer = { id, lines: await writeLines(part, linesPath) };
  } catch (error) {
    answer = { id, error };
  }
  parentPort?.postMessage(answer);
});
