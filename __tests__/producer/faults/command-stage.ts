import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readFrames } from '../../../producer/spill/frame.js';
import { type Run, runCli } from '../../cli/run-cli.js';
import { audit, type Discrepancies } from './accounting.js';
import type { Faults } from './faults.js';
import { ScriptedKinesis } from './scripted-kinesis.js';
import { type ScriptedServer, startScriptedServer } from './scripted-server.js';
import { CUSTOMERS, Workload, type WorkloadOptions } from './workload.js';

export interface CommandSetting {
  readonly workload: WorkloadOptions;
  readonly shards?: number;
  readonly faults?: Faults;
  readonly seed?: number;
  /** Milliseconds that an answer takes. @default 5 */
  readonly delay?: number;
  readonly isExpired?: (accessKeyId: string) => boolean;
}

/** A folder with a file of events and a spill folder in it, and a scripted stream for `npm run producer`. */
export class CommandStage {
  /** Variables of the command's environment, beside the endpoint. */
  environment: Readonly<Record<string, string>> = { LAKEHOUSE_ENV: 'local' };
  /** Called when a request has been answered or is about to break off, with how many there were. */
  onRequest: (count: number) => void = () => {};

  private constructor(
    readonly folder: string,
    readonly workload: Workload,
    readonly kinesis: ScriptedKinesis,
    private readonly server: ScriptedServer,
  ) {}

  static async set(setting: CommandSetting) {
    const { workload: options, shards = 2, faults = {}, seed = 1, delay = 5, isExpired } = setting;
    const start = performance.now();
    const workload = new Workload({ shape: CUSTOMERS, seed, ...options });
    const timers = { now: () => performance.now() - start };
    const kinesis = new ScriptedKinesis({
      ...{ shards, faults, seed, timers, limits: false },
      eventsOf: workload.eventsOf,
      onRequest: (count) => stage.onRequest(count),
    });
    const folder = mkdtempSync(path.join(tmpdir(), 'faults-'));
    writeFileSync(path.join(folder, 'events.jsonl'), workload.block(0, workload.events).lines);
    const stage = new CommandStage(
      folder,
      workload,
      kinesis,
      await startScriptedServer(kinesis, { delay, ...(isExpired && { isExpired }) }),
    );
    return stage;
  }

  get #input(): string {
    return path.join(this.folder, 'events.jsonl');
  }

  get spillDir(): string {
    return path.join(this.folder, 'spill');
  }

  /** Sends the file of events. */
  send(args: readonly string[], onStart?: (child: ChildProcess) => void): Promise<Run> {
    return this.#run(['--input', this.#input, '--stream', this.kinesis.name, ...args], onStart);
  }

  /** Sends what is left in the spill folder. */
  replay(args: readonly string[] = [], onStart?: (child: ChildProcess) => void): Promise<Run> {
    return this.#run(['--replay', this.spillDir, ...args], onStart);
  }

  #run(args: readonly string[], onStart?: (child: ChildProcess) => void): Promise<Run> {
    const variables = { ...this.environment, AWS_ENDPOINT_URL: this.server.endpoint };
    return runCli('producer/main.ts', ['--quiet', ...args], variables, onStart);
  }

  /** Events that lie in the spill folder, sent or not. */
  spilled(): number[] {
    const names = readdirSync(this.spillDir, { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => name.endsWith('.journal'));
    return files.flatMap((name) => {
      // What was cut off was not taken.
      const { frames } = readFrames(readFileSync(path.join(this.spillDir, name)));
      return frames.flatMap(({ lines }) => this.workload.eventsOf(lines));
    });
  }

  /** Events on the stream. */
  delivered(): Set<number> {
    const ids = new Set<number>();
    for (const { log } of this.kinesis.shards.all) log.forEach((id) => void ids.add(id));
    return ids;
  }

  /** Checks that the first so many events are there, all of them and in order; how often does not count. */
  audit(taken: number): Omit<Discrepancies, 'repeated'> {
    const counts = { failed: 0, refused: 0, spilled: 0, possiblyDelivered: 0 };
    const report = { ...counts, taken, acknowledged: taken, possiblyDuplicated: Number.POSITIVE_INFINITY };
    const endings = Array.from({ length: taken }, () => 'acknowledged' as const);
    const { repeated: _, ...found } = audit({
      workload: this.workload,
      kinesis: this.kinesis,
      report,
      endings,
    });
    return found;
  }

  strike(): void {
    this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
