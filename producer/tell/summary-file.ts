import { rename, rm, stat, writeFile } from 'node:fs/promises';
import type { RunSummary } from './summary.js';

/** The summary cannot be written, for the reason in `cause`. */
export class SummaryFileError extends Error {
  override readonly name = 'SummaryFileError';
  constructor(
    readonly file: string,
    override readonly cause: Error,
  ) {
    super(`The summary ${file} cannot be written: ${cause.message}`, { cause });
  }
}

/**
 * Writes a summary as JSON, or those of several runs as an array: all of it or nothing, so that whoever waits for the
 * file never reads half of it.
 * @throws SummaryFileError where it cannot be written; what was there before stays as it was.
 */
export async function writeSummary(file: string, summary: RunSummary | readonly RunSummary[]): Promise<void> {
  const text = `${JSON.stringify(summary, null, 2)}\n`;
  try {
    if (await mustStay(file)) await writeFile(file, text);
    else await replace(file, text);
  } catch (error) {
    throw new SummaryFileError(file, error instanceof Error ? error : new Error(String(error)));
  }
}

/** Where a summary is written until all of it is there. */
export const temporaryOf = (file: string) => `${file}.${process.pid}.tmp`;

/** A pipe or a terminal is written to; no file may take its place. */
async function mustStay(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && !found.isFile();
}

async function replace(file: string, text: string): Promise<void> {
  const temporary = temporaryOf(file);
  try {
    await writeFile(temporary, text, { flush: true });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
