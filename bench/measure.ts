/** What a contender has done in one turn, and what it took. */
export interface Measurement {
  /** Events. */
  readonly amount: number;
  readonly seconds: number;
  /** Seconds of processor time, of all threads of the process; NaN where nobody knows. */
  readonly cpuSeconds: number;
  /** The most memory it took, in bytes; NaN where nobody knows. @default - that of the contender's process. */
  readonly peakBytes?: number;
  /** Something worth knowing beside the figures. */
  readonly note?: string;
}

/** Does the work and measures it. */
export async function measure(work: () => Promise<number> | number): Promise<Measurement> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const amount = await work();
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { amount, seconds, cpuSeconds: (user + system) / 1_000_000 };
}
