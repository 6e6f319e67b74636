/**
 * The engine's process: owns DuckDB and everything that reads SQL. Ends when its parent does. Run by
 * engine-process.ts with its settings as JSON in the first argument.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { convert } from './convert.js';
import { type DatabaseOptions, memoryShare, openDatabase } from './database.js';
import { type EngineRequest, type EngineResponse, type EngineSettings, faultToData } from './protocol.js';
import { QueryDatabases } from './query-databases.js';
import { QueryRunner } from './query-runner.js';
import { prepare } from './sql/prepare.js';

// Ctrl-C reaches the whole process group at once; when to end is the parent's decision.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
// Not exit(), which waits for the queries and conversions that DuckDB runs. What they leave is cleared at the next start.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (request: EngineRequest) => void respond(request));

const settings: EngineSettings = JSON.parse(process.argv[2] ?? '');
const scratch = join(settings.stagingDir, '.engine');
/** Clears what an engine that was killed has left. A folder that cannot be written is told to each who asks. */
const ready = rm(scratch, { recursive: true, force: true }).then(() => mkdir(scratch, { recursive: true }));
ready.catch(() => undefined);

const folders = [settings.objectsDir, settings.stagingDir];
const conversion = once(() => open({ name: 'conversion', memory: 0.2, logReads: false }));
/** Conversions and queries have databases of their own, so that neither takes the other's memory or writes in its log. */
const databases = new QueryDatabases({
  openShared: (hearer) => open({ name: 'queries', memory: 0.4, logReads: true, hearer }),
  openSingle: (number, hearer) =>
    open({ name: `queries-${number}`, memory: 0.1, logReads: true, threads: 1, hearer }),
});
const runner = new QueryRunner(databases, conversion, settings.objectsDir, scratch);

interface Opened extends Pick<DatabaseOptions, 'logReads' | 'threads' | 'hearer'> {
  readonly name: string;
  /** Share of the machine's memory. */
  readonly memory: number;
}

function open({ name, memory, ...options }: Opened) {
  return openDatabase({
    ...options,
    folders,
    temporary: join(scratch, name),
    memoryLimit: memoryShare(memory),
  });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function respond(request: EngineRequest): Promise<void> {
  let response: EngineResponse;
  try {
    response = { id: request.id, value: await answer(request) };
  } catch (error) {
    response = { id: request.id, fault: faultToData(error) };
  }
  // A parent that has gone meanwhile has no use for the answer.
  if (process.connected) process.send?.(response, () => undefined);
}

async function answer(request: EngineRequest): Promise<unknown> {
  await ready;
  switch (request.method) {
    case 'convert':
      return convert(await conversion(), request.argument);
    case 'prepare':
      return prepare(request.argument);
    case 'execute':
      return runner.execute(request.argument);
    case 'cancel':
      return runner.cancel(request.argument);
  }
}
