import type { ConvertRequest } from './conversion.js';
import type { ExecuteRequest, PrepareRequest } from './engine.js';
import { EngineFault, QueryFault } from './engine.js';

/** What crosses between the server and the engine's process. Each request is answered once, in any order. */
export type EngineRequest = { readonly id: number } & (
  | { readonly method: 'convert'; readonly argument: ConvertRequest }
  | { readonly method: 'prepare'; readonly argument: PrepareRequest }
  | { readonly method: 'execute'; readonly argument: ExecuteRequest }
  | { readonly method: 'cancel'; readonly argument: string }
);

export type EngineResponse = { readonly id: number } & (
  | { readonly value: unknown }
  | { readonly fault: FaultData }
);

/** An error as data: classes do not survive the crossing. */
export type FaultData =
  | { readonly kind: 'query'; readonly code: string; readonly message: string; readonly category: 1 | 2 | 3 }
  | { readonly kind: 'engine'; readonly message: string };

export function faultToData(error: unknown): FaultData {
  if (error instanceof QueryFault) {
    const { code, message, category } = error;
    return { kind: 'query', code, message, category };
  }
  return { kind: 'engine', message: error instanceof Error ? error.message : String(error) };
}

export function faultFromData(data: FaultData): QueryFault | EngineFault {
  return data.kind === 'query'
    ? new QueryFault(data.code, data.message, data.category)
    : new EngineFault(data.message);
}

/** What the engine's process is started with. */
export interface EngineSettings {
  /** Folder of the objects' contents; SQL reads only what it is told to from here. */
  readonly objectsDir: string;
  /** Folder for what is written: results, Parquet files, what DuckDB spills. */
  readonly stagingDir: string;
}
