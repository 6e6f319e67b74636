import type { ResultColumn } from '../engine/engine.js';
import type { Changes } from './execution-entry.js';

/** What an execution that succeeded leaves. */
export interface ExecutionOutcome extends Changes {
  readonly columns: readonly ResultColumn[];
  readonly bytesScanned: number;
  /** Athena's SubstatementType, where that is known only now. */
  readonly kind?: string;
  readonly objects: readonly StagedObject[];
  /**
   * What changes in the catalog with the objects, in their transaction.
   * @throws before it writes anything where it cannot.
   */
  readonly alongside?: () => void;
}

/** A file in the staging folder that becomes an object. */
export interface StagedObject {
  readonly path: string;
  /** `s3://bucket/key`. */
  readonly uri: string;
  readonly contentType: string;
}

/** Athena's types for what its engine has written, and for what it has written itself. */
export const APPLICATION = 'application/octet-stream';
export const BINARY = 'binary/octet-stream';
