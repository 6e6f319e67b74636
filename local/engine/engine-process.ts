import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ConvertRequest, ConvertResult } from './conversion.js';
import {
  type Engine,
  EngineFault,
  type ExecuteRequest,
  type ExecuteResult,
  type PreparedStatement,
  type PrepareRequest,
} from './engine.js';
import { type EngineRequest, type EngineResponse, type EngineSettings, faultFromData } from './protocol.js';

/**
 * An engine in a process of its own, started at the first request. If that process is lost (a query can exhaust the
 * memory), the requests under way are rejected with EngineFault and the next request starts another.
 */
export function openEngine(settings: EngineSettings): Engine {
  return new EngineProcess(settings);
}

/** Milliseconds that the process gets to end by itself. */
const END_WITHIN = 2000;

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

class EngineProcess implements Engine {
  private child: ChildProcess | undefined;
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  private closed = false;

  constructor(private readonly settings: EngineSettings) {}

  convert(argument: ConvertRequest): Promise<ConvertResult> {
    return this.request({ id: ++this.lastId, method: 'convert', argument });
  }

  prepare(argument: PrepareRequest): Promise<PreparedStatement> {
    return this.request({ id: ++this.lastId, method: 'prepare', argument });
  }

  execute(argument: ExecuteRequest): Promise<ExecuteResult> {
    return this.request({ id: ++this.lastId, method: 'execute', argument });
  }

  async cancel(argument: string): Promise<void> {
    if (this.child) await this.request({ id: ++this.lastId, method: 'cancel', argument });
  }

  async close(): Promise<void> {
    this.closed = true;
    const { child } = this;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const timer = setTimeout(() => child.kill('SIGKILL'), END_WITHIN);
    child.ref();
    child.disconnect();
    await ended;
    clearTimeout(timer);
  }

  /** The answer has the type that the method has; the other side is this project's own (engine-child.ts). */
  private request<T>(request: EngineRequest): Promise<T> {
    if (this.closed) return Promise.reject(new EngineFault('The engine is closed'));
    const child = this.child ?? this.start();
    return new Promise<T>((resolve, reject) => {
      this.pending.set(request.id, { resolve: (value) => resolve(value as T), reject });
      this.keepAlive();
      child.send(request, (error) => {
        if (error)
          this.settle(request.id)?.reject(new EngineFault(`The engine does not listen: ${error.message}`));
      });
    });
  }

  private start(): ChildProcess {
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const child = fork(
      fileURLToPath(new URL('./engine-child.ts', import.meta.url)),
      [JSON.stringify(this.settings)],
      {
        execArgv: ['--import', loader],
        // DuckDB waits in libuv's threads; the four that there are by default would starve file reads. Too late to set
        // once the process runs.
        env: { ...process.env, UV_THREADPOOL_SIZE: '16' },
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      },
    );
    child.on('message', (response: EngineResponse) => {
      const pending = this.settle(response.id);
      if ('fault' in response) pending?.reject(faultFromData(response.fault));
      else pending?.resolve(response.value);
    });
    child.once('error', (error) => this.lost(child, error.message));
    child.once('exit', (code, signal) => this.lost(child, signal ? `signal ${signal}` : `exit code ${code}`));
    this.child = child;
    return child;
  }

  private lost(child: ChildProcess, how: string): void {
    if (this.child !== child) return;
    this.child = undefined;
    const lost = [...this.pending.values()];
    this.pending.clear();
    for (const { reject } of lost) reject(new EngineFault(`The engine's process ended (${how})`));
  }

  private settle(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    this.keepAlive();
    return pending;
  }

  /** Only a request under way keeps this process alive, not the idle engine. */
  private keepAlive(): void {
    const { child } = this;
    if (!child) return;
    if (this.pending.size > 0) {
      child.ref();
      child.channel?.ref();
    } else {
      child.unref();
      child.channel?.unref();
    }
  }
}
