/** The flags as they were given. Times are milliseconds, rates events a second, sizes bytes, shares 0 to 1. */
export interface Flags {
  readonly dataset?: string;
  readonly stream?: string;
  readonly amount?: number;
  readonly duration?: number;
  readonly bytes?: number;
  readonly seed?: number;
  readonly workers?: number;
  readonly rate: number;
  readonly ramp?: number;
  readonly burst?: Burst;
  readonly daily?: number | true;
  readonly late?: { readonly share: number; readonly by: number };
  readonly duplicates?: number;
  readonly malformed?: number;
  readonly hotKey?: number;
  readonly zipf?: { readonly exponent: number; readonly keys: number };
  readonly manifest?: string;
  readonly input?: string;
  readonly pack: 'auto' | 'none' | number;
  readonly order: 'key' | 'none';
  readonly lanes?: number;
  readonly linger: number;
  readonly maxBuffer: number;
  readonly maxRetryTime?: number;
  readonly spillDir?: string;
  readonly replay?: string;
  readonly deadLetter?: string;
  readonly estimateCost?: true;
  readonly dryRun?: true;
  readonly quiet?: true;
  readonly logFormat: 'text' | 'json';
  readonly summaryJson?: string;
}

export interface Burst {
  readonly peak: number;
  readonly lasting: number;
  readonly every: number;
}
