import { connectKinesis, type KinesisConnection } from '../../../producer/write/kinesis-connection.js';
import type { Timers } from '../../../producer/write/timers.js';
import { drive, type Run, type RunOptions } from './drive.js';
import { type ScriptedServer, startScriptedServer } from './scripted-server.js';

/** Sends a workload to a scripted stream through the AWS SDK and real sockets, by the real clock. */
export async function runOverSockets(options: RunOptions): Promise<Run> {
  let server: ScriptedServer | undefined;
  let connection: KinesisConnection | undefined;
  try {
    return await drive(options, timersFromNow(), async (kinesis) => {
      server = await startScriptedServer(kinesis);
      connection = await connectKinesis({
        region: 'us-east-1',
        endpoint: server.endpoint,
        credentials: NOBODY,
      });
      return connection.send;
    });
  } finally {
    connection?.close();
    server?.close();
  }
}

const NOBODY = { accessKeyId: 'nobody', secretAccessKey: 'none' } as const;

/** The real clock, begun at 0. */
function timersFromNow(): Timers {
  const start = performance.now();
  return {
    now: () => performance.now() - start,
    after: (delay, callback) => {
      const timer = setTimeout(callback, delay);
      return () => clearTimeout(timer);
    },
  };
}
