/** The spill folder could not be used. The message names the folder and what the system said. */
export class SpillError extends Error {
  override readonly name = 'SpillError';
  readonly code: string;
  constructor(
    readonly folder: string,
    problem: string,
    cause?: unknown,
  ) {
    const { code = '' } = (cause ?? {}) as NodeJS.ErrnoException;
    super(`Spill folder ${folder}: ${problem}${code && ` (${code})`}.`, { cause });
    this.code = code;
  }
}

/** Does something with the file system for the spill folder. @throws SpillError where that fails. */
export function spilling<T>(folder: string, what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new SpillError(folder, `${what} failed`, error);
  }
}
