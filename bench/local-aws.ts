import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startLocalAwsProcess } from '../demo/local-aws-process.js';
import { processUsage } from './process-usage.js';
import type { Surroundings } from './surroundings.js';

/**
 * Starts local AWS in a process of its own with a data folder, which is gone afterwards.
 *
 * @param options.fill puts into the empty data folder what is to be there from the start.
 * @param options.provision whether the stack is created.
 * @param options.prepare does what else has to be done before anything is measured.
 */
export async function localAws(
  options: {
    readonly fill?: (dataDir: string) => Promise<void>;
    readonly provision?: boolean;
    readonly prepare?: (endpoint: string) => Promise<void>;
  } = {},
): Promise<Surroundings> {
  const { fill, provision = false, prepare } = options;
  const dataDir = await mkdtemp(path.join(tmpdir(), 'lakehouse-bench-'));
  const remove = () => rm(dataDir, { recursive: true, force: true });
  const local = await (async () => {
    await fill?.(dataDir);
    return startLocalAwsProcess(dataDir, { provision });
  })().catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  const close = async () => {
    await local.stop();
    await remove();
  };
  try {
    await prepare?.(local.endpoint);
  } catch (error) {
    await close();
    throw error;
  }
  const before = processUsage(local.pid);
  return {
    endpoint: local.endpoint,
    used: () => {
      const now = processUsage(local.pid);
      return before && now && { ...now, cpuSeconds: now.cpuSeconds - before.cpuSeconds };
    },
    close,
  };
}
