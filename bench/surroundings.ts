/** What is running around a contender, in processes of its own. */
export interface Surroundings {
  readonly endpoint: string;
  /** What it has used since it was ready; undefined where the system does not tell. */
  used(): ProcessUsage | undefined;
  close(): Promise<void>;
}

/** What a process has used. */
export interface ProcessUsage {
  /** Seconds of processor time. */
  readonly cpuSeconds: number;
  /** The most memory that it had, in bytes. */
  readonly peakBytes: number;
}
