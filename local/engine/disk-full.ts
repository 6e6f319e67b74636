import { EngineFault } from './engine.js';

/** Whether an error is the disk's, which has no more room. Node has a code for it, DuckDB the system's words or its own. */
export function isDiskFull(error: unknown): boolean {
  return /ENOSPC|EDQUOT|No space left|Disk quota exceeded|max_temp_directory_size/.test(String(error));
}

export const diskFull = () => new EngineFault('The disk of the data folder is full.');
