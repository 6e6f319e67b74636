import { accessSync, closeSync, constants, lstatSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { errorCode } from '../../cli/error-shape.js';
import { UsageError } from '../../cli/usage-error.js';
import { temporaryOf } from '../tell/summary-file.js';
import type { Flags } from './flags.js';

/**
 * Looks whether the files and folders that flags name can be used, before anything is sent.
 * @throws UsageError where one cannot.
 */
export function checkFiles({ input, deadLetter, summaryJson, manifest, spillDir, replay }: Flags): void {
  if (input !== undefined && input !== '-') check('input', input, 'read', tryToRead);
  if (deadLetter !== undefined) check('dead-letter', deadLetter, 'written', tryToWrite);
  if (manifest !== undefined) check('manifest', manifest, 'written', tryToWrite);
  if (summaryJson !== undefined)
    check('summary-json', summaryJson, 'written', (file) => {
      tryToWrite(file);
      if (isPlain(file)) tryToWrite(temporaryOf(file));
    });
  if (spillDir !== undefined) check('spill-dir', spillDir, 'written', tryToFill);
  if (replay !== undefined) check('replay', replay, 'read', tryToList);
}

function check(flag: string, value: string, what: 'read' | 'written', attempt: (path: string) => void): void {
  const isFolder = flag === 'spill-dir' || flag === 'replay';
  const wanted = isFolder ? 'a folder' : 'a file';
  if (value === '') throw new UsageError(`--${flag} is empty, but must name ${wanted}.`);
  try {
    attempt(value);
  } catch (error) {
    const code = errorCode(error) || String(error);
    throw new UsageError(`--${flag} "${value}" cannot be ${what} (${code}): name ${wanted} that can be.`);
  }
}

function tryToRead(file: string): void {
  if (statSync(file).isDirectory()) throw Object.assign(new Error('It is a folder.'), { code: 'EISDIR' });
  accessSync(file, constants.R_OK);
}

/** Leaves no file behind that was not there. */
function tryToWrite(file: string): void {
  const wasThere = lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  if (!isPlain(file)) {
    accessSync(file, constants.W_OK);
    return;
  }
  closeSync(openSync(file, 'a'));
  if (!wasThere) rmSync(file);
}

function tryToFill(folder: string): void {
  mkdirSync(folder, { recursive: true });
  accessSync(folder, constants.W_OK | constants.X_OK);
}

function tryToList(folder: string): void {
  if (!statSync(folder).isDirectory())
    throw Object.assign(new Error('It is no folder.'), { code: 'ENOTDIR' });
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
}

/** Whether it is a file, or nothing yet. To open a pipe would wait for its other end; a folder is refused when opened. */
function isPlain(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return !found || found.isFile() || found.isDirectory();
}
