import { existsSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCli } from '../../cli/run-cli.js';
import { clientsOf } from '../running-local-aws.js';
import { startMain } from '../started-main.js';
import { expectNothingLost } from './findings.js';
import { makeLake } from './lake.js';
import { type Memory, newMemory } from './memory.js';
import { between, type Random, randomOf } from './random.js';
import { writeUntil } from './writers.js';

/** Milliseconds of load after which local AWS is killed at the latest: some deliveries are under way by then. */
const LATEST_KILL_MS = 2_500;
/** Files that a delivery moves: the Parquet object, the failed records and the backup of the source. */
const FILES_PER_DELIVERY = 3;
/** Milliseconds that a delivery takes at the most after it has moved its last file. */
const LONGEST_AIM_MS = 6;
/** Milliseconds after which a start is cut off at the latest: most of them are not ready by then. */
const LATEST_CUT_MS = 900;

/** A data folder whose local AWS is killed again and again. */
export class KilledLake {
  private readonly memory: Memory = newMemory();

  constructor(private readonly dataDir: string) {}

  /** Makes what is written to. */
  async make(): Promise<void> {
    const local = await startMain(this.dataDir);
    const clients = clientsOf(local.endpoint);
    await makeLake(clients);
    for (const client of Object.values(clients)) client.destroy();
    await local.end('SIGKILL');
  }

  /** How many events have been acknowledged since the folder was made. */
  get acknowledged(): number {
    return this.memory.acknowledged.size;
  }

  /** Starts local AWS, writes to it, kills it at a moment that the seed gives, starts it again and looks for everything. */
  async killAndLook(seed: number): Promise<void> {
    const random = randomOf(seed);
    const killed = await startMain(this.dataDir);
    const writing = clientsOf(killed.endpoint);
    const kill = new AbortController();
    // Half of the time at any moment, and half of the time in the middle of a delivery, where alone files move then.
    const isAimed = random() < 0.5;
    const moment = isAimed ? this.delivery(random) : sleep(between(random, 0, LATEST_KILL_MS));
    const load = { clients: writing, random, memory: this.memory, round: `${seed}`, writesObjects: !isAimed };
    const written = writeUntil(kill.signal, load);
    try {
      await Promise.race([moment, written]);
    } finally {
      kill.abort();
      await killed.end('SIGKILL');
    }
    await written;
    for (const client of Object.values(writing)) client.destroy();
    // What was begun at the start after a kill may itself be cut off.
    while (random() < 0.3) await this.cutOffStart(between(random, 0, LATEST_CUT_MS));

    const local = await startMain(this.dataDir);
    const clients = clientsOf(local.endpoint);
    try {
      await expectNothingLost(clients, this.memory, this.dataDir);
    } finally {
      for (const client of Object.values(clients)) client.destroy();
      // Half of the time what comes next finds a folder that was let go of in an orderly way.
      await local.end(random() < 0.5 ? 'SIGTERM' : 'SIGKILL');
    }
  }

  /** Waits until a delivery has moved one of its files to where contents lie, and a little longer. */
  private async delivery(random: Random): Promise<void> {
    const staging = path.join(this.dataDir, 'staging');
    let toCome = between(random, 1, FILES_PER_DELIVERY * 2);
    for await (const { filename } of watch(staging)) {
      if (filename !== null && !existsSync(path.join(staging, filename)) && --toCome === 0) break;
    }
    await sleep(between(random, 0, LONGEST_AIM_MS));
  }

  private async cutOffStart(milliseconds: number): Promise<void> {
    const args = ['--port', '0', '--data-dir', this.dataDir];
    await runCli('local/main.ts', args, {}, (child) => {
      setTimeout(() => child.kill('SIGKILL'), milliseconds);
    });
  }
}
